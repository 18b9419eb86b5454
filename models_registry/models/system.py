from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped
from models_registry.models.ai_model import AIModel
from models_registry.models.rows import RegisterQuerySet, RegisterRow
from models_registry.models.supplier import Supplier


class AISystem(RegisterRow):
    """A product or in-house system at a version, built of models."""

    name = models.CharField(_("name"), max_length=200)
    version = models.CharField(_("version"), max_length=60, blank=True)
    # Empty for a system of the organisation's own making.
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, null=True, blank=True, related_name="systems"
    )
    ai_models = models.ManyToManyField(AIModel, through="SystemModel", related_name="systems")
    # The version that this one was made from.
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="successors"
    )

    objects: ClassVar[RegisterQuerySet["AISystem"]] = RegisterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "version", "id"]
        indexes = [models.Index("organisation", Lower("name"), "id", name="systems_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "version"],
                name="a_system_version_is_listed_once",
                violation_error_message=_("This version of the system is registered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class SystemModel(OrganisationScoped):
    """One model inside a system, and what it does there."""

    system = models.ForeignKey(AISystem, models.CASCADE, related_name="parts")
    model = models.ForeignKey(AIModel, models.PROTECT, related_name="parts")
    role = models.CharField(_("role in the system"), max_length=200, blank=True)
    # How whoever built the system changed the model; empty for a model taken as it is.
    modification = models.CharField(_("how it was modified"), max_length=400, blank=True)
    modification_compute = models.FloatField(
        _("compute of the modification (FLOP)"), null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "model"],
                name="a_model_is_in_a_system_once",
                violation_error_message=_("The model stands twice in this system; name it once."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} ({self.role})"
