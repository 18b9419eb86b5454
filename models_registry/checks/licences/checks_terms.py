"""L07 to L11: ancestors, gates, money, policies and the licences of components."""

import re

from models_registry.checks.context import Context
from models_registry.checks.licences.catalogue import Licence
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.lineage import ancestors, conflicts
from models_registry.checks.licences.material import (
    Judged,
    card,
    component_of,
    declared_licence,
    is_closed,
    judged,
    own,
    policies,
)
from models_registry.checks.licences.monetisation import DATA, SCENARIOS, answers
from models_registry.checks.licences.verdicts import LicenceVerdict, together
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict

_PERSONAL = re.compile(
    r"\b(?:e-?mail|name|phone|telephone|address|company|organi[sz]ation|affiliation|institution"
    r"|employer|country|birth|job|position|title|role|city|location|contact|linkedin)\b",
    re.IGNORECASE,
)
_AGREEING = re.compile(
    r"\b(?:i|we|you)\b.{0,40}\b(?:agree|accept|confirm|acknowledge|certify)", re.IGNORECASE
)
_DAY = re.compile(
    r"\b(?:20\d\d-[01]\d-[0-3]\d|(?:[0-3]?\d\.? )?(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December) (?:[0-3]?\d, )?20\d\d)\b"
)
_OPEN = (LicenceVerdict.MEETS, LicenceVerdict.LIKELY_MEETS)


def l07_stacking(context: Context) -> Result:
    """Whether the licence can stand on those of the models this one was made from."""
    above = ancestors(context)
    if not above:
        return Result("L07", Verdict.NOT_APPLICABLE, "no_ancestor")
    mine, strength = _own_licence(context)
    proofs = _lines(context, "base_model")
    values: dict[str, Value] = {
        "own": mine.told if mine else None,
        "ancestors": tuple(ancestor.model for ancestor in above),
    }
    unknown = [ancestor.model for ancestor in above if ancestor.licence is None]
    facts = (_strictest(mine, [a.licence for a in above], strength),)
    at_odds = [a for a in above if mine and a.licence and conflicts(mine, a.licence)]
    if at_odds:
        values |= {"model": at_odds[0].model, "licence": _name(at_odds[0].licence)}
        return Result("L07", Verdict.FAIL, "conflict", strength, values, proofs, facts)
    if unknown or mine is None:
        values["unknown"] = tuple(unknown) or None
        reason = "unknown_ancestor" if unknown else "own_unknown"
        return Result("L07", Verdict.PARTIAL, reason, strength, values, proofs, facts)
    return Result("L07", Verdict.PASS, "compatible", strength, values, proofs, facts)


def l08_gating(context: Context) -> Result:
    """What somebody must give to get at the files."""
    front = card(context)
    if is_closed(context):
        return Result("L08", Verdict.NOT_APPLICABLE, "closed")
    if front is None:
        return Result("L08", Verdict.NOT_CHECKABLE, "no_card")
    gates = tuple(key for key in front.front.keys if key.startswith("extra_gated_"))
    facts: tuple[Fact, ...] = (_fact("L08", "gated", bool(gates)),)
    if not gates:
        return Result("L08", Verdict.PASS, "none", Strength.VERIFIED, facts=facts)
    asked = front.many("extra_gated_fields")
    personal = tuple(f for f in asked if _PERSONAL.search(f) and not _AGREEING.search(f))
    facts = (*facts, _fact("L08", "personal_data_asked", bool(personal)))
    proofs = _lines(context, *gates)
    if personal:
        values: dict[str, Value] = {"fields": personal}
        return Result(
            "L08", Verdict.FAIL, "personal_data", Strength.VERIFIED, values, proofs, facts
        )
    return Result("L08", Verdict.PARTIAL, "gate", Strength.VERIFIED, {}, proofs, facts)


def l09_monetisation(context: Context) -> Result:
    """What was answered on money and data asked for the model."""
    given = answers(context.claims)
    facts = tuple(
        Fact(name, value, Strength.ASSERTED, "L09")
        for name, value in given.items()
        if value is not None
    )
    if any(given[name] for name in SCENARIOS):
        if given["only_between_microenterprises"] and not given[DATA]:
            reason = "between_microenterprises"
            return Result("L09", Verdict.PARTIAL, reason, Strength.ASSERTED, facts=facts)
        return Result("L09", Verdict.FAIL, "scenario", Strength.ASSERTED, facts=facts)
    open_ones = sum(given[name] is None for name in SCENARIOS)
    if open_ones:
        values: dict[str, Value] = {"open": open_ones, "count": len(SCENARIOS)}
        return Result("L09", Verdict.NOT_CHECKABLE, "unanswered", values=values, facts=facts)
    if given["optional_paid_services"]:
        return Result("L09", Verdict.PARTIAL, "optional", Strength.ASSERTED, facts=facts)
    return Result("L09", Verdict.PASS, "none", Strength.ASSERTED, facts=facts)


