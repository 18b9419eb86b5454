"""``python -m law.check``: loads the catalogue and lists every fault; exit 1 when there is one."""

import sys
from collections import Counter

from law.loading import CatalogueError, load


def main() -> int:
    try:
        catalogue = load()
    except CatalogueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    entries = catalogue.entries
    kinds = Counter(rule.kind for rule in entries.rules.values())
    counts = [f"{len(entries.questions)} questions", f"{len(entries.duties)} duties"]
    counts += [f"{count} {kind}s" for kind, count in sorted(kinds.items())]
    found = ", ".join(counts)
    sys.stdout.write(f"The catalogue is in order: {found}; digest {catalogue.digest[:12]}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
