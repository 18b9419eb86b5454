"""What the register says of a model, as rows for its page; what nobody has said is left out."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from law.wording import day_in_words
from models_registry.licence.names import licence_of
from models_registry.models import AIModel, Modality
from models_registry.quantities import quantity_in_words
from models_registry.starter.words import flop_words

Fact = dict[str, Any]
_LINKS = ("https://", "http://")


def facts_of_model(model: AIModel) -> list[Fact]:
    rows = [
        (_("General purpose"), _yes_or_no(model.general_purpose)),
        (_("Released on"), _day(model.released_on)),
        (_("Parameters"), _parameters(model)),
        (_("Context"), _tokens(model.context_length)),
        (_("Takes in"), _modalities(model.input_modalities)),
        (_("Gives out"), _modalities(model.output_modalities)),
        (_("Trained on"), _tokens(model.training_tokens)),
        (_("Training"), _compute(model)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def licence_fact(model: AIModel) -> Fact:
    """The licence of the catalogue, or what was typed in its place."""
    known = licence_of(model.licence_id)
    return {"name": known.name if known else model.licence, "is_known": known is not None}


def repository_fact(model: AIModel) -> Fact:
    """Where the files lie; an address only where it was registered as one."""
    where = model.repository
    return {"text": where, "url": where if where.startswith(_LINKS) else ""}


def _day(day: date | None) -> str:
    return day_in_words(day, (get_language() or "en")[:2]) if day else ""


def _yes_or_no(said: bool | None) -> str:
    if said is None:
        return ""
    return _("yes") if said else _("no")


def _parameters(model: AIModel) -> str:
    in_all = quantity_in_words(model.parameters_total)
    if model.parameters_active is None:
        return in_all
    active = {"n": quantity_in_words(model.parameters_active)}
    return ", ".join(filter(None, [in_all, _("%(n)s of them active") % active]))


def _tokens(number: float | None) -> str:
    return _("%(n)s tokens") % {"n": quantity_in_words(number)} if number else ""


def _compute(model: AIModel) -> str:
    if not model.training_compute:
        return ""
    flop = flop_words(model.training_compute, at_least=model.compute_is_lower_bound)
    return _("%(n)s operations") % {"n": flop}


def _modalities(codes: list[str]) -> str:
    return ", ".join(str(Modality(code).label) for code in codes)
