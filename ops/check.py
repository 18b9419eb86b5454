"""Every static check, one after another; changes nothing and prints only what fails."""

import secrets
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.environment import without_settings

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
TEMPLATES = ROOT / "templates"
# Settings as on a server, so that the deployment check judges those.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "drawbridge.example",
    "SITE_URL": "https://drawbridge.example",
}


def main() -> int:
    """0 when every check passes; all are run, so that one visit shows every fault."""
    with TemporaryDirectory(prefix="drawbridge-check-") as folder:
        server = {**PRODUCTION, "VAR_DIR": folder}
        failed = [name for name, command in checks() if not passes(name, command, server)]
    if failed:
        print(f"make check: {len(failed)} failed: {', '.join(failed)}")
        return 1
    print("make check: all passed")
    return 0


def checks() -> list[tuple[str, list[str]]]:
    listed = [
        ("lint", [tool("ruff"), "check", "--quiet", "."]),
        ("format", [tool("ruff"), "format", "--check", "--quiet", "."]),
        ("contracts", [tool("lint-imports"), "--no-cache"]),
        # From nothing: with what it kept of the last run, its plugin misses managers elsewhere.
        ("types", [tool("mypy"), "--no-incremental"]),
        ("catalogue", [sys.executable, "-m", "law.check"]),
        ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        ("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]),
    ]
    if any(TEMPLATES.rglob("*.html")):
        listed += [
            ("templates", [tool("djhtml"), "--check", "--tabwidth", "2", str(TEMPLATES)]),
            ("markup", [tool("djlint"), "--lint", "--quiet", str(TEMPLATES)]),
        ]
    return listed


def tool(name: str) -> str:
    return str(PROGRAMS / name)


def passes(name: str, command: list[str], server: dict[str, str]) -> bool:
    started = time.monotonic()
    environment = without_settings()
    if command[:2] == MANAGE:
        environment |= server
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    passed = done.returncode == 0
    print(f"{'ok  ' if passed else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if not passed:
        print(done.stdout + done.stderr, flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
