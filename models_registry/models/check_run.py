from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.models import Job, JobQuerySet
from models_registry.models.ai_model import AIModel


class CheckRun(Job):
    """One run of all checks over everything that is attached to a model, as a job.

    The files are named when it is asked for, so it says what was checked even if the material has
    changed since; `fingerprint` covers files, claims, the own decision, the day and the catalogue.
    """

    class Step(models.TextChoices):
        OPENING = "opening", _("opening the files")
        CHECKING = "checking", _("running the checks")
        STORING = "storing", _("storing the results")

    class Failure(models.TextChoices):
        REFUSED = "refused", _("The material could not be read.")
        GONE = "gone", _("A file is no longer in the storage.")
        STOPPED = "stopped", _("The worker stopped in the middle of it.")
        OTHER = "other", _("Something went wrong while the files were checked.")

    model = models.ForeignKey(AIModel, models.CASCADE, related_name="check_runs")
    step = models.CharField(max_length=20, choices=Step.choices, blank=True)
    failure = models.TextField(choices=Failure.choices, blank=True)
    fingerprint = models.CharField(max_length=64)
    as_of = models.DateField()
    # One {evidence, stored, name, sha256, size, content} for each file.
    files = models.JSONField(default=list)
    claims = models.JSONField(default=dict)
    checks_done = models.PositiveSmallIntegerField(default=0)
    checks_total = models.PositiveSmallIntegerField(default=0)
    # Which file was refused and why, as in {"evidence": …, "reason": …, "values": …}.
    refusals = models.JSONField(default=list)
    # Results as `checks.keeping` writes them, and what they come to, for lists and comparisons.
    results = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    # The whole in words by language, as it was told on that day.
    accounts = models.JSONField(default=dict)
    catalogue_digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[JobQuerySet["CheckRun"]] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "queued_at"], name="check_runs_by_state"),
            models.Index(fields=["model", "-created_at", "-id"], name="check_runs_of_a_model"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "fingerprint"], name="the_same_material_is_checked_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_check_run_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.as_of:%Y-%m-%d}"
