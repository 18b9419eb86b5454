"""One turn of a worker at a job, and what is done when a worker or a message gets lost."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from events.services import record
from jobs.models import Job

AnyJob = TypeVar("AnyJob", bound=Job)

logger = logging.getLogger(__name__)

SIGN_OF_LIFE_SECONDS = 5
LOST_AFTER = timedelta(seconds=20)
SENT_AGAIN_AFTER = timedelta(seconds=60)
SENT_AGAIN_AT_ONCE = 20


class JobError(Exception):
    """Why a job cannot be done; `permanent` when trying again would not help."""

    def __init__(self, failure: str, *, permanent: bool) -> None:
        super().__init__(str(failure))
        self.failure, self.permanent = str(failure), permanent


@contextmanager
def turn(job: Job, *, noun: str, otherwise: str) -> Iterator[None]:
    """Shows signs of life while the body works; writes down why, where it fails.

    `otherwise` is the failure of an error that nobody foresaw: it is recorded here and raised
    again, so that the log keeps the trace and the row the reason.
    """
    try:
        with _signs_of_life(job):
            yield
    except JobError as error:
        give_up(job, error.failure, noun=noun, permanent=error.permanent)
    except Exception:
        give_up(job, otherwise, noun=noun, permanent=False)
        raise


def mine(job: AnyJob) -> QuerySet[AnyJob]:
    """The row, as long as it is still this worker's turn."""
    rows = cast("QuerySet[AnyJob]", type(job)._default_manager.all())
    # The moment as well as the number, because a retry by hand counts from one again.
    return rows.filter(
        pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts, started_at=job.started_at
    )


def go_to(job: Job, step: str, **more: Any) -> None:
    mine(job).update(step=step, seen_at=timezone.now(), **more)


def give_up(job: Job, failure: str, *, noun: str, permanent: bool) -> None:
    """Back into the queue while another attempt may help, otherwise failed with the reason."""
    again = not permanent and job.attempts < job.MAX_ATTEMPTS
    state = Job.State.QUEUED if again else Job.State.FAILED
    with transaction.atomic():
        changed = mine(job).update(
            state=state,
            step="",
            failure=failure,
            sent_at=None,
            finished_at=None if again else timezone.now(),
        )
        if changed and not again:
            tell_of(job, f"{noun}.failed", {"reason": failure})


def tell_of(job: Job, kind: str, detail: dict[str, Any]) -> None:
    """An event of the worker's, which is nobody's deed."""
    record(organisation=job.organisation, actor=None, kind=kind, subject=job, detail=detail)


@contextmanager
def _signs_of_life(job: Job) -> Iterator[None]:
    """Notes every few seconds that this worker is still at it, from a thread of its own."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(SIGN_OF_LIFE_SECONDS):
            try:
                mine(job).update(seen_at=timezone.now())
            except DatabaseError as error:
                # One sign may be lost; the worker goes on, and so do the next signs.
                logger.warning("%s %s: no sign of life: %s", job._meta.label, job.pk, error)
                connection.close()
        connection.close()

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def requeue_lost(kind: type[Job], *, noun: str, stopped: str) -> list[UUID]:
    """Puts back what dead workers left, and lists the queued jobs whose task should be sent."""
    now = timezone.now()
    rows: QuerySet[Job] = kind._default_manager.all()
    lost = rows.filter(state=Job.State.RUNNING, seen_at__lt=now - LOST_AFTER)
    for job in lost.select_related("organisation"):
        give_up(job, stopped, noun=noun, permanent=False)
    unsent = Q(sent_at=None) | Q(sent_at__lt=now - SENT_AGAIN_AFTER)
    waiting = rows.filter(unsent, state=Job.State.QUEUED).order_by("queued_at")
    return list(waiting.values_list("pk", flat=True)[:SENT_AGAIN_AT_ONCE])


def back_in_queue(job: Job) -> bool:
    """With three fresh attempts, if it failed or was cancelled; whether it did."""
    rows: QuerySet[Job] = type(job)._default_manager.all()
    changed = rows.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED]).update(
        state=Job.State.QUEUED,
        attempts=0,
        failure="",
        queued_at=timezone.now(),
        sent_at=None,
        finished_at=None,
    )
    job.refresh_from_db()
    return bool(changed)


def out_of_queue(job: Job) -> bool:
    """Cancelled, if no worker has taken it yet; whether it was."""
    rows: QuerySet[Job] = type(job)._default_manager.all()
    changed = rows.filter(pk=job.pk, state=Job.State.QUEUED).update(state=Job.State.CANCELLED)
    job.refresh_from_db()
    return bool(changed)


def queue_position(job: Job) -> int:
    """How many jobs of its kind, anybody's, go first, this one included; nothing else of them."""
    rows: QuerySet[Job] = type(job)._default_manager.all()
    ahead = rows.filter(state=Job.State.QUEUED, queued_at__lte=job.queued_at)
    return ahead.exclude(pk=job.pk).count() + 1
