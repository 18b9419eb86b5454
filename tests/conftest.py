import os
from collections import Counter
from contextlib import ExitStack

import pytest

from ops.services import ServiceMissing, private_postgres, private_redis
from tests.beside import is_beside_others, own_redis
from tests.left_out import LEFT_OUT, leave_out

pytest_plugins = ["tests.emptying", "tests.people"]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
# They start servers and workers of their own, so the database of the run makes no difference.
OWN_SERVERS = ("journey", "postgres", "redis")


@pytest.fixture(scope="session")
def postgres_url():
    """A database on the private PostgreSQL, for tests that start processes of their own."""
    yield from server_of("DRAWBRIDGE_TEST_POSTGRES", private_postgres)


@pytest.fixture(scope="session")
def redis_url():
    """The private Redis, for tests that start processes of their own."""
    yield from map(own_redis, server_of("DRAWBRIDGE_TEST_REDIS", private_redis))


def server_of(variable, private):
    if given := os.environ.get(variable):
        yield given
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(private())
        except ServiceMissing as problem:
            leave_out(str(problem))
        yield url


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run only tests that use the database, to repeat them on another one",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        kept = [item for item in items if uses_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    if is_beside_others():
        # A long file that comes last would leave the other processors without work.
        slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
        items.sort(key=lambda item: -slow[item.path])


def uses_the_database(item):
    if any(item.get_closest_marker(name) for name in OWN_SERVERS):
        return False
    fixtures = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_terminal_summary(terminalreporter):
    if LEFT_OUT:
        terminalreporter.section("NOT RUN", red=True, bold=True)
        for what in LEFT_OUT:
            terminalreporter.line(what, red=True)
