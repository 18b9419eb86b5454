from typing import ClassVar, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.countries import MEMBER_STATES
from models_registry.models.ai_model import AIModel
from models_registry.models.rows import RegisterQuerySet, RegisterRow
from models_registry.models.system import AISystem


def known_member_states(codes: object) -> None:
    """Refuses anything but a list of ISO 3166 codes of Member States."""
    if not isinstance(codes, list) or not all(map(_is_member_state, codes)):
        raise ValidationError(_("Write the Member States as two capital letters each, as in DE."))


def _is_member_state(code: object) -> bool:
    return isinstance(code, str) and code in MEMBER_STATES


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
