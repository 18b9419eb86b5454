"""Prepares the database and runs web server and worker until Ctrl-C, as `make run`."""

import os
import signal
import socket
import subprocess
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from ops.children import dies_with_parent, end_with_parent
from ops.supervisor import Service, Supervisor, tell

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_TIMEOUT = 60.0


class CannotStart(Exception):
    """Why there is nothing to run, in words for the person at the terminal."""


def main() -> int:
    if os.environ.get("MAKELEVEL"):
        # A killed make would otherwise leave us running unseen.
        end_with_parent(signal.SIGTERM)
    try:
        port = chosen_port()
        environment = chosen_environment(port)
        sign_in = prepare(environment)
    except CannotStart as problem:
        tell(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return serve(port, environment, sign_in)


def chosen_port() -> int:
    """The port from PORT, once it is known to be free."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CannotStart(
            f"PORT is {given!r}, not a number from 1 to 65535. Try: make run PORT=8001"
        )
    port = int(given)
    with socket.socket() as probe:
        # As the web server does it; a port in its closing wait counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be used ({error.strerror}). Choose another, for example: "
                f"make run PORT={port + 1 if port < 65535 else 8000}"
            ) from error
    return port


def chosen_environment(port: int) -> dict[str, str]:
    """What the commands and services need beside the environment that was given."""
    chosen = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}
    if not os.environ.get("ALLOWED_HOSTS"):
        # Reached on this machine only, and there without a certificate.
        chosen["INSECURE_HTTP"] = os.environ.get("INSECURE_HTTP") or "1"
        chosen["SITE_URL"] = os.environ.get("SITE_URL") or address(port)
    return chosen


def prepare(environment: dict[str, str]) -> str:
    """Make key, database and static files ready; what `load_examples` says about signing in."""
    if not os.environ.get("SECRET_KEY"):
        command(environment, "-m", "config.secret_key")
    tell("Preparing the database and the examples ...")
    command(environment, "manage.py", "migrate", "--no-input", "--verbosity", "0")
    note_address(environment)
    command(environment, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    return command(environment, "manage.py", "load_examples")


def note_address(environment: dict[str, str]) -> None:
    """So that links in what `manage.py` prints lead to the port that was chosen."""
    if address := environment.get("SITE_URL"):
        folder = ROOT / (os.environ.get("VAR_DIR") or "var")
        (folder / "address").write_text(f"{address}\n")


def command(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise CannotStart(f"{said}\n\nThis failed, see above: python {' '.join(arguments)}")
    return done.stdout.strip()


def serve(port: int, environment: dict[str, str], sign_in: str) -> int:
    supervisor = Supervisor()
    try:
        for service in services(port, environment):
            supervisor.start(service)
        if supervisor.wait(lambda: answers(port), START_TIMEOUT):
            tell(f"\nDrawbridge runs at {address(port)}\n{sign_in}\nCtrl-C ends it.\n")
            return supervisor.watch()
        if not supervisor.stop_requests:
            tell("The web server did not start.")
        return 0 if supervisor.stop_requests else 1
    finally:
        tell("Stopping; Ctrl-C again to hurry ...")
        supervisor.stop()


def services(port: int, environment: dict[str, str]) -> list[Service]:
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--chdir", str(ROOT)]
    web += ["--bind", f"{HOST}:{port}", "--worker-class", "gthread", "--workers", "2"]
    web += ["--threads", "4", "--graceful-timeout", "4", "--log-level", "warning"]
    # Its control socket would lie in the home folder, shared by all copies.
    web += ["--no-control-socket"]
    worker = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        "--workdir",
        str(ROOT),
        "worker",
    ]
    worker += ["--beat", "--pool", "prefork", "--concurrency", "1", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # Celery's advice not to run as root is for servers; a trial in a container has no other user.
    quiet = {**environment, "PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
    return [
        Service("web server", web, environment),
        # SIGQUIT: an orphan must not wait for a long report; the sweep takes that up again.
        Service("worker", worker, quiet, orphaned=signal.SIGQUIT, restart=True),
    ]


def answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def address(port: int) -> str:
    return f"http://{HOST}:{port}"


if __name__ == "__main__":
    sys.exit(main())
