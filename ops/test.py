"""Runs every test, then those with a database on PostgreSQL and Redis too, journeys apart."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.environment import without_settings
from ops.services import ServiceMissing, private_postgres, private_redis

ROOT = Path(__file__).resolve().parent.parent
# On every processor, each file in one process, since its tests may share what is slow to make.
SIDE_BY_SIDE = ("-n=logical", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")


def main() -> int:
    """0 when every run passes; on CI also only when nothing was left out."""
    with ExitStack() as stack:
        not_run = Path(stack.enter_context(TemporaryDirectory(prefix="drawbridge-run-"))) / "list"
        not_run.touch()
        services, missing = start_services(stack)
        # No test may meet a database, a broker or a setting of the person who runs it.
        base = {**without_settings(), "DRAWBRIDGE_NOT_RUN": str(not_run), **services}
        results = tests_and_journeys("SQLite", base, [], "journey")
        if not missing:
            on_servers = base | {
                "DATABASE_URL": services["DRAWBRIDGE_TEST_POSTGRES"],
                "REDIS_URL": services["DRAWBRIDGE_TEST_REDIS"],
            }
            where, chosen = "PostgreSQL and Redis", ["--only-database"]
            results |= tests_and_journeys(where, on_servers, chosen, "journey and not looks")
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


def tests_and_journeys(
    where: str, environment: dict[str, str], chosen: list[str], journeys: str
) -> dict[str, int]:
    """Apart, because Playwright keeps an event loop running that Django's other tests refuse."""
    return {
        where: run(where, environment, *chosen),
        f"journeys on {where}": run(
            f"Journeys on {where}", environment, "-m", journeys, "tests/journeys"
        ),
    }


def run(name: str, environment: dict[str, str], *arguments: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    command = [sys.executable, "-m", "pytest", *SIDE_BY_SIDE, *arguments]
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
