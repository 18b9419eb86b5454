"""The model card of a CycloneDX bill, from what was found; nothing is filled in by guess."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models_registry.checks.account import Told, Words
from models_registry.checks.catalogue import load
from models_registry.checks.lines import place_of
from models_registry.exchange.properties import fact_properties

Part = dict[str, Any]
# Where somebody describes something, the bill quotes the place; it does not retell it.
_DESCRIBED: Mapping[str, tuple[str, ...]] = {
    "useCases": ("intended_use_described", "capabilities_described"),
    "technicalLimitations": ("limitations_described", "restricted_use_described"),
}
_RISKS = "risks_described"
_DATA_SETS = "D08"
_LONGEST_QUOTE = 300


def model_card(account: Told) -> Part:
    """The value of ``modelCard``."""
    parts = {
        "modelParameters": _parameters(account),
        "quantitativeAnalysis": _filled(performanceMetrics=_metrics(account)),
        "considerations": _considerations(account),
        "properties": fact_properties(account),
    }
    return _filled(**parts)


def _parameters(account: Told) -> Part:
    claims = account["claims"]
    return _filled(
        modelArchitecture=_value(account, "architecture"),
        datasets=[{"type": "dataset", "name": name} for name in _data_sets(account)],
        inputs=_formats(claims.get("input_modalities")),
        outputs=_formats(claims.get("output_modalities")),
    )


def _formats(modalities: Any) -> list[Part]:
    given = modalities if isinstance(modalities, list) else []
    return [{"format": one} for one in given if isinstance(one, str)]


def _data_sets(account: Told) -> list[str]:
    """The names in the card's own list, which the check quotes first."""
    quote = next((fact["proof"] for fact in _facts(account, "data_sets_with_card")), None)
    if not quote:
        return []
    names = [name for name in quote["quote"].split(", ") if name]
    # The last name of a quote that was cut off would be another one.
    return names[:-1] if len(quote["quote"]) >= _LONGEST_QUOTE else names


def _metrics(account: Told) -> list[Part]:
    return [
        _filled(type=one["metric"], value=f"{one['value']:g}", slice=one["task"])
        for one in account["measurements"]
    ]


def _considerations(account: Told) -> Part:
    words = Words(load(), account["language"])
    parts: Part = {
        field: [_pointer(fact["proof"], words) for fact in _facts(account, *names)]
        for field, names in _DESCRIBED.items()
    }
    parts["ethicalConsiderations"] = [
        {"name": _pointer(fact["proof"], words)} for fact in _facts(account, _RISKS)
    ]
    return _filled(**parts)


def _pointer(proof: Told, words: Words) -> str:
    quote = " ".join(proof["quote"].strip("#*| \t").split())
    where = place_of(proof, words)
    return f"{quote} ({where})" if quote else where


def _facts(account: Told, *names: str) -> Iterator[Told]:
    facts: Iterable[Told] = account["facts"]
    return (fact for fact in facts if fact["name"] in names and fact["proof"])


def _value(account: Told, name: str) -> Any:
    return next((fact["value"] for fact in account["facts"] if fact["name"] == name), None)


def _filled(**parts: Any) -> Part:
    return {name: part for name, part in parts.items() if part}
