"""Whether a worker is there: each worker process signs in every few seconds."""

from datetime import timedelta
from typing import Any

from celery import bootsteps
from django.db import DatabaseError, connection
from django.utils import timezone

from reports.models import WorkerHeartbeat

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
        connection.close()


class Heartbeat(bootsteps.StartStopStep):
    """Lets a Celery worker sign in while it runs."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self.beat: Any = None

    def start(self, worker: Any) -> None:
        sign_in(worker.hostname)
        self.beat = worker.timer.call_repeatedly(EVERY_SECONDS, sign_in, (worker.hostname,))

    def stop(self, worker: Any) -> None:
        if self.beat is not None:
            self.beat.cancel()
        WorkerHeartbeat.objects.filter(worker=worker.hostname).delete()
