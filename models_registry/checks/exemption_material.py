"""What a run of checks and the register say about the circumstances of the exemption."""

from dataclasses import fields

from models_registry.checks.compute import margins
from models_registry.checks.context import Context
from models_registry.checks.exemption import USAGE, Circumstances
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Verdict

_YES_NO = tuple(one.name for one in fields(Circumstances) if not one.name.startswith("licence"))
_CLOSED = ("api_only", "in_house")


def circumstances_of(context: Context) -> Circumstances:
    """What is known: an answer of the register first, then what the checks found."""
    known: dict[str, bool | None] = {name: _claimed(context, name) for name in _YES_NO}
    for found in (_of_compute, _of_publication, _of_access):
        for name, value in found(context).items():
            known[name] = value if known[name] is None else known[name]
    return Circumstances(licence=_licence(context), licence_arguments=_arguments(context), **known)


def _claimed(context: Context, name: str) -> bool | None:
    value = context.claims.get(name)
    return value if isinstance(value, bool) else None


def _licence(context: Context) -> LicenceVerdict:
    # An ancestor may be stricter than the licence that the model is given under.
    stacked = context.results.get("L07")
    name = "licence_verdict"
    if stacked and stacked.verdict in (Verdict.FAIL, Verdict.PARTIAL, Verdict.PASS):
        name = "lineage_verdict"
    fact = context.fact(name)
    return LicenceVerdict(str(fact.value)) if fact else LicenceVerdict.UNKNOWN


def _arguments(context: Context) -> tuple[str, ...]:
    fact = context.fact("licence_arguments")
    value = fact.value if fact else ()
    return tuple(str(name) for name in value) if isinstance(value, tuple) else ()


def _of_compute(context: Context) -> dict[str, bool | None]:
    flop, bound = _flop(context)
    if not flop:
        return {}
    reached = {margin.threshold: margin.reached for margin in margins(flop, context.catalogue)}
    general = reached.get("general_purpose")
    found: dict[str, bool | None] = {"general_purpose": general or (None if bound else general)}
    if reached.get("systemic_risk"):
        found["systemic_risk"] = True
    elif not bound and _claimed(context, "designated_systemic_risk") is False:
        # Below the presumption the Commission can still designate a model.
        found["systemic_risk"] = False
    return found


def _flop(context: Context) -> tuple[float | None, bool]:
    """The register's figure, else a document's, else our own sum; and whether it is only a bound.

    What is only a lower bound never shows that a threshold was not reached. Nor does a figure in a
    document: a person takes it over into the register first.
    """
    claim = context.number("training_compute")
    if claim:
        return claim, bool(_claimed(context, "training_compute_is_lower_bound"))
    for name in ("training_compute", "training_compute_estimate"):
        fact = context.fact(name)
        if fact and isinstance(fact.value, int | float):
            return float(fact.value), True
    return None, False


def _of_publication(context: Context) -> dict[str, bool | None]:
    access = context.claims.get("access")
    if access in _CLOSED:
        return {"weights_public": False}
    found: dict[str, bool | None] = {}
    if access in ("open_weights", "gated"):
        found["weights_public"] = True
    if _passed(context, "W08"):
        found["architecture_public"] = True
    if _passed(context, "D02"):
        # What one card lacks may stand elsewhere in public: only a whole one answers.
        found |= dict.fromkeys(USAGE, True)
    return found


def _of_access(context: Context) -> dict[str, bool | None]:
    found: dict[str, bool | None] = {}
    gated = context.fact("gated")
    if gated is not None:
        found["gated"] = bool(gated.value)
    excluded = context.fact("excluded_from_union")
    if excluded is not None:
        found["excluded_from_union"] = _excluded(context, str(excluded.value))
    return found


def _excluded(context: Context, how: str) -> bool | None:
    if how != "multimodal":
        return how == "yes"
    return _claimed(context, "multimodal")


def _passed(context: Context, check: str) -> bool:
    result = context.results.get(check)
    return result is not None and result.verdict is Verdict.PASS
