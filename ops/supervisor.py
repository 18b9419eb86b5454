"""Keeps a few services running and leaves none behind, however it ends itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from ops import guard
from ops.children import dies_with_parent
from ops.guard import FAREWELL

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A worker on the embedded broker needs up to 7 seconds to notice a polite request and follow it.
PATIENCE = 8.0
POLL = 0.1
MOST_RESTARTS = 3
RESTART_WINDOW = 60.0


@dataclass(frozen=True)
class Service:
    """A command to keep running; `restart` says whether it is started again when it ends."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    orphaned: signal.Signals = signal.SIGTERM
    restart: bool = False


@dataclass
class Running:
    service: Service
    process: subprocess.Popen[bytes]
    restarts: list[float] = field(default_factory=list)


class Supervisor:
    """Starts services, watches them, and ends them with all their children.

    Four means, since each leaves a gap: a service is asked to stop and then killed with its process
    group; the group of a service that died is killed before it is started again; the kernel tells
    each service when the supervisor itself is killed with -9; and a guard kills those that do not
    listen.
    """

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self.running: list[Running] = []
        self.patience = patience
        self.stop_requests = 0
        self.guard = start_guard(patience)
        for number in STOP_SIGNALS:
            signal.signal(number, self.request_stop)

    def request_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stop_requests += 1

    def start(self, service: Service) -> None:
        self.running.append(Running(service, self.launch(service)))

    def launch(self, service: Service) -> subprocess.Popen[bytes]:
        process = launch(service)
        self.tell_guard(str(process.pid))
        return process

    def tell_guard(self, line: str) -> None:
        # Without its guard the supervisor still ends its services, unless it is killed with -9.
        with suppress(BrokenPipeError):
            print(line, file=self.guard.stdin, flush=True)

    def wait(self, ready: Callable[[], bool], timeout: float) -> bool:
        """True when `ready` came true in time; False when it did not, or a stop was asked for."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and self.all_is_well():
            if ready():
                return True
            time.sleep(POLL)
        return False

    def watch(self) -> int:
        """The exit code, once a stop was asked for or a service could not be kept running."""
        while self.all_is_well():
            time.sleep(POLL)
        return 0 if self.stop_requests else 1

    def all_is_well(self) -> bool:
        kept = [self.is_kept(entry) for entry in self.running]
        return all(kept) and not self.stop_requests

    def is_kept(self, entry: Running) -> bool:
        code = entry.process.poll()
        if code is None:
            return True
        kill_group(entry.process)
        now = time.monotonic()
        entry.restarts = [then for then in entry.restarts if now - then < RESTART_WINDOW]
        if not entry.service.restart or len(entry.restarts) >= MOST_RESTARTS:
            tell(f"The {entry.service.name} ended (code {code}).")
            return False
        tell(f"The {entry.service.name} ended (code {code}); starting it again.")
        entry.restarts.append(now)
        entry.process = self.launch(entry.service)
        return True

    def stop(self) -> None:
        """End every service: politely, then at once, then by force; a second Ctrl-C skips ahead."""
        before = self.stop_requests
        for number in (signal.SIGTERM, signal.SIGQUIT):
            for entry in self.running:
                if entry.process.poll() is None:
                    entry.process.send_signal(number)
            deadline = time.monotonic() + self.patience
            while time.monotonic() < deadline and self.stop_requests == before:
                if all(entry.process.poll() is not None for entry in self.running):
                    break
                time.sleep(POLL)
        for entry in self.running:
            kill_group(entry.process)
            entry.process.wait()
        self.tell_guard(FAREWELL)
        self.guard.communicate()


def start_guard(patience: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, guard.__file__, str(patience)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def launch(service: Service) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        service.command,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **service.environment},
        # A group of its own: Ctrl-C reaches only us, and leftovers can be killed together.
        process_group=0,
        preexec_fn=dies_with_parent(service.orphaned),
    )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
