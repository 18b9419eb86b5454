from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, Role, ScopedQuerySet
from assessments.models.review import Submission
from models_registry.models import AIModel, AISystem


class Decision(OrganisationScoped):
    """What people decided about one revision, signed by one person who is not among its authors.

    It is bound to the revision, the system's version and the law data of its submission; when its
    last day passes or one of them changes, it lapses. Triggers refuse an author as the signer,
    another revision than the one in review, and later changes to what was signed.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        APPROVED_WITH_CONDITIONS = "approved_with_conditions", _("approved with conditions")
        REJECTED = "rejected", _("rejected")

    class Lapse(models.TextChoices):
        VALIDITY = "validity", _("its last day has passed")
        SYSTEM = "system", _("the system has changed")
        LAW = "law", _("the law data have changed")

    assessment = models.OneToOneField(
        "assessments.Assessment", models.PROTECT, related_name="decision"
    )
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="decision")
    revision = models.PositiveIntegerField()
    law_version = models.CharField(max_length=10)
    catalogue_digest = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    subject_version = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(_("decision"), max_length=30, choices=Outcome.choices)
    conditions = models.TextField(
        _("conditions"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )
    reason = models.TextField(
        _("reason"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_as = models.CharField(max_length=20, choices=Role.choices)
    # Recorded by the only member of the organisation; no second person has looked at it.
    not_reviewed = models.BooleanField(default=False)

    lapse = models.CharField(max_length=20, choices=Lapse.choices, blank=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawal_reason = models.TextField(
        _("reason"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )

    objects: ClassVar[ScopedQuerySet["Decision"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="approved_with_conditions") ^ Q(conditions=""),
                name="only_a_conditional_approval_has_conditions",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="rejected") | ~Q(reason=""), name="a_rejection_says_why"
            ),
            models.CheckConstraint(
                condition=Q(outcome="rejected") ^ Q(valid_until__isnull=False),
                name="an_approval_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(lapse="", lapsed_at=None) | ~Q(lapse="") & Q(lapsed_at__isnull=False),
                name="a_lapse_has_a_cause",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="a_withdrawal_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}, revision {self.revision}"

    def clean(self) -> None:
        faults = faults_of(self.outcome, self.conditions, self.reason, self.valid_until)
        if faults:
            raise ValidationError(faults)

    def lapse_on(self, day: date, *, subject: AISystem | AIModel, digest: str) -> str:
        """Why it no longer holds on that day, for that subject and law; empty while it does."""
        if self.lapse:
            return self.lapse
        if (self.subject_id, self.subject_version) != (subject.pk, subject.version):
            return self.Lapse.SYSTEM
        if self.catalogue_digest != digest:
            return self.Lapse.LAW
        return self.Lapse.VALIDITY if self.valid_until and day > self.valid_until else ""


def faults_of(
    outcome: str, conditions: str, reason: str, valid_until: date | None
) -> dict[str, str]:
    """What a decision still lacks or says too much, by field, in words for who signs it."""
    faults = {}
    is_conditional = outcome == Decision.Outcome.APPROVED_WITH_CONDITIONS
    is_rejected = outcome == Decision.Outcome.REJECTED
    if is_conditional and not conditions.strip():
        faults["conditions"] = gettext("Say under which conditions.")
    if conditions.strip() and not is_conditional:
        words = gettext("Only an approval with conditions has any: choose that, or empty this.")
        faults["conditions"] = words
    if is_rejected and not reason.strip():
        faults["reason"] = gettext("Say why the use is rejected.")
    if not is_rejected and valid_until is None:
        faults["valid_until"] = gettext("Say until when the approval holds.")
    return faults
