"""However the supervisor ends, no service and no child of a service is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.ops.processes import eventually, is_gone

ROOT = Path(__file__).resolve().parents[2]
# A service as awkward as a worker: it has a child, and neither minds the polite signals.
STUBBORN = """
import os, signal, sys, time
for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
child = os.fork()
if child:
    open(sys.argv[1], "a").write(f"{os.getpid()} {child}\\n")
while True:
    time.sleep(1)
"""
POLITE = """
import os, sys, time
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
time.sleep(600)
"""
SUPERVISE = """
import sys
from ops.supervisor import Service, Supervisor
supervisor = Supervisor(patience=0.3)
command = [sys.executable, "-c", sys.argv[1], sys.argv[2]]
try:
    supervisor.start(Service("service", command, {}, restart=sys.argv[3] == "restart"))
    code = supervisor.watch()
finally:
    supervisor.stop()
sys.exit(code)
"""


@pytest.fixture
def supervise(tmp_path):
    """Starts a supervisor in a process of its own and ends whatever a failing test leaves."""
    started, noted = [], tmp_path / "pids"

    def start(service, *, restart=False):
        command = [sys.executable, "-c", SUPERVISE, service, str(noted)]
        command.append("restart" if restart else "once")
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process, lambda lines=1: pids_noted(noted, lines)

    yield start
    for process in started:
        process.kill()
    for pid in noted.read_text().split() if noted.exists() else []:
        if psutil.pid_exists(int(pid)):
            os.kill(int(pid), signal.SIGKILL)
    # Not before: a service holds the other end of the pipe.
    for process in started:
        process.communicate()


def pids_noted(noted, lines):
    eventually(lambda: noted.exists() and len(noted.read_text().splitlines()) >= lines)
    return [[int(pid) for pid in line.split()] for line in noted.read_text().splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_nothing_behind_even_of_a_service_that_will_not_listen(supervise, number):
    supervisor, pids = supervise(STUBBORN)
    (family,) = pids()
    supervisor.send_signal(number)
    assert supervisor.wait(timeout=10) == 0
    assert all(is_gone(pid) for pid in family)


@pytest.mark.slow
def test_a_guard_ends_the_deaf_services_of_a_killed_supervisor(supervise):
    supervisor, pids = supervise(STUBBORN)
    (family,) = pids()
    supervisor.kill()
    eventually(lambda: all(is_gone(pid) for pid in family))


def test_a_service_ends_when_the_supervisor_is_killed(supervise):
    supervisor, pids = supervise(POLITE)
    ((service,),) = pids()
    supervisor.kill()
    eventually(lambda: is_gone(service))


def test_a_killed_worker_is_started_again_and_its_children_do_not_stay(supervise):
    _supervisor, pids = supervise(STUBBORN, restart=True)
    ((worker, child),) = pids()
    os.kill(worker, signal.SIGKILL)
    _first, (successor, _its_child) = pids(lines=2)
    assert successor != worker
    eventually(lambda: is_gone(child))


@pytest.mark.slow
def test_a_worker_that_keeps_dying_ends_the_run_with_an_error(supervise):
    supervisor, _pids = supervise("raise SystemExit(3)", restart=True)
    assert supervisor.wait(timeout=10) == 1
    assert "The service ended (code 3)." in supervisor.stderr.read()


def test_a_web_server_that_dies_ends_the_run_with_an_error(supervise):
    supervisor, pids = supervise(POLITE)
    ((service,),) = pids()
    os.kill(service, signal.SIGKILL)
    assert supervisor.wait(timeout=10) == 1
