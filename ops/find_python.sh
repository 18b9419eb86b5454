#!/bin/sh
# Prints the first Python 3.11 that runs. A name on the PATH is not enough: version managers
# leave launchers there that fail when the version is not installed.
for candidate in "${PYTHON:-}" python3.11 python3 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        command -v "$candidate"
        exit 0
    fi
done
echo 'Python 3.11 was not found.' >&2
echo 'Install it (Debian 12: apt install python3.11 python3.11-venv) or name it: make setup PYTHON=/path/to/python3.11' >&2
exit 1
