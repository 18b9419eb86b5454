from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet
from models_registry.models.rows import RegisterQuerySet, RegisterRow
from models_registry.models.supplier import Supplier


class Modality(models.TextChoices):
    TEXT = "text", _("text")
    IMAGE = "image", _("images")
    AUDIO = "audio", _("sound")
    VIDEO = "video", _("video")
    OTHER = "other", _("other data")


def known_modalities(codes: object) -> None:
    """Refuses anything but a list of modalities."""
    if not isinstance(codes, list) or not set(codes) <= set(Modality.values):
        raise ValidationError(_("Choose from the modalities that are offered."))


class AIModel(RegisterRow):
    """A model at a version, as its provider offers it."""

    class Access(models.TextChoices):
        OPEN_WEIGHTS = "open_weights", _("open weights")
        GATED = "gated", _("gated weights")
        API_ONLY = "api_only", _("closed, API only")
        IN_HOUSE = "in_house", _("in-house")

    name = models.CharField(_("name"), max_length=200)
    version = models.CharField(_("version"), max_length=60, blank=True)
    provider = models.ForeignKey(
        Supplier, models.PROTECT, null=True, blank=True, related_name="models"
    )
    access = models.CharField(_("access"), max_length=20, choices=Access.choices)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    # Operations spent on training, as published or estimated by its provider.
    training_compute = models.FloatField(_("training compute (FLOP)"), null=True, blank=True)
    compute_is_lower_bound = models.BooleanField(default=False)
    # Empty where nobody has said it; a licence of the catalogue by its identifier.
    licence_id = models.CharField(max_length=80, blank=True)
    general_purpose = models.BooleanField(_("general-purpose model"), null=True, blank=True)
    released_on = models.DateField(_("released on"), null=True, blank=True)
    repository = models.CharField(_("repository"), max_length=200, blank=True)
    parameters_total = models.FloatField(_("parameters"), null=True, blank=True)
    parameters_active = models.FloatField(_("active parameters"), null=True, blank=True)
    training_tokens = models.FloatField(_("training tokens"), null=True, blank=True)
    context_length = models.PositiveBigIntegerField(_("context in tokens"), null=True, blank=True)
    input_modalities = models.JSONField(
        _("takes in"), default=list, blank=True, validators=[known_modalities]
    )
    output_modalities = models.JSONField(
        _("gives out"), default=list, blank=True, validators=[known_modalities]
    )
    # The entry of the starter catalogue that it was copied from.
    catalogue_id = models.CharField(max_length=80, blank=True, editable=False)

    objects: ClassVar[RegisterQuerySet["AIModel"]] = RegisterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "version", "id"]
        indexes = [models.Index("organisation", Lower("name"), "id", name="models_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "version"],
                name="a_model_version_is_listed_once",
                violation_error_message=_("This version of the model is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(access__in=["open_weights", "gated", "api_only", "in_house"]),
                name="the_access_to_a_model_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class Derivation(OrganisationScoped):
    """A model that was made from another one, and how; a merge was made from several."""

    class Relation(models.TextChoices):
        FINE_TUNE = "fine_tune", _("fine-tuned")
        QUANTISED = "quantised", _("quantised")
        ADAPTER = "adapter", _("adapter")
        MERGE = "merge", _("merged")
        DISTILLED = "distilled", _("distilled")

    model = models.ForeignKey(AIModel, models.CASCADE, related_name="ancestry")
    base = models.ForeignKey(AIModel, models.PROTECT, related_name="descent")
    relation = models.CharField(_("relation"), max_length=20, choices=Relation.choices)
    # Operations spent on the modification alone: a third of the original's makes a provider.
    compute = models.FloatField(_("compute of the modification (FLOP)"), null=True, blank=True)

    objects: ClassVar[ScopedQuerySet["Derivation"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "base"],
                name="a_base_model_is_named_once",
                violation_error_message=_("The model stands twice; name it once."),
            ),
            models.CheckConstraint(
                condition=~Q(model=F("base")), name="no_model_is_made_from_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.relation}, {self.base}"
