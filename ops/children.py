"""Processes that never outlive the process that started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


def end_with_parent(last_signal: signal.Signals) -> None:
    """Have the kernel send this process `last_signal` when its parent is gone, even by -9."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, last_signal)


def dies_with_parent(last_signal: signal.Signals) -> Callable[[], None]:
    """The same as a `preexec_fn`, for a child that is about to be started."""
    parent = os.getpid()

    def ask_kernel() -> None:
        end_with_parent(last_signal)
        # The parent may have died between the fork and the call above.
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel
