from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.models import Job, JobQuerySet


def _whole(noun: str) -> tuple[models.CheckConstraint, models.CheckConstraint]:
    """What is done has its file, and what failed says why."""
    has_a_file = ~Q(file="") & ~Q(file_sha256="")
    has_a_size = Q(size__isnull=False, size__gt=0, pages__isnull=False, pages__gt=0)
    return (
        models.CheckConstraint(
            condition=~Q(state="done") | (has_a_file & has_a_size), name=f"a_done_{noun}_has_a_file"
        ),
        models.CheckConstraint(
            condition=~Q(state="failed") | ~Q(failure=""), name=f"a_failed_{noun}_says_why"
        ),
    )


class Report(Job):
    """A document as a job.

    The snapshot is frozen with the request, so the file says what was true then, whenever it is
    made.
    """

    class Kind(models.TextChoices):
        READINESS = "readiness", _("readiness assessment report")

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
    fingerprint = models.CharField(max_length=64)
    # Canonical JSON (RFC 8785) as text: a JSON column may write its numbers differently.
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)

    step = models.CharField(max_length=20, choices=Step.choices, blank=True)
    failure = models.TextField(choices=Failure.choices, blank=True)

    file = models.FileField(upload_to="reports/", max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)

    objects: ClassVar[JobQuerySet["Report"]] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "queued_at"], name="reports_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "fingerprint"], name="the_same_report_is_made_once"
            ),
            *_whole("report"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def number(self) -> str:
        """What people call it on paper: the end of its id, which is random."""
        return f"DB-{self.pk.hex[-10:].upper()}"


class Paper(Job):
    """What every document about models has as a job: a language, and in the end a file."""

    class Step(models.TextChoices):
        RENDERING = "rendering", _("setting the pages")
        STORING = "storing", _("storing the file")

    class Failure(models.TextChoices):
        CHANGED = "changed", _("The frozen content of this document was changed.")
        UNREADABLE = "unreadable", _("The finished file could not be opened.")
        STOPPED = "stopped", _("The worker stopped in the middle of it.")
        OTHER = "other", _("Something went wrong while the document was made.")

    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    # What the models were called when the document was asked for.
    name = models.CharField(max_length=300)

    step = models.CharField(max_length=20, choices=Step.choices, blank=True)
    failure = models.TextField(choices=Failure.choices, blank=True)

    file = models.FileField(upload_to="reports/", max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.language}"


class ModelDocument(Paper):
    """The dossier of one run of checks as a job; a run that is done never changes again."""

    run = models.ForeignKey(
        "models_registry.CheckRun", models.CASCADE, related_name="model_documents"
    )

    objects: ClassVar[JobQuerySet["ModelDocument"]] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "queued_at"], name="model_documents_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "language"], name="the_same_dossier_is_made_once"
            ),
            *_whole("dossier"),
        ]


class ComparisonDocument(Paper):
    """A comparison of models as a job; what its page showed is frozen with the request."""

    # Canonical JSON (RFC 8785) as text, and its digest: the same page of a day is the same row.
    payload = models.TextField()
    payload_sha256 = models.CharField(max_length=64)

    objects: ClassVar[JobQuerySet["ComparisonDocument"]] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "queued_at"], name="comparisons_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payload_sha256"],
                name="the_same_comparison_is_made_once",
            ),
            *_whole("comparison"),
        ]
