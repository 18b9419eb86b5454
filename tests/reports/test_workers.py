"""Real workers, real brokers, and what happens when they die."""

import hashlib
import re
import signal
import time
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pytest

from ops.services import free_port, redis_server, running, wait_until_it_listens
from tests.living import Drawbridge, Visitor, a_database_on, eventually

pytestmark = pytest.mark.slow
KINDS = [
    "embedded",
    pytest.param("servers", marks=[pytest.mark.postgres, pytest.mark.redis]),
]


@pytest.fixture(scope="module", params=KINDS)
def installed(request, tmp_path_factory):
    """A web server without a worker, on SQLite and files, and on PostgreSQL and Redis."""
    folder = tmp_path_factory.mktemp(request.param)
    urls = {}
    if request.param == "servers":
        database = a_database_on(request.getfixturevalue("postgres_url"))
        urls = {"database_url": database, "redis_url": request.getfixturevalue("redis_url")}
    drawbridge = Drawbridge(folder, **urls)
    drawbridge.password = drawbridge.prepare()
    drawbridge.start_web()
    yield drawbridge
    assert drawbridge.stop() == []


@pytest.fixture
def drawbridge(installed):
    """Without reports or workers, and without any after the test."""
    web = list(installed.processes)
    installed.query("DELETE FROM reports_report")
    installed.query("DELETE FROM jobs_workerheartbeat")
    yield installed
    installed.processes = [process for process in installed.processes if process not in web]
    left = installed.stop()
    installed.processes = web
    assert left == []


@pytest.fixture
def visitor(drawbridge):
    return Visitor(drawbridge).sign_in(drawbridge.password)


def states(drawbridge):
    return [state for (state,) in drawbridge.query("SELECT state FROM reports_report")]


def all_done(drawbridge):
    now = states(drawbridge)
    assert "failed" not in now, drawbridge.query("SELECT failure FROM reports_report")
    return set(now) == {"done"}


def test_a_report_waits_for_a_worker_and_can_be_downloaded(drawbridge, visitor):
    report = visitor.ask_for_report(visitor.uses()[0])
    assert "No worker is listening" in visitor.get(report)
    drawbridge.start_worker("one")
    eventually(lambda: "Your report is ready" in visitor.get(report), timeout=90)
    headers, content = visitor.fetch(f"{report}download")
    assert re.search(r"drawbridge-readiness-.+-en\.pdf", headers["Content-Disposition"])
    assert hashlib.sha256(content).hexdigest() in visitor.get(report)
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages) >= 1


def test_what_a_killed_worker_left_another_one_finishes(drawbridge, visitor):
    first = drawbridge.start_worker("one")
    visitor.ask_for_report(visitor.uses()[0])
    eventually(lambda: states(drawbridge) == ["running"])
    drawbridge.kill(first)
    assert states(drawbridge) == ["running"], "the worker died in the middle"
    # Time passes without a sign of life.
    drawbridge.query("UPDATE reports_report SET seen_at = '2026-01-01 00:00:00+00:00'")
    drawbridge.start_worker("two")
    eventually(lambda: all_done(drawbridge), timeout=90)
    assert drawbridge.query("SELECT attempts FROM reports_report") == [(2,)]


def test_ten_at_once_are_made_once_each_by_two_workers(drawbridge, visitor):
    drawbridge.start_worker("one")
    drawbridge.start_worker("two", sweeps=False)
    uses = visitor.uses()[:5]
    reports = {visitor.ask_for_report(use, language) for use in uses for language in ("en", "de")}
    assert len(reports) == 10
    eventually(lambda: all_done(drawbridge), timeout=240)
    assert drawbridge.query("SELECT DISTINCT attempts FROM reports_report") == [(1,)]
    digests = {
        hashlib.sha256(visitor.fetch(f"{report}download")[1]).hexdigest() for report in reports
    }
    kept = drawbridge.query("SELECT file_sha256 FROM reports_report")
    assert digests == {digest for (digest,) in kept}
    assert len(digests) == 10


@contextmanager
def a_redis_at(port, folder):
    """Without a memory of its own; at the end it is killed."""
    command = [redis_server(), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--dir", str(folder), "--save", "", "--appendonly", "no"]
    log = folder / "redis.log"
    with running(command, stop=signal.SIGKILL, log=log) as process:
        wait_until_it_listens(process, port, log)
        yield


@pytest.fixture
def on_mortal_redis(tmp_path, postgres_url):
    """PostgreSQL that stays, and the port of a Redis that comes and goes."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    drawbridge = Drawbridge(tmp_path, a_database_on(postgres_url), url)
    with a_redis_at(port, tmp_path):
        drawbridge.password = drawbridge.prepare()
        drawbridge.start_web()
        visitor = Visitor(drawbridge).sign_in(drawbridge.password)
        use = visitor.uses()[0]
    yield drawbridge, visitor, use, port
    assert drawbridge.stop() == []


def sweep(drawbridge):
    """What beat does every minute."""
    code = "from reports.tasks import sweep_reports; sweep_reports.delay()"
    drawbridge.manage("shell", "-v0", "-c", code)


@pytest.mark.postgres
@pytest.mark.redis
def test_a_report_asked_for_while_redis_is_away_is_kept_and_made_later(on_mortal_redis, tmp_path):
    drawbridge, visitor, use, port = on_mortal_redis
    with a_redis_at(port, tmp_path):
        drawbridge.start_worker("one")
    asked = time.monotonic()
    report = visitor.ask_for_report(use)
    assert time.monotonic() - asked < 15, "a dead broker must not keep people waiting"
    assert drawbridge.query("SELECT state, sent_at FROM reports_report") == [("queued", None)]
    assert "queue" in visitor.get(report)
    with a_redis_at(port, tmp_path):
        sweep(drawbridge)
        eventually(lambda: all_done(drawbridge), timeout=120)


@pytest.mark.postgres
@pytest.mark.redis
def test_a_redis_that_forgets_what_it_held_loses_no_report(on_mortal_redis, tmp_path):
    drawbridge, visitor, use, port = on_mortal_redis
    with a_redis_at(port, tmp_path):
        visitor.ask_for_report(use)
        assert drawbridge.query("SELECT sent_at FROM reports_report") != [(None,)]
    # A minute passes.
    drawbridge.query("UPDATE reports_report SET sent_at = '2026-01-01 00:00:00+00:00'")
    with a_redis_at(port, tmp_path):
        drawbridge.start_worker("one")
        eventually(lambda: all_done(drawbridge), timeout=120)
        assert drawbridge.query("SELECT attempts FROM reports_report") == [(1,)]
