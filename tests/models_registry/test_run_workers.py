"""A run of checks by a real worker, and what becomes of it when the worker is killed."""

import os
import subprocess
import sys

import pytest

from tests.living import ROOT, Drawbridge, a_database_on, eventually

pytestmark = pytest.mark.slow
KINDS = [
    "embedded",
    pytest.param("servers", marks=[pytest.mark.postgres, pytest.mark.redis]),
]
ASKING = """
from accounts.models import Membership
from tests.models_registry.run_factories import a_model, a_queued_run
member = Membership.objects.filter(user__email="demo@example.com").first()
a_queued_run(a_model(member, name={name!r}), by=member.user)
"""


@pytest.fixture(scope="module", params=KINDS)
def drawbridge(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    urls = {}
    if request.param == "servers":
        database = a_database_on(request.getfixturevalue("postgres_url"))
        urls = {"database_url": database, "redis_url": request.getfixturevalue("redis_url")}
    installed = Drawbridge(folder, **urls)
    installed.prepare()
    yield installed
    assert installed.stop() == []


@pytest.fixture(autouse=True)
def no_worker_yet(drawbridge):
    for process in list(drawbridge.processes):
        drawbridge.kill(process)


def ask(drawbridge, name):
    """What the page does when somebody asks for a check."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ASKING.format(name=name)],
        cwd=ROOT, env=os.environ | drawbridge.environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def row(drawbridge, name):
    """State, attempts, and how many checks of how many are done."""
    rows = drawbridge.query(
        "SELECT m.name, r.state, r.attempts, r.checks_done, r.checks_total "
        "FROM models_registry_checkrun r JOIN models_registry_aimodel m ON m.id = r.model_id"
    )
    return next(rest for found, *rest in rows if found == name)


def test_a_worker_checks_what_was_asked_for_before_it_came(drawbridge):
    ask(drawbridge, "Waiting")
    assert row(drawbridge, "Waiting")[0] == "queued"
    drawbridge.start_worker("one")
    eventually(lambda: row(drawbridge, "Waiting")[0] == "done", timeout=90)
    _state, attempts, done, total = row(drawbridge, "Waiting")
    assert attempts == 1
    assert done == total > 70


def test_what_a_killed_worker_left_another_one_finishes(drawbridge):
    ask(drawbridge, "Killed")
    # As a worker leaves it that dies in the middle: running, and no sign of life.
    drawbridge.query(
        "UPDATE models_registry_checkrun SET state = 'running', attempts = 1, "
        # Without an offset, as SQLite keeps it: a turn is known by its moment.
        "started_at = '2026-01-01 00:00:00', seen_at = '2026-01-01 00:00:00' "
        "WHERE state = 'queued'"
    )
    drawbridge.start_worker("two")
    eventually(lambda: row(drawbridge, "Killed")[0] == "done", timeout=90)
    assert row(drawbridge, "Killed")[1] == 2
