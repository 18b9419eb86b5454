"""L01 to L06: which licence a model has, and whether Article 53(2) can rest on it."""

from models_registry.checks.context import Context
from models_registry.checks.licences.assessing import riders_of
from models_registry.checks.licences.clauses import Clause, Effect, clauses_of
from models_registry.checks.licences.identification import Likeness
from models_registry.checks.licences.material import (
    Judged,
    Tag,
    card,
    declared_licence,
    is_closed,
    known,
    meant_by,
    own,
    policies,
    tags,
)
from models_registry.checks.licences.thresholds import Threshold
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict

_PROOFS = 6
_WORST_FIRST = (Verdict.FAIL, Verdict.PARTIAL, Verdict.PASS)
_PERIODS = {"month": "p.m.", "quarter": "p.q.", "year": "p.a."}


def l01_licence_file(context: Context) -> Result:
    """Whether the licence's text lies with the model."""
    if found := own(context):
        values = {"path": found.entry.path}
        return Result("L01", Verdict.PASS, "file", Strength.VERIFIED, values, (found.proof,))
    if is_closed(context):
        return Result("L01", Verdict.NOT_CHECKABLE, "closed")
    if named := tags(context):
        tag = named[0]
        values = {"name": tag.names[0]}
        return Result("L01", Verdict.PARTIAL, "tag_only", Strength.ASSERTED, values, tag.proofs)
    return Result("L01", Verdict.FAIL, "none")


def l02_licence_identified(context: Context) -> Result:
    """Which known text the licence is, word by word."""
    found = own(context)
    if found is None:
        return Result("L02", Verdict.NOT_CHECKABLE, "no_text")
    identification = found.finding.identification
    if identification.likeness is Likeness.EXACT:
        return _exact(found)
    if identification.nearest is None:
        return Result("L02", Verdict.FAIL, "unknown", Strength.VERIFIED, {}, (found.proof,))
    nearest = identification.nearest
    values: dict[str, Value] = {
        "name": nearest.reference.name,
        "of_reference": round(100 * nearest.of_reference),
        "of_text": round(100 * nearest.of_text),
    }
    reason = "near_with_rider" if identification.found else "near"
    return Result("L02", Verdict.PARTIAL, reason, Strength.VERIFIED, values, _leftovers(found))


def l03_declared_is_actual(context: Context) -> Result:
    """Whether the tag says the same as the text."""
    found, named = own(context), tags(context)
    if found is None or not named:
        return Result("L03", Verdict.NOT_CHECKABLE, "one_missing")
    results = [_compared(context, found, tag) for tag in named]
    return min(results, key=lambda result: _WORST_FIRST.index(result.verdict))


def _compared(context: Context, found: Judged, tag: Tag) -> Result:
    names = tag.names
    values: dict[str, Value] = {"declared": names[0], "actual": _names_of(found)}
    proofs = (*tag.proofs, found.proof)
    actual = {
        reference.licence or reference.id for reference in found.finding.identification.references
    }
    if not actual:
        return _declared_of_unknown(context, names, values, proofs)
    meant = {licence.id for name in names for licence in known(context).declared(name)}
    # A reference without an entry of ours still has an identifier that a tag can name.
    if meant & actual or {name.lower() for name in names} & actual:
        return Result("L03", Verdict.PASS, "equal", Strength.VERIFIED, values, proofs)
    if not meant and "other" in names:
        return Result(
            "L03", Verdict.PARTIAL, "other_without_name", Strength.VERIFIED, values, proofs
        )
    return Result("L03", Verdict.FAIL, "conflict", Strength.VERIFIED, values, proofs)


def l04_riders(context: Context) -> Result:
    """What the text asks beyond notices and attribution."""
    found = own(context)
    if found is None:
        return Result("L04", Verdict.NOT_CHECKABLE, "no_text")
    effects = tuple(e for e in found.finding.effects if e != Effect.ENDS_ON_BREACH)
    facts = (_fact("L04", "licence_effects", effects),)
    if not effects:
        return _without_effect(found, facts)
    gravest = effects[0]
    verdict = Verdict.PARTIAL if gravest is Effect.BRANDING_DISPLAY else Verdict.FAIL
    values = _values_of(found, gravest)
    proofs = _clause_proofs(found, effects)
    return Result("L04", verdict, gravest, Strength.VERIFIED, values, proofs, facts)


