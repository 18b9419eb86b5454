"""Whether a worker is there: each worker process signs in every few seconds."""

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from celery import bootsteps
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from jobs.models import WorkerHeartbeat

logger = logging.getLogger(__name__)

EVERY_SECONDS = 5
SILENT_AFTER = timedelta(seconds=30)


def a_worker_is_listening() -> bool:
    """Whether any worker has signed in lately."""
    return WorkerHeartbeat.objects.filter(at__gt=timezone.now() - SILENT_AFTER).exists()


def sign_in(worker: str) -> None:
    """Notes that the worker listens, and forgets those that have been silent for a day."""
    now = timezone.now()
    try:
        WorkerHeartbeat.objects.update_or_create(worker=worker, defaults={"at": now})
        WorkerHeartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
    except DatabaseError:
        # The next beat tries again; a worker must not end because the database restarts.
        logger.warning("%s could not sign in: the database does not answer", worker)


def sign_out(worker: str) -> None:
    """Forgets a worker that ends, so that nobody waits for it."""
    with suppress(DatabaseError):
        WorkerHeartbeat.objects.filter(worker=worker).delete()


def beat(worker: str) -> None:
    """Signs in on a connection of its own, since the worker forks and may hold none open."""
    try:
        sign_in(worker)
    finally:
        connection.close()


class Heartbeat(bootsteps.StartStopStep):
    """Lets a Celery worker sign in while it runs."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self.beat: Any = None

    def start(self, worker: Any) -> None:
        beat(worker.hostname)
        self.beat = worker.timer.call_repeatedly(EVERY_SECONDS, beat, (worker.hostname,))

    def stop(self, worker: Any) -> None:
        if self.beat is not None:
            self.beat.cancel()
        sign_out(worker.hostname)
