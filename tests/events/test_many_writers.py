import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def many_writers(database_url):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", "tests.events.writers"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_writers_queue_on_sqlite(tmp_path):
    out = many_writers(f"sqlite:///{tmp_path}/db.sqlite3")
    assert "old: 61 events, unbroken" in out
    assert "new: 60 events, unbroken" in out


@pytest.mark.postgres
def test_writers_queue_on_postgresql(postgres_url):
    name = f"writers_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    out = many_writers(f"{postgres_url.rsplit('/', 1)[0]}/{name}")
    assert "old: 61 events, unbroken" in out
    assert "new: 60 events, unbroken" in out
