from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet


class FindingStatus(models.TextChoices):
    MET = "met", _("met")
    PARTLY_MET = "partly_met", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    NOT_ASSESSED = "not_assessed", _("not assessed")


class Strength(models.TextChoices):
    NONE = "none", _("no evidence")
    ASSERTED = "asserted", _("asserted")
    DOCUMENTED = "documented", _("documented")
    VERIFIED = "verified", _("verified")
    INDEPENDENT = "independent", _("independent")


class GapSeverity(models.TextChoices):
    CRITICAL = "critical", _("critical")
    MAJOR = "major", _("major")
    MINOR = "minor", _("minor")
    OBSERVATION = "observation", _("observation")


class Finding(OrganisationScoped):
    """The state of one duty in one assessment; kept by duty id when the class is determined anew.

    `applies` is false once the duty has fallen away: the finding stays as history.
    """

    assessment = models.ForeignKey(
        "assessments.Assessment", models.CASCADE, related_name="findings"
    )
    duty_id = models.CharField(max_length=40)
    applies = models.BooleanField(default=True)
    status = models.CharField(
        max_length=20, choices=FindingStatus.choices, default=FindingStatus.NOT_ASSESSED
    )
    strength = models.CharField(max_length=20, choices=Strength.choices, default=Strength.NONE)
    severity = models.CharField(max_length=20, choices=GapSeverity.choices, blank=True)
    reason = models.TextField(
        _("reason"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )

    objects: ClassVar[ScopedQuerySet["Finding"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["assessment_id", "duty_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "duty_id"], name="a_duty_has_one_finding"
            ),
            models.CheckConstraint(
                condition=~Q(status="not_applicable") | ~Q(reason=""),
                name="what_is_not_applicable_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.status}"
