"""What the register says of a model, by the names under which the checks look for it."""

from accounts.countries import IN_THE_UNION
from models_registry.checks.catalogue import load
from models_registry.checks.results import Value
from models_registry.checks.starter import starter
from models_registry.lineage.ancestors import ancestors_of
from models_registry.model_access import gated
from models_registry.models import AIModel, Derivation

_WEIGHTS_PUBLIC = {"open_weights": True, "gated": True, "api_only": False, "in_house": False}
# As model cards call it; what a card has no word for is not claimed.
_CARD_RELATION = {
    Derivation.Relation.FINE_TUNE: "finetune",
    Derivation.Relation.QUANTISED: "quantized",
    Derivation.Relation.ADAPTER: "adapter",
    Derivation.Relation.MERGE: "merge",
}


def claims_of(model: AIModel) -> dict[str, Value]:
    """The row's own words; where it says nothing, those of the entry that it was copied from."""
    entry = starter(load()).models.get(model.catalogue_id)
    found: dict[str, Value] = dict(entry.claims()) if entry else {}
    said = {name: value for name, value in _said(model).items() if value not in (None, "", ())}
    if "training_compute" in said:
        # What the catalogue says of its own figure does not hold of another one.
        found.pop("training_compute_is_lower_bound", None)
    return found | said


def _said(model: AIModel) -> dict[str, Value]:
    return {
        "model_name": model.name,
        "model_id": model.repository.rpartition("/")[2],
        "provider": model.provider.name if model.provider else None,
        "provider_outside_union": _outside_union(model),
        "access": model.access,
        "weights_public": _WEIGHTS_PUBLIC.get(model.access),
        "gated": gated(model),
        "licence": _licence(model),
        "general_purpose": model.general_purpose,
        "parameters_total": _whole(model.parameters_total),
        "parameters_active": _whole(model.parameters_active),
        "training_tokens": _whole(model.training_tokens),
        "training_compute": model.training_compute,
        "training_compute_is_lower_bound": _bound(model),
        "context_length_tokens": model.context_length,
        "multimodal": _multimodal(model),
        "lineage": _lineage(model),
        "base_model_relation": _relation(model),
    }


def _bound(model: AIModel) -> bool | None:
    return None if model.training_compute is None else model.compute_is_lower_bound


def _outside_union(model: AIModel) -> bool | None:
    country = model.provider.country if model.provider else ""
    return country not in IN_THE_UNION if country else None


def _multimodal(model: AIModel) -> bool | None:
    if not model.input_modalities or not model.output_modalities:
        return None
    return len({*model.input_modalities, *model.output_modalities}) > 1


def _whole(number: float | None) -> int | float | None:
    return int(number) if number is not None and number.is_integer() else number


def _relation(model: AIModel) -> str:
    relations = {row.relation for row in model.ancestry.all()}
    return _CARD_RELATION.get(relations.pop(), "") if len(relations) == 1 else ""  # type: ignore[call-overload]


def _lineage(model: AIModel) -> tuple[Value, ...]:
    """The models further up, the nearest first; a circle in the register is no ancestor."""
    return tuple(
        (row.base.repository or row.base.name, str(row.relation), _licence(row.base))
        for row in ancestors_of(model)
        if row.base_id != model.pk
    )


def _licence(model: AIModel) -> str | None:
    return model.licence_id or model.licence or None
