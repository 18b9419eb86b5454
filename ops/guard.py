"""Outlives a supervisor that was killed with -9, just long enough to end what it left.

Reads process groups from standard input, one a line. When the other end closes without a farewell,
the groups have been told by the kernel to end; those that did not in time are killed.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

FAREWELL = "all ended"


def main(patience: float, lines: Iterable[str]) -> None:
    # What ends the supervisor must not end its guard as well.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = set()
    for line in lines:
        if line.strip() == FAREWELL:
            return
        groups.add(int(line))
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(has_members(group) for group in groups):
        time.sleep(0.1)
    for group in groups:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.stdin)
