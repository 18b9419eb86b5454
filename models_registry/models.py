from typing import ClassVar, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.countries import MEMBER_STATES
from accounts.models import OrganisationScoped, ScopedQuerySet


def known_member_states(codes: object) -> None:
    """Refuses anything but a list of ISO 3166 codes of Member States."""
    if not isinstance(codes, list) or not all(map(_is_member_state, codes)):
        raise ValidationError(_("Write the Member States as two capital letters each, as in DE."))


def _is_member_state(code: object) -> bool:
    return isinstance(code, str) and code in MEMBER_STATES


Row = TypeVar("Row", bound="RegisterRow", covariant=True)


class RegisterQuerySet(ScopedQuerySet[Row]):
    def in_use(self) -> Self:
        """Without what was retired."""
        return self.filter(retired_at__isnull=True)

    def in_order(self) -> Self:
        """By name, in capitals or not; of one name the older first."""
        return self.order_by(Lower("name"), "pk")


class RegisterRow(OrganisationScoped):
    """A row that people retire instead of deleting it."""

    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, editable=False)
    # Came with a worked example and goes with it, unless something else needs it by then.
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class Supplier(RegisterRow):
    """Who a model or a system comes from."""

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True)

    objects: ClassVar[RegisterQuerySet["Supplier"]] = RegisterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index("organisation", Lower("name"), "id", name="suppliers_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="a_supplier_is_named_once",
                violation_error_message=_("A supplier of this name is registered already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


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


class UseCaseQuerySet(RegisterQuerySet["UseCase"]):
    def with_parts(self) -> "UseCaseQuerySet":
        """With the system, its supplier and its models, in a constant number of queries."""
        return self.select_related("system__supplier", "model__provider").prefetch_related(
            "system__parts__model__provider"
        )


class UseCase(RegisterRow):
    """A system used in one context, or a model handed to others: the thing assessed."""

    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(
        _("what it does"), max_length=4000, validators=[MaxLengthValidator(4000)]
    )
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    member_states = models.JSONField(
        _("Member States"), default=list, blank=True, validators=[known_member_states]
    )
    affected_persons = models.CharField(_("affected persons"), max_length=400, blank=True)
    system = models.ForeignKey(
        AISystem, models.PROTECT, null=True, blank=True, related_name="use_cases"
    )
    model = models.ForeignKey(
        AIModel, models.PROTECT, null=True, blank=True, related_name="use_cases"
    )

    objects: ClassVar[UseCaseQuerySet] = UseCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index("organisation", Lower("name"), "id", name="uses_by_name"),
            models.Index(fields=["organisation", "unit"], name="uses_by_unit"),
            models.Index(
                fields=["organisation"], condition=Q(retired_at__isnull=False), name="uses_retired"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="a_use_is_named_once",
                violation_error_message=_("A use of this name is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(system__isnull=False, model__isnull=True)
                | Q(system__isnull=True, model__isnull=False),
                name="a_use_is_of_a_system_or_a_model",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> "AISystem | AIModel":
        """What is used: the system, or the model where there is no system."""
        # The database holds that one of the two is there.
        return cast("AISystem | AIModel", self.system or self.model)
