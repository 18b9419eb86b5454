import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def many_answerers(database_url):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", "tests.assessments.answerers"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
def test_answers_given_at_once_all_arrive_on_sqlite(tmp_path):
    out = many_answerers(f"sqlite:///{tmp_path}/db.sqlite3")
    assert out.splitlines() == ["5 rounds without a lost answer"]


@pytest.mark.slow
@pytest.mark.postgres
def test_answers_given_at_once_all_arrive_on_postgresql(postgres_url):
    name = f"answerers_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    out = many_answerers(f"{postgres_url.rsplit('/', 1)[0]}/{name}")
    assert out.splitlines() == ["5 rounds without a lost answer"]
