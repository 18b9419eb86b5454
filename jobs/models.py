from typing import Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet

Row = TypeVar("Row", bound="Job", covariant=True)

# How often the page of a job that moves looks again.
LOOK_AGAIN_SECONDS = 5


class JobQuerySet(ScopedQuerySet[Row]):
    def waiting(self) -> Self:
        return self.filter(state=Job.State.QUEUED)

    def claim(self, job_id: UUID | str, *, step: str) -> Row | None:
        """Takes a queued job for this worker; None where another one has it already."""
        now = timezone.now()
        taken = self.filter(pk=job_id, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING,
            attempts=F("attempts") + 1,
            started_at=now,
            seen_at=now,
            step=step,
            failure="",
        )
        return self.select_related("organisation").get(pk=job_id) if taken else None


class Job(OrganisationScoped):
    """Work for a worker: the row is the truth, Celery only says "look".

    States: queued -> running -> done; running -> failed -> queued (retry); queued -> cancelled ->
    queued; running -> queued when its worker died (sweep, three attempts at most).

    `attempts` is the turn number: a worker whose turn has passed cannot write any more.
    """

    MAX_ATTEMPTS = 3

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    # What it is at, as the job's own kind names its steps.
    step = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A code; rows of older versions hold a sentence, which is shown as it is.
    failure = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    # When the task was last handed to the broker, so that the sweep can send what it lost.
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    # The worker's sign of life; when it stays away, the job is given to another.
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_moving(self) -> bool:
        """Whether its page should look again by itself."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def may_run_again(self) -> bool:
        return self.state in (self.State.FAILED, self.State.CANCELLED)


class WorkerHeartbeat(models.Model):
    """When a worker process last said that it listens."""

    worker = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
