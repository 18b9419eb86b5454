"""What `make run` promises, with real servers and real signals."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import HTTPCookieProcessor, build_opener

import psutil
import psycopg
import pytest

from ops.environment import without_settings
from ops.services import free_port
from tests.ops.processes import eventually, is_gone

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path):
    """Starts what `make run` starts and returns the process, its address and its output."""
    started = []

    def start(**environment):
        port = str(free_port())
        kept = without_settings() | {"MAKELEVEL": ""}
        log = tmp_path / f"log-{len(started)}"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "ops.run"],
                cwd=ROOT,
                env={**kept, "VAR_DIR": str(tmp_path / "var"), "PORT": port, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        eventually(lambda: "Ctrl-C ends it" in log.read_text() or process.poll() is not None, 90)
        assert process.poll() is None, log.read_text()
        return process, f"http://127.0.0.1:{port}", log.read_text()

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=30)


def family_of(process):
    return psutil.Process(process.pid).children(recursive=True)


def password_in(log):
    return re.search(r"with the password (\S+)", log).group(1)


def signs_in(address, password):
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(f"{address}/account/login/", timeout=20) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode()).group(
            1
        )
    form = {"login": "demo@example.com", "password": password, "csrfmiddlewaretoken": token}
    with browser.open(page.url, urlencode(form).encode(), timeout=20) as answer:
        return "/account/login/" not in answer.url


def ends_with_its_family(process, number):
    family = family_of(process)
    assert any("celery" in " ".join(member.cmdline()) for member in family)
    process.send_signal(number)
    process.wait(timeout=30)
    eventually(lambda: all(is_gone(member.pid) for member in family))


def test_it_starts_from_nothing_and_keeps_everything_the_second_time(run):
    first, address, log = run()
    assert signs_in(address, password_in(log))
    ends_with_its_family(first, signal.SIGINT)
    assert first.returncode == 0
    second, address, again = run()
    assert password_in(again) == password_in(log)
    assert signs_in(address, password_in(again))
    ends_with_its_family(second, signal.SIGKILL)


@pytest.mark.postgres
@pytest.mark.redis
def test_it_runs_on_postgresql_and_redis_when_told_so(run, postgres_url, redis_url):
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("CREATE DATABASE make_run")
    url = urlunsplit(urlsplit(postgres_url)._replace(path="/make_run"))
    _process, address, log = run(DATABASE_URL=url, REDIS_URL=redis_url)
    assert signs_in(address, password_in(log))
    with psycopg.connect(url) as database:
        assert database.execute("SELECT count(*) FROM accounts_user").fetchone() == (1,)
