"""What may be said of a model beside its name, access and licence; all of it may stay open."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from models_registry.checks.licences.catalogue import licences
from models_registry.sovereignty.knowledge import check_catalogue


class ModelFacts(TypedDict, total=False):
    """What is left out stays as it is, in a new row empty."""

    licence_id: str
    general_purpose: bool | None
    released_on: date | None
    repository: str
    parameters_total: float | None
    parameters_active: float | None
    training_tokens: float | None
    context_length: int | None
    input_modalities: Iterable[str]
    output_modalities: Iterable[str]
    compute_is_lower_bound: bool
    catalogue_id: str


def facts_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """As the row holds them; ValidationError for what cannot be so."""
    facts = dict(given)
    for name in ("input_modalities", "output_modalities"):
        if name in facts:
            facts[name] = list(facts[name])
    _refuse_unknown_licence(str(facts.get("licence_id", "")))
    return facts


def refuse_more_active_than_all(total: float | None, active: float | None) -> None:
    if total is not None and active is not None and active > total:
        raise ValidationError(
            {"parameters_active": _("A model has no more active parameters than it has in all.")}
        )


def _refuse_unknown_licence(licence_id: str) -> None:
    if licence_id and licence_id not in licences(check_catalogue()).by_id:
        raise ValidationError({"licence": _("The catalogue has no such licence.")})
