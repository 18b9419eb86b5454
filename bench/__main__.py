"""Every measurement, one after another: ``python -m bench``; name some to run only those."""

import subprocess
import sys
from pathlib import Path

PARTS = (
    "law", "questions", "score", "report", "pages", "model_list", "responsiveness", "model_checks",
    "licences", "upload",
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """0 when every part ran to its end."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"There is no {unknown[0]} here; choose among {', '.join(PARTS)}.")
        return 2
    failed = 0
    for name in wanted or PARTS:
        print(f"\n== {name} ==", flush=True)
        # A process each, so that no part measures what another left in memory.
        command = [sys.executable, "-m", f"bench.{name}"]
        failed |= subprocess.run(command, cwd=Path(__file__).parent.parent, check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
