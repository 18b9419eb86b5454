from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet
from models_registry.models.ai_model import AIModel


class LicenceDecision(OrganisationScoped):
    """What the organisation itself holds of a contested licence, and why.

    It stands beside the verdict found and never replaces it; `text_sha256` is the licence text it
    was made on, and for another text it does not count. The newest one of a model stands.
    """

    class PlanOn(models.TextChoices):
        LIKELY_MEETS = "likely_meets", _("plan as if the licence met the exemption")
        LIKELY_FAILS = "likely_fails", _("plan as if the licence did not meet it")

    model = models.ForeignKey(AIModel, models.CASCADE, related_name="licence_decisions")
    plan_on = models.CharField(max_length=20, choices=PlanOn.choices)
    reason = models.TextField(_("reason"), max_length=4000, validators=[MaxLengthValidator(4000)])
    text_sha256 = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ScopedQuerySet["LicenceDecision"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_licence_decision_has_a_reason"),
            models.UniqueConstraint(
                fields=["model"],
                condition=Q(withdrawn_at=None),
                name="one_licence_decision_of_a_model_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.plan_on}"
