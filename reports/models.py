from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet


class ReportQuerySet(ScopedQuerySet["Report"]):
    def waiting(self) -> Self:
        return self.filter(state=Report.State.QUEUED)

    def claim(self, report_id: UUID | str) -> "Report | None":
        """Takes a queued report for this worker; None where another one has it already."""
        now = timezone.now()
        taken = self.filter(pk=report_id, state=Report.State.QUEUED).update(
            state=Report.State.RUNNING,
            attempts=F("attempts") + 1,
            started_at=now,
            seen_at=now,
            step=Report.Step.PREPARING,
            failure="",
        )
        return self.select_related("organisation").get(pk=report_id) if taken else None


class Report(OrganisationScoped):
    """A document as a job: the row is the truth, Celery only says "look".

    States: queued -> running -> done; running -> failed -> queued (retry); queued -> cancelled ->
    queued; running -> queued when its worker died (sweep, three attempts at most).

    The snapshot is frozen with the request, so the file says what was true then, whenever it is
    made. `attempts` is the turn number: a worker whose turn has passed cannot write any more.
    """

    MAX_ATTEMPTS = 3

    class Kind(models.TextChoices):
        READINESS = "readiness", _("readiness assessment report")

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    class Step(models.TextChoices):
        PREPARING = "preparing", _("preparing the content")
        RENDERING = "rendering", _("setting the pages")
        CHECKING = "checking", _("checking the file")
        STORING = "storing", _("storing the file")

    class Failure(models.TextChoices):
        CHANGED = "changed", _("The frozen content of this report was changed.")
        UNREADABLE = "unreadable", _("The finished file could not be opened.")
        STOPPED = "stopped", _("The worker stopped in the middle of it.")
        OTHER = "other", _("Something went wrong while the document was made.")

    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.READINESS)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    revision = models.PositiveIntegerField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    fingerprint = models.CharField(max_length=64)
    # Canonical JSON (RFC 8785) as text: a JSON column may write its numbers differently.
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)

    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    step = models.CharField(max_length=20, choices=Step.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A code; rows of older versions hold a sentence, which is shown as it is.
    failure = models.TextField(choices=Failure.choices, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    # When the task was last handed to the broker, so that the sweep can send what it lost.
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    # The worker's sign of life; when it stays away, the report is given to another.
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    file = models.FileField(upload_to="reports/", max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "queued_at"], name="reports_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "fingerprint"], name="the_same_report_is_made_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | (
                    ~Q(file="")
                    & ~Q(file_sha256="")
                    & Q(size__isnull=False, size__gt=0, pages__isnull=False, pages__gt=0)
                ),
                name="a_done_report_has_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_report_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def number(self) -> str:
        """What people call it on paper: the end of its id, which is random."""
        return f"DB-{self.pk.hex[-10:].upper()}"

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
