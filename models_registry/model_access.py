"""How one gets at a registered model, and whether a gate stands before its weights."""

from django.utils.translation import gettext

from models_registry.checks.catalogue import load
from models_registry.checks.starter import starter
from models_registry.models import AIModel

GATE_UNKNOWN = "gate_unknown"


def gated(model: AIModel) -> bool | None:
    """None without weights, and for a copy of whose gate the starter catalogue knows nothing."""
    if model.access == AIModel.Access.GATED:
        return True
    if model.access != AIModel.Access.OPEN_WEIGHTS:
        return None
    entry = starter(load()).models.get(model.catalogue_id)
    return None if entry and entry.values["gated"] is None else False


def access_code(model: AIModel) -> str:
    """A code of `AIModel.Access`, or `GATE_UNKNOWN` for what may stand behind a gate."""
    open_weights = model.access == AIModel.Access.OPEN_WEIGHTS
    return GATE_UNKNOWN if open_weights and gated(model) is None else model.access


def access_in_words(model: AIModel) -> str:
    """The access, without passing off as open what may stand behind a gate."""
    if access_code(model) == GATE_UNKNOWN:
        return gate_unknown_in_words()
    # Django's own way to the label goes through every choice.
    return str(AIModel.Access(model.access).label)


def gate_unknown_in_words() -> str:
    return gettext("open weights, gate not known")