def l10_policy_frozen(context: Context) -> Result:
    """Whether the use policy that binds us is at hand, with its date."""
    copies = policies(context)
    for copy in copies:
        if day := _DAY.search(copy.text):
            values: dict[str, Value] = {"path": copy.path, "day": day[0]}
            proof = copy.proof(day.start(), day.end())
            return Result(
                "L10", Verdict.PASS, "copy_and_date", Strength.DOCUMENTED, values, (proof,)
            )
    if copies:
        proofs = (Proof(copies[0].path, sha256=copies[0].sha256),)
        return Result("L10", Verdict.PARTIAL, "copy_without_date", Strength.DOCUMENTED, {}, proofs)
    return _without_copy(context)


def l11_components(context: Context) -> Result:
    """Under which licences code, data and documentation stand."""
    found = [one for one in judged(context) if component_of(one.entry.path)]
    if not found:
        return Result("L11", Verdict.NOT_CHECKABLE, "none")
    opened = [one for one in found if one.finding.verdict in _OPEN]
    parts = tuple(dict.fromkeys(component_of(one.entry.path) for one in found))
    facts = tuple(_component_fact(one) for one in found)
    proofs = tuple(one.proof for one in found)
    values: dict[str, Value] = {"parts": parts, "open": len(opened), "count": len(found)}
    if len(opened) == len(found):
        return Result("L11", Verdict.PASS, "all_open", Strength.VERIFIED, values, proofs, facts)
    verdict = Verdict.PARTIAL if opened else Verdict.FAIL
    reason = "some_open" if opened else "not_open"
    return Result("L11", verdict, reason, Strength.VERIFIED, values, proofs, facts)


def _own_licence(context: Context) -> tuple[Licence | None, Strength]:
    found = own(context)
    if found is None:
        return declared_licence(context), Strength.ASSERTED
    licences = found.finding.licences
    return (licences[0] if len(licences) == 1 else None), Strength.VERIFIED


def _strictest(mine: Licence | None, above: list[Licence | None], strength: Strength) -> Fact:
    verdicts = [one.verdict if one else LicenceVerdict.UNKNOWN for one in (mine, *above)]
    return Fact("lineage_verdict", together(verdicts).value, strength, "L07")


def _without_copy(context: Context) -> Result:
    found = own(context)
    if found is None and is_closed(context):
        return Result("L10", Verdict.FAIL, "none")
    bound = (Effect.MUTABLE_POLICY, Effect.USE_RESTRICTIONS)
    referring = [c for c in found.finding.clauses if c.effect in bound] if found else []
    linked = [clause for clause in referring if clause.label]
    if found and linked:
        values: dict[str, Value] = {"link": linked[0].label}
        proofs = (found.text.proof(linked[0].start, linked[0].end),)
        return Result("L10", Verdict.PARTIAL, "link_only", Strength.DOCUMENTED, values, proofs)
    if found is None:
        return Result("L10", Verdict.NOT_CHECKABLE, "no_text")
    if Effect.MUTABLE_POLICY in found.finding.effects:
        return Result("L10", Verdict.FAIL, "none", Strength.VERIFIED, {}, (found.proof,))
    return Result("L10", Verdict.NOT_APPLICABLE, "no_policy")


def _component_fact(one: Judged) -> Fact:
    references = one.finding.identification.references
    name = references[0].licence or references[0].id if len(references) == 1 else None
    return _fact("L11", f"licence_of_{component_of(one.entry.path)}", name, one.proof)


def _lines(context: Context, *keys: str) -> tuple[Proof, ...]:
    front = card(context)
    if front is None:
        return ()
    return tuple(front.proof(key) for key in keys if key in front.front.keys)


def _name(licence: Licence | None) -> str | None:
    return licence.told if licence else None


def _fact(check: str, name: str, value: Value, proof: Proof | None = None) -> Fact:
    return Fact(name, value, Strength.VERIFIED, check, proof=proof)
