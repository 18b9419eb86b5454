from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from jobs import listening
from jobs.listening import Heartbeat, a_worker_is_listening, sign_in
from jobs.models import WorkerHeartbeat


class Beats:
    """The timer of a worker, which calls when the test says so."""

    def __init__(self):
        self.cancelled = False

    def call_repeatedly(self, seconds, what, arguments):
        self.seconds, self.turn = seconds, lambda: what(*arguments)
        return self

    def cancel(self):
        self.cancelled = True


@pytest.fixture
def worker(monkeypatch):
    # The test holds the connection that a worker would close between two beats.
    monkeypatch.setattr(listening, "connection", SimpleNamespace(close=lambda: None))
    return SimpleNamespace(hostname="worker@one", timer=Beats())


def test_nobody_listens_before_the_first_sign(db):
    assert not a_worker_is_listening()


def test_a_worker_is_there_from_its_start_to_its_end(db, worker):
    heartbeat = Heartbeat(worker)
    heartbeat.start(worker)
    assert a_worker_is_listening()
    assert worker.timer.seconds < listening.SILENT_AFTER.total_seconds() / 3
    heartbeat.stop(worker)
    assert worker.timer.cancelled
    assert not a_worker_is_listening()


def test_a_worker_that_never_started_can_be_stopped(db, worker):
    Heartbeat(worker).stop(worker)


def test_a_silent_worker_counts_as_gone_until_it_speaks_again(db, worker):
    Heartbeat(worker).start(worker)
    WorkerHeartbeat.objects.update(at=timezone.now() - timedelta(seconds=31))
    assert not a_worker_is_listening()
    worker.timer.turn()
    assert a_worker_is_listening()


def test_one_of_two_workers_is_enough(db):
    for name in ("worker@one", "worker@two"):
        sign_in(name)
    WorkerHeartbeat.objects.filter(worker="worker@one").delete()
    assert a_worker_is_listening()


def test_workers_of_yesterday_are_forgotten(db):
    sign_in("worker@old")
    WorkerHeartbeat.objects.update(at=timezone.now() - timedelta(hours=25))
    sign_in("worker@new")
    assert [row.worker for row in WorkerHeartbeat.objects.all()] == ["worker@new"]


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_a_worker_outlives_its_database(db, worker, monkeypatch, caplog, error):
    def refuse(**given):
        raise error("the connection is closed")

    monkeypatch.setattr(WorkerHeartbeat.objects, "update_or_create", refuse)
    heartbeat = Heartbeat(worker)
    heartbeat.start(worker)
    worker.timer.turn()
    monkeypatch.setattr(WorkerHeartbeat.objects, "filter", refuse)
    heartbeat.stop(worker)
    assert "could not sign in" in caplog.text
