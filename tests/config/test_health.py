import shutil

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from jobs.listening import sign_in


@pytest.fixture
def embedded(settings, tmp_path):
    """The embedded broker, whatever the run uses."""
    settings.REDIS_URL = ""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    return tmp_path


def test_the_process_answers_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_everything_works(client, db, embedded):
    sign_in("worker@one")
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "problems": {}, "notes": {}}
    assert "no-store" in response.headers["Cache-Control"]


def test_a_missing_worker_is_noted_and_does_not_take_the_pages_away(client, db, embedded):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["notes"] == {"worker": "no worker is listening; reports wait for one"}


def test_a_dead_database_is_said_without_its_address(client, embedded, monkeypatch):
    def refuse(*args):
        raise DatabaseError("connection to db.internal as drawbridge:hunter2 failed")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"]["database"] == "the database does not answer"
    assert "hunter2" not in response.text
    assert "internal" not in response.text


def test_a_half_migrated_database_is_not_ready(client, db, embedded):
    MigrationRecorder(connection).record_unapplied("events", "0002_append_only")
    problems = client.get("/readyz").json()["problems"]
    assert problems == {"migrations": "1 migrations are not applied: run manage.py migrate"}


def test_a_lost_broker_folder_is_said(client, db, embedded):
    shutil.rmtree(embedded)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["problems"]) == ["broker"]
    assert str(embedded) not in response.text


def test_a_dead_redis_is_said(client, db, settings):
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://:hunter2@127.0.0.1:9/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"] == {"broker": "the broker does not answer"}


@pytest.mark.redis
def test_a_living_redis_is_fine(client, db, settings, redis_url):
    settings.REDIS_URL = settings.CELERY_BROKER_URL = redis_url
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_checks_are_only_read(client, method):
    assert getattr(client, method)("/readyz").status_code == 405
