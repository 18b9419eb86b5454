import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.living import a_database_on

RIVALS, ROUNDS = 6, 5  # as in rivals.py, which sets up a Django of its own
ROOT = Path(__file__).resolve().parents[2]


def race(database_url):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.reports.rivals"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


def one_wins_each_time(lines):
    answers = f"answers {['saved'] + ['stale'] * (RIVALS - 1)}"
    assert lines[:-1] == [answers, "asked 1", "claims 1"] * ROUNDS
    assert lines[-1] == f"reports {ROUNDS} revision {1 + ROUNDS}"


@pytest.mark.slow
def test_of_many_at_once_one_answers_one_report_is_asked_for_one_worker_takes_it(tmp_path):
    one_wins_each_time(race(f"sqlite:///{tmp_path}/db.sqlite3"))


@pytest.mark.slow
@pytest.mark.postgres
def test_the_same_holds_on_postgresql(postgres_url):
    one_wins_each_time(race(a_database_on(postgres_url)))