def l05_licence_verdict(context: Context) -> Result:
    """Where the licence stands under the exemption's conditions."""
    if is_closed(context):
        closed = _verdict_fact(LicenceVerdict.FAILS, Strength.ASSERTED)
        return Result("L05", Verdict.FAIL, "closed", Strength.ASSERTED, facts=(closed,))
    found = own(context)
    if found is None:
        return _by_declaration(context)
    verdict = found.finding.verdict
    values: dict[str, Value] = {
        "name": _names_of(found),
        "paragraphs": tuple(f"§{paragraph}" for paragraph in found.finding.paragraphs),
    }
    facts = (
        _verdict_fact(verdict, Strength.VERIFIED, found.proof),
        _fact("L05", "licence_arguments", found.finding.arguments),
        _fact("L05", "licence_reasons", found.finding.reasons),
    )
    judged_here = not found.finding.licences and verdict is not LicenceVerdict.UNKNOWN
    reason = f"clause_{verdict}" if judged_here else verdict
    proofs = (found.proof,)
    return Result("L05", _as_check(verdict), reason, Strength.VERIFIED, values, proofs, facts)


def l06_excluded_from_union(context: Context) -> Result:
    """Whether the licence or its policy leaves the European Union out."""
    front = card(context)
    if front and front.one("extra_gated_eu_disallowed").lower() == "true":
        return _excluded("excluded_by_hub", _tag(context, "extra_gated_eu_disallowed"))
    found = own(context)
    texts = [*([found.text] if found else []), *policies(context)]
    hits = [(text, clause) for text in texts for clause in clauses_of(text) if _of_union(clause)]
    if whole := [hit for hit in hits if not hit[1].multimodal_only]:
        return _excluded("excluded", tuple(t.proof(c.start, c.end) for t, c in whole[:_PROOFS]))
    if hits:
        proofs = tuple(text.proof(clause.start, clause.end) for text, clause in hits[:_PROOFS])
        facts = (_fact("L06", "excluded_from_union", "multimodal"),)
        return Result("L06", Verdict.PARTIAL, "multimodal", Strength.VERIFIED, {}, proofs, facts)
    return _by_catalogue(context, found)


def _exact(found: Judged) -> Result:
    references = found.finding.identification.references
    values: dict[str, Value] = {"name": _names_of(found), "count": len(references)}
    reason = "exact" if len(references) == 1 else "several"
    facts = tuple(
        _fact("L02", "licence", reference.licence or reference.id, found.proof)
        for reference in references
    )
    return Result("L02", Verdict.PASS, reason, Strength.VERIFIED, values, (found.proof,), facts)


def _declared_of_unknown(
    context: Context, names: tuple[str, ...], values: dict[str, Value], proofs: tuple[Proof, ...]
) -> Result:
    licence = meant_by(context, names)
    # Whoever changes a text may no longer give it the name of the original.
    if licence and licence.spdx:
        return Result("L03", Verdict.FAIL, "text_differs", Strength.VERIFIED, values, proofs)
    return Result("L03", Verdict.PARTIAL, "text_unknown", Strength.VERIFIED, values, proofs)


def _without_effect(found: Judged, facts: tuple[Fact, ...]) -> Result:
    riders = riders_of(found.text, found.finding)
    if riders and found.finding.identification.likeness is not Likeness.EXACT:
        proofs = tuple(found.text.proof(r.start, r.end) for r in riders[:_PROOFS])
        values: dict[str, Value] = {"count": len(riders)}
        return Result("L04", Verdict.PARTIAL, "unclear", Strength.VERIFIED, values, proofs, facts)
    if found.finding.identification.likeness is not Likeness.EXACT:
        return Result("L04", Verdict.PARTIAL, "nothing_found", Strength.VERIFIED, facts=facts)
    return Result("L04", Verdict.PASS, "none", Strength.VERIFIED, {}, (found.proof,), facts)


def _values_of(found: Judged, gravest: Effect) -> dict[str, Value]:
    clauses = [clause for clause in found.finding.clauses if clause.effect is gravest]
    thresholds = dict.fromkeys(t for clause in clauses for t in clause.thresholds)
    places = dict.fromkeys(place for clause in clauses for place in clause.places)
    label = next((clause.label for clause in clauses if clause.label), None)
    branding = [
        str(lic.conditions["branding"])
        for lic in found.finding.licences
        if "branding" in lic.conditions
    ]
    return {
        "label": label or next(iter(branding), None),
        "thresholds": tuple(_told(threshold) for threshold in thresholds) or None,
        "places": tuple(places) or None,
        "count": len(found.finding.effects),
    }


def _told(threshold: Threshold) -> str:
    # Signs that both languages write alike.
    amount = f"{threshold.amount:,.0f}".replace(",", "\u202f")
    if threshold.unit == "users":
        return f"{amount} MAU"
    return f"{amount} {threshold.unit} {_PERIODS.get(threshold.period, '')}".strip()


