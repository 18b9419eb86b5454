from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet


class AssessmentQuerySet(ScopedQuerySet["Assessment"]):
    def current(self) -> Self:
        """The one assessment of each use that has not been superseded or archived."""
        return self.exclude(state__in=[Assessment.State.SUPERSEDED, Assessment.State.ARCHIVED])


class Assessment(OrganisationScoped):
    """One use judged on a day against one version of the law; `revision` counts every change.

    States: draft -> in_review -> decided; in_review -> changes_requested -> in_review;
    decided -> superseded; any -> archived. A decided assessment is frozen.

    The summary columns repeat what `determine` says of the answers, so that lists need no engine;
    they are written in the transaction of each change and rebuilt by `rebuild_summaries`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        DECIDED = "decided", _("decided")
        SUPERSEDED = "superseded", _("superseded")
        ARCHIVED = "archived", _("archived")

    OPEN_STATES = (State.DRAFT, State.CHANGES_REQUESTED)

    use_case = models.ForeignKey(
        "models_registry.UseCase", models.PROTECT, related_name="assessments"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    as_of = models.DateField(_("as of"))
    readings = models.JSONField(default=dict, blank=True)
    # When a person last changed it; a summary that is made anew changes nothing.
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    law_version = models.CharField(max_length=10)
    catalogue_digest = models.CharField(max_length=64)
    headline = models.CharField(max_length=30)
    at_best = models.CharField(max_length=30)
    at_worst = models.CharField(max_length=30)
    gpai = models.CharField(max_length=30)
    # Ids of the outcomes that hold and of the roles held, in the order of the catalogue.
    outcomes = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    open_questions = models.PositiveIntegerField(default=0)
    next_day = models.DateField(null=True)
    duties = models.PositiveIntegerField(default=0)
    findings_by_status = models.JSONField(default=dict)

    objects: ClassVar[AssessmentQuerySet] = AssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "headline", "id"], name="assessments_by_headline")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["use_case"],
                condition=~Q(state__in=["superseded", "archived"]),
                name="a_use_has_one_current_assessment",
                violation_error_message=_("This use is being assessed already; go on there."),
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="a_revision_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.use_case} ({self.as_of})"

    @property
    def is_frozen(self) -> bool:
        return self.state not in self.OPEN_STATES
