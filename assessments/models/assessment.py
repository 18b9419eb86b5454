from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet


class AssessmentQuerySet(ScopedQuerySet["Assessment"]):
    def current(self) -> Self:
        """The one assessment of each use that counts: the decided one, until its successor is."""
        first, decided = Q(reassesses=None), Q(state=Assessment.State.DECIDED)
        past = [Assessment.State.SUPERSEDED, Assessment.State.ARCHIVED]
        return self.exclude(state__in=past).filter(first | decided)

    def in_progress(self) -> Self:
        """The one assessment of each use that people still work on, in review included."""
        return self.filter(state__in=Assessment.UNDECIDED_STATES)


class Assessment(OrganisationScoped):
    """One use judged on a day against one version of the law; `revision` counts every change.

    States: draft -> in_review -> decided; in_review -> changes_requested -> in_review;
    in_review -> draft (taken back); decided -> superseded, once its re-assessment is decided;
    any -> archived -> where it came from. Triggers refuse answers while it is frozen.

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
    UNDECIDED_STATES = (*OPEN_STATES, State.IN_REVIEW)

    use_case = models.ForeignKey(
        "models_registry.UseCase", models.PROTECT, related_name="assessments"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    # Where it stood before its use was retired, so that a restored use goes on there.
    archived_from = models.CharField(max_length=20, choices=State.choices, blank=True)
    # The decided assessment that this one is to replace.
    reassesses = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="reassessments"
    )
    # Who carries it on; a leaver's heir takes it over.
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
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
    # Since when the duties that apply already all do.
    since_day = models.DateField(null=True)
    duties = models.PositiveIntegerField(default=0)
    findings_by_status = models.JSONField(default=dict)

    objects: ClassVar[AssessmentQuerySet] = AssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            # With all that counting a register needs, so that no row is read for it.
            models.Index(
                fields=["organisation", "headline", "next_day", "state", "reassesses", "use_case"],
                name="assessments_counted",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["use_case"],
                condition=Q(state__in=["draft", "in_review", "changes_requested"]),
                name="a_use_is_assessed_once_at_a_time",
                violation_error_message=_("This use is being assessed already; go on there."),
            ),
            models.UniqueConstraint(
                fields=["use_case"],
                condition=Q(reassesses=None) & ~Q(state__in=["superseded", "archived"]),
                name="a_second_assessment_says_which_it_replaces",
                violation_error_message=_("This use is being assessed already; go on there."),
            ),
            models.UniqueConstraint(
                fields=["use_case"],
                condition=Q(state="decided"),
                name="a_use_has_one_decided_assessment",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="a_revision_starts_at_one"),
            models.CheckConstraint(
                condition=Q(state="archived") | Q(archived_from=""),
                name="only_what_is_archived_stood_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use_case} ({self.as_of})"

    @property
    def is_frozen(self) -> bool:
        return self.state not in self.OPEN_STATES
