"""What the system must have beside Python packages, and how it gets there if that is allowed."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Need(NamedTuple):
    """A thing the system must have: how to see that it is there, and its Debian package."""

    name: str
    is_there: Callable[[], bool]
    package: str


def loads(library: str) -> Callable[[], bool]:
    def is_there() -> bool:
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    return is_there


def chromium() -> str | None:
    """The path of the system's Chromium, if it has one."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def postgres_folders() -> list[Path]:
    """Folders with PostgreSQL's programs, the newest system version first."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = [Path(found).parent] if (found := shutil.which("initdb")) else []
    return [folder for folder in [*system, *on_path] if (folder / "initdb").exists()]


WEASYPRINT = [
    Need("Pango", loads("libpango-1.0.so.0"), "libpango-1.0-0"),
    Need("Pango for FreeType", loads("libpangoft2-1.0.so.0"), "libpangoft2-1.0-0"),
    Need("HarfBuzz subset", loads("libharfbuzz-subset.so.0"), "libharfbuzz-subset0"),
]
TESTS = [
    Need("Redis", lambda: shutil.which("redis-server") is not None, "redis-server"),
    Need("PostgreSQL", lambda: bool(postgres_folders()), "postgresql"),
    Need("Chromium", lambda: chromium() is not None, "chromium"),
]
CARRIED_BY_PACKAGES = {"Redis", "PostgreSQL"}


def have_weasyprint_libraries() -> None:
    """Install the libraries that PDF reports need, or say which are missing."""
    if not sys.platform.startswith("linux"):
        return
    for need in install_missing(WEASYPRINT):
        say_missing(need, "PDF reports cannot be made without it.")


def have_test_services() -> None:
    """Install the servers and the browser that tests need, or say what the tests do without."""
    for need in install_missing(TESTS):
        if need.name in CARRIED_BY_PACKAGES:
            print(f"{need.name}: no system server; the one in requirements-dev.txt is used.")
        else:
            say_missing(need, "Its tests are not run.")


def install_missing(needs: list[Need]) -> list[Need]:
    """Install through apt what is missing, where that is allowed, and return what still is."""
    missing = [need for need in needs if not need.is_there()]
    apt = apt_command()
    if not missing or apt is None:
        return missing
    packages = [need.package for need in missing]
    print(f"Installing {', '.join(packages)} ...", flush=True)
    # Without a fresh list apt may know none of the packages, as in a new container.
    subprocess.run([*apt, "-qq", "update"], check=False, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*apt, "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return [need for need in needs if not need.is_there()]


def apt_command() -> list[str] | None:
    """The start of an apt-get command that may install, or None where we may not."""
    if not shutil.which("apt-get"):
        return None
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return quiet
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asks_for_password = subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)
    return None if asks_for_password.returncode else [sudo, "-n", *quiet]


def say_missing(need: Need, consequence: str) -> None:
    print(f"MISSING: {need.name}. {consequence} On Debian: apt install {need.package}")
