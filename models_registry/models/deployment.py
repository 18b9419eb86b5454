from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet
from models_registry.models.ai_model import AIModel


class Deployment(OrganisationScoped):
    """Where a model runs and who operates it: what a sovereignty profile is about.

    `answers` are the operator's, by the names of `checks.sovereignty.deployment.Deployment`:
    `hosting`, `purpose` and so on, or a criterion with its level from 0 to 3.
    """

    model = models.ForeignKey(AIModel, models.CASCADE, related_name="deployments")
    name = models.CharField(_("name"), max_length=200)
    operator = models.CharField(_("operator"), max_length=200, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ScopedQuerySet["Deployment"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "name"],
                name="a_deployment_is_named_once",
                violation_error_message=_("The model has a deployment of this name already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.name}"


class MinimumLevel(OrganisationScoped):
    """What the organisation asks of one dimension of sovereignty, in every deployment."""

    dimension = models.CharField(max_length=40)
    level = models.FloatField(validators=[MinValueValidator(0), MaxValueValidator(3)])

    objects: ClassVar[ScopedQuerySet["MinimumLevel"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "dimension"], name="a_dimension_has_one_minimum"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.level}"
