"""Runs every test: on SQLite, then with the database on PostgreSQL and Redis, then the journeys."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.environment import without_settings
from ops.services import ServiceMissing, private_postgres, private_redis

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 when every run passes; on CI also only when nothing was left out."""
    with ExitStack() as stack:
        not_run = Path(stack.enter_context(TemporaryDirectory(prefix="drawbridge-run-"))) / "list"
        not_run.touch()
        services, missing = start_services(stack)
        # No test may meet a database, a broker or a setting of the person who runs it.
        base = {**without_settings(), "DRAWBRIDGE_NOT_RUN": str(not_run), **services}
        results = {"SQLite": run("SQLite", base)}
        if not missing:
            on_servers = {
                "DATABASE_URL": services["DRAWBRIDGE_TEST_POSTGRES"],
                "REDIS_URL": services["DRAWBRIDGE_TEST_REDIS"],
            }
            name = "PostgreSQL and Redis"
            results[name] = run(name, {**base, **on_servers}, "--only-database")
        # Apart, because Playwright keeps an event loop running that Django's other tests refuse.
        results["Journeys"] = run("Journeys", base, "-m", "journey", "tests/journeys")
        left_out = missing + not_run.read_text().splitlines()
    return summarise(results, sorted(set(left_out)))


def start_services(stack: ExitStack) -> tuple[dict[str, str], list[str]]:
    """Environment variables that name the servers, and what could not be started and why."""
    services, missing = {}, []
    for name, private in {"POSTGRES": private_postgres, "REDIS": private_redis}.items():
        try:
            services[f"DRAWBRIDGE_TEST_{name}"] = stack.enter_context(private())
        except ServiceMissing as problem:
            missing.append(f"the tests on {name.title()}: {problem}")
    return services, missing


def run(name: str, environment: dict[str, str], *arguments: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def summarise(results: dict[str, int], left_out: list[str]) -> int:
    print("\n=== All tests ===")
    for name, code in results.items():
        print(f"{name}: {'passed' if code == 0 else f'FAILED (pytest ended with {code})'}")
    for what in left_out:
        print(f"NOT RUN: {what}")
    failed = any(results.values()) or (left_out and os.environ.get("CI") == "true")
    if left_out and failed and not any(results.values()):
        print("On CI nothing may be left out.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