def _clause_proofs(found: Judged, effects: tuple[Effect, ...]) -> tuple[Proof, ...]:
    clauses = [clause for clause in found.finding.clauses if clause.effect in effects]
    clauses.sort(key=lambda clause: (effects.index(clause.effect), clause.start))
    spans = dict.fromkeys((clause.start, clause.end) for clause in clauses)
    return tuple(found.text.proof(*span) for span in list(spans)[:_PROOFS]) or (found.proof,)


def _leftovers(found: Judged) -> tuple[Proof, ...]:
    stretches = found.finding.identification.leftovers[:_PROOFS]
    return tuple(found.text.proof(s.start, s.end) for s in stretches) or (found.proof,)


def _by_declaration(context: Context) -> Result:
    licence = declared_licence(context)
    if licence is None:
        facts = (_verdict_fact(LicenceVerdict.UNKNOWN, Strength.NONE),)
        return Result("L05", Verdict.NOT_CHECKABLE, "unknown", facts=facts)
    facts = (_verdict_fact(licence.verdict, Strength.ASSERTED),)
    values: dict[str, Value] = {"name": licence.told}
    fails = licence.verdict in (LicenceVerdict.FAILS, LicenceVerdict.LIKELY_FAILS)
    verdict, reason = (
        (Verdict.FAIL, "declared_fails") if fails else (Verdict.PARTIAL, "declared_only")
    )
    proofs = tags(context)[0].proofs
    return Result("L05", verdict, reason, Strength.ASSERTED, values, proofs, facts)


def _by_catalogue(context: Context, found: Judged | None) -> Result:
    licence = declared_licence(context)
    entries = found.finding.licences if found else tuple(filter(None, [licence]))
    strength = Strength.VERIFIED if found else Strength.ASSERTED
    excluding = [entry for entry in entries if Effect.GEOGRAPHIC_EXCLUSION in entry.effects]
    if excluding:
        multimodal = excluding[0].conditions.get("exclusion_scope") == "multimodal"
        reason = "multimodal" if multimodal else "excluded"
        facts = (_fact("L06", "excluded_from_union", "multimodal" if multimodal else "yes"),)
        verdict = Verdict.PARTIAL if multimodal else Verdict.FAIL
        return Result("L06", verdict, reason, strength, {}, _tag(context), facts)
    if found is None:
        return Result("L06", Verdict.NOT_CHECKABLE, "no_text")
    if found.finding.identification.likeness is Likeness.EXACT:
        facts = (_fact("L06", "excluded_from_union", "no", found.proof),)
        return Result("L06", Verdict.PASS, "none", Strength.VERIFIED, {}, (found.proof,), facts)
    return Result("L06", Verdict.PARTIAL, "nothing_found", Strength.VERIFIED, {}, (found.proof,))


def _excluded(reason: str, proofs: tuple[Proof, ...]) -> Result:
    facts = (_fact("L06", "excluded_from_union", "yes", proofs[0] if proofs else None),)
    return Result("L06", Verdict.FAIL, reason, Strength.VERIFIED, {}, proofs, facts)


def _of_union(clause: Clause) -> bool:
    return clause.effect is Effect.GEOGRAPHIC_EXCLUSION and "European Union" in clause.places


_AS_CHECK = {
    LicenceVerdict.MEETS: Verdict.PASS,
    LicenceVerdict.LIKELY_MEETS: Verdict.PASS,
    LicenceVerdict.CONTESTED: Verdict.PARTIAL,
    LicenceVerdict.UNKNOWN: Verdict.NOT_CHECKABLE,
}


def _as_check(verdict: LicenceVerdict) -> Verdict:
    return _AS_CHECK.get(verdict, Verdict.FAIL)


def _names_of(found: Judged) -> str:
    identification = found.finding.identification
    if identification.references:
        return ", ".join(reference.name for reference in identification.references)
    return identification.nearest.reference.name if identification.nearest else found.entry.path


def _tag(context: Context, *keys: str) -> tuple[Proof, ...]:
    front = card(context)
    if front is None:
        return ()
    wanted = keys or ("license_name", "license")
    return tuple(
        front.proof(key, f"{key}: {front.one(key)}") for key in wanted if key in front.front.keys
    )


def _verdict_fact(verdict: LicenceVerdict, strength: Strength, proof: Proof | None = None) -> Fact:
    return Fact("licence_verdict", verdict.value, strength, "L05", proof=proof)


def _fact(check: str, name: str, value: Value, proof: Proof | None = None) -> Fact:
    return Fact(name, value, Strength.VERIFIED, check, proof=proof)
