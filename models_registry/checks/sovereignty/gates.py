"""What stops a deployment whatever its levels are."""

from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.licences.clauses import Effect
from models_registry.checks.results import Verdict
from models_registry.checks.sovereignty.deployment import Deployment

_UNION = "European Union"


class Gate(StrEnum):
    STOPS = "stops"
    CLEAR = "clear"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class GateState:
    id: str
    state: Gate


def gates_of(given: Deployment) -> tuple[GateState, ...]:
    """The four gates in their order."""
    return (
        GateState("G1", _excluded(given)),
        GateState("G2", _without_licence(given)),
        GateState("G3", _wrong_purpose(given)),
        GateState("G4", _dangerous(given)),
    )


def _excluded(given: Deployment) -> Gate:
    fact = given.value("excluded_from_union")
    if fact in ("yes", "no"):
        return Gate.STOPS if fact == "yes" else Gate.CLEAR
    if given.licence is None:
        return Gate.OPEN
    conditions = given.licence.conditions
    if Effect.GEOGRAPHIC_EXCLUSION not in given.effects():
        return Gate.CLEAR
    places = conditions.get("excluded_places", ())
    if _UNION not in places and "EU" not in places:
        return Gate.CLEAR
    if conditions.get("exclusion_scope") != "multimodal":
        return Gate.STOPS
    return _if_multimodal(given)


def _if_multimodal(given: Deployment) -> Gate:
    stated = given.value("multimodal")
    taken, made = given.value("input_modalities"), given.value("output_modalities")
    if isinstance(taken, tuple) and isinstance(made, tuple):
        stated = len({*taken, *made}) > 1
    if not isinstance(stated, bool):
        return Gate.OPEN
    return Gate.STOPS if stated else Gate.CLEAR


def _without_licence(given: Deployment) -> Gate:
    if given.licence:
        return Gate.STOPS if given.licence.kind == "absence" else Gate.CLEAR
    return Gate.STOPS if given.verdict("L01") is Verdict.FAIL else Gate.OPEN


def _wrong_purpose(given: Deployment) -> Gate:
    if given.licence is None:
        return Gate.OPEN
    purpose = given.answers.get("purpose")
    restrictions = given.licence.conditions.get("use_restrictions", ())
    forbidden = set()
    if Effect.NON_COMMERCIAL in given.effects():
        forbidden.add("commercial")
    if "non_administrative" in restrictions:
        forbidden.add("administrative")
    if "research_only" in restrictions:
        forbidden |= {"commercial", "administrative"}
    if not forbidden:
        return Gate.CLEAR
    if purpose is None:
        return Gate.OPEN
    return Gate.STOPS if purpose in forbidden else Gate.CLEAR


def _dangerous(given: Deployment) -> Gate:
    if given.closed:
        return Gate.CLEAR
    safe = given.verdict("W06")
    if safe is Verdict.FAIL:
        return Gate.STOPS
    return Gate.CLEAR if safe is Verdict.PASS else Gate.OPEN
