"""What is known of a model, named so that the table of proposed answers can ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models_registry.checks.compute import margins
from models_registry.checks.results import Proof, Strength, Value, Verdict
from models_registry.checks.sovereignty.deployment import Deployment, Known
from models_registry.checks.sovereignty.gates import Gate, gates_of
from models_registry.checks.sovereignty.levels import Origin

USAGE = ("modalities_described", "capabilities_described", "limitations_described")
_LICENCE = ("L01", "L05")
_EXCLUSION = "G1"
_GENERATED = frozenset({"text", "image", "video"})
_SEPARATE = "separate_licence"
_PLAIN = (
    "access",
    "general_purpose",
    "output_modalities",
    "input_modalities",
    "weights_public",
    "architecture_public",
    "designated_systemic_risk",
    "paid_licence_for_some_uses",
    "paid_above_a_scale",
    "paid_support_needed",
    "purchase_obligatory",
    "hosted_only_for_payment",
    "personal_data_beyond_security",
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing known: its value, how strong it is, and where it stands.

    ``check`` is empty where the register or the starter catalogue says it; ``source`` names which.
    """

    value: Value
    strength: Strength
    check: str = ""
    source: str = ""
    proof: Proof | None = None


def facts_for_answers(given: Deployment, own: Mapping[str, Value]) -> dict[str, Said]:
    """The facts by name; ``own`` is what only the register knows, as who made the model."""
    found = {name: _said(given, name, given.values[name]) for name in _known(given, _PLAIN)}
    found |= _of_access(given, found)
    found |= _of_usage(given)
    found |= _of_compute(given, found)
    found |= _of_licence(given)
    register = {name: value for name, value in own.items() if value not in (None, "", ())}
    return found | {
        name: Said(value, Strength.ASSERTED, source="register") for name, value in register.items()
    }


def _known(given: Deployment, names: Iterable[str]) -> list[str]:
    return [name for name in names if given.value(name) not in (None, "", ())]


def _said(given: Deployment, name: str, known: Known) -> Said:
    if known.origin is not Origin.CHECKS:
        return Said(known.value, known.strength, source=known.source)
    return Said(known.value, known.strength, known.source, proof=_proof(given, known.source, name))


def _proof(given: Deployment, check: str, name: str = "") -> Proof | None:
    result = given.results.get(check)
    if result is None:
        return None
    of_fact = [fact.proof for fact in result.facts if fact.name == name and fact.proof]
    return next(iter((*of_fact, *result.proofs)), None)


def _by_checks(given: Deployment, value: Value, *checks: str) -> Said:
    """What several checks show together is as strong as the weakest of them."""
    ran = [given.results[check] for check in checks]
    weakest = min(ran, key=lambda result: result.strength)
    return Said(value, weakest.strength, weakest.check, proof=_proof(given, weakest.check))


def _of_access(given: Deployment, found: Mapping[str, Said]) -> dict[str, Said]:
    facts: dict[str, Said] = {}
    if "weights_public" not in found and (access := found.get("access")):
        public = access.value in ("open_weights", "gated")
        facts["weights_public"] = replace(access, value=public)
    elif "weights_public" not in found and "weights_available" in given.values:
        facts["weights_public"] = _said(
            given, "weights_available", given.values["weights_available"]
        )
    if "architecture_public" not in found and given.verdict("W08") is Verdict.PASS:
        facts["architecture_public"] = _by_checks(given, True, "W08")
    return facts


def _of_usage(given: Deployment) -> dict[str, Said]:
    if given.verdict("D02") is Verdict.PASS:
        return {"usage_described": _by_checks(given, True, "D02")}
    stated = [given.values[name] for name in USAGE if isinstance(given.value(name), bool)]
    if any(one.value is False for one in stated):
        return {"usage_described": Said(False, Strength.ASSERTED, source=stated[0].source)}
    return {}


def _of_compute(given: Deployment, found: Mapping[str, Said]) -> dict[str, Said]:
    names = ("training_compute", "training_compute_estimate")
    stated = [name for name in names if _is_number(given.value(name))]
    if not stated:
        return {}
    said = _said(given, stated[0], given.values[stated[0]])
    facts = {"training_compute": said}
    reached = {one.threshold: one.reached for one in margins(_number(said.value), given.catalogue)}
    if "general_purpose" not in found and reached.get("general_purpose") and _generates(found):
        facts["general_purpose"] = replace(said, value=True)
    bound = given.value("training_compute_is_lower_bound") is not False
    designated = found.get("designated_systemic_risk")
    # A figure below the threshold shows nothing while it may be too low or the model designated.
    below = designated is not None and designated.value is False and not bound
    if reached.get("systemic_risk") or (designated and designated.value is True):
        facts["systemic_risk"] = replace(said, value=True)
    elif below:
        facts["systemic_risk"] = Said(False, Strength.ASSERTED, said.check, said.source)
    return facts


def _generates(found: Mapping[str, Said]) -> bool:
    """Whether it gives out language, images or videos, by which the guidelines go besides."""
    given_out = found.get("output_modalities")
    values = given_out.value if given_out else ()
    return isinstance(values, tuple) and not _GENERATED.isdisjoint(values)


def _of_licence(given: Deployment) -> dict[str, Said]:
    licence = given.licence
    exclusion = {gate.id: gate.state for gate in gates_of(given)}[_EXCLUSION]
    check = next((name for name in _LICENCE if name in given.results), "")
    read = given.licence_strength is Strength.VERIFIED
    found: dict[str, Said] = {}

    def say(value: Value) -> Said:
        if not read:
            return Said(value, given.licence_strength, source="register")
        return Said(value, given.licence_strength, check, proof=_proof(given, check))

    if licence is not None:
        # A threshold that asks for a name to be shown, and for no other licence, is no such limit.
        above = f"{_SEPARATE}_above_threshold" if "users_from" in licence.conditions else _SEPARATE
        effects = (above if one == _SEPARATE else one.value for one in licence.effects)
        found["licence_effects"] = say(tuple(effects))
        found["licence_verdict"] = say(licence.verdict.value)
    if exclusion is not Gate.OPEN:
        found["excluded_from_union"] = say(exclusion is Gate.STOPS)
    return found


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
