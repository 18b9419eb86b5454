"""D10 to D12: compute and energy of the training, and whether the figures can be true."""

import re
from dataclasses import dataclass

from models_registry.checks.compute import margins, training_compute
from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.parts import documents_of, first_line
from models_registry.checks.documents.quantities import FLOP, GPU_HOURS, flop_of, scaled
from models_registry.checks.readers.loose_yaml import text_at
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.roles import Role
from models_registry.checks.supplied import absent, library

_DESCRIBING = (Role.CARD, Role.SYSTEM_CARD, Role.REPORT, Role.ANNEX_PACK)
_ENERGY = re.compile(
    r"\d[\d.,]*\s*(?:[kMGT]Wh\b|(?:t|kg|g|tons?|tonnes?)\s*(?:of\s*)?CO2?(?:eq|e|2eq)?\b"
    r"|tCO2|kgCO2)",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"\b(?:method|measured|estimated (?:with|using|by)|calculator|codecarbon|PUE|carbon intensity"
    r"|gemessen|gesch[äa]tzt)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    strength: Strength
    proof: Proof | None = None


def d10_compute(context: Context) -> Result:
    """Operations, or hours of accelerators from which they could be worked out."""
    for document in documents_of(context):
        if found := document.find(FLOP):
            flop, place = flop_of(found[0]), found[1]
            facts = (said("D10", "training_compute", flop, place, "FLOP"),)
            return documented("D10", Verdict.PASS, "operations", place, facts=facts, flop=flop)
    for document in documents_of(context):
        if found := document.find(GPU_HOURS):
            hours, place = scaled(found[0][1], found[0][2]), found[1]
            facts = (said("D10", "accelerator_hours", hours, place, "h"),)
            return documented("D10", Verdict.PARTIAL, "hours", place, facts=facts, hours=hours)
    return absent(context, "D10", *_DESCRIBING)


def d11_plausible(context: Context) -> Result:
    """Six operations for each active parameter and token, against what is said."""
    parameters = _number(context, "parameters_active") or _number(context, "parameters_total")
    tokens = _number(context, "training_tokens")
    if parameters is None or tokens is None:
        return Result("D11", Verdict.NOT_CHECKABLE, "numbers_missing")
    estimate = training_compute(parameters.value, tokens.value)
    stated = _number(context, "training_compute")
    strength = min(parameters.strength, tokens.strength)
    fact = Fact("training_compute_estimate", estimate, strength, "D11", "FLOP")
    found = margins(estimate, context.catalogue)
    values: dict[str, Value] = {
        "estimate": estimate,
        "stated": stated.value if stated else None,
        "parameters": parameters.value,
        "tokens": tokens.value,
        "near": any(margin.near for margin in found),
        **{f"of_{margin.threshold}": round(margin.ratio, 3) for margin in found},
    }
    verdict, reason = _compared(estimate, stated)
    places = tuple(one.proof for one in (parameters, tokens, stated) if one and one.proof)
    # Our own sum from counted parameters shows a contradiction whatever is written.
    shown = parameters.strength if stated else strength
    return Result("D11", verdict, reason, shown, values, places, (fact,))


def d12_energy(context: Context) -> Result:
    """A figure of energy or emissions, and how it came about."""
    card = context.once(library).card
    front = card.front.keys.get("co2_eq_emissions") if card else None
    if card and front:
        figure = text_at(front, "emissions") or (front if isinstance(front, str) else "")
        told = text_at(front, "source") and (
            text_at(front, "geographical_location") or text_at(front, "hardware_used")
        )
        place = card.proof("co2_eq_emissions", f"co2_eq_emissions: {figure}")
        if figure:
            return _energy(bool(told), place)
    place_of_text = first_line(documents_of(context), _ENERGY)
    if place_of_text is None:
        return absent(context, "D12", *_DESCRIBING)
    return _energy(bool(_METHOD.search(place_of_text.quote)), place_of_text)


def _energy(method: bool, place: Proof) -> Result:
    facts = (said("D12", "energy_stated", True, place),)
    verdict, reason = (Verdict.PASS, "with_method") if method else (Verdict.PARTIAL, "figure")
    return documented("D12", verdict, reason, place, facts=facts)


def _number(context: Context, name: str) -> _Number | None:
    """A fact found before; else the register's claim, which only somebody asserted."""
    fact = context.fact(name)
    if fact and isinstance(fact.value, int | float) and fact.value > 0:
        return _Number(float(fact.value), fact.strength, fact.proof)
    claim = context.number(name)
    return _Number(claim, Strength.ASSERTED) if claim and claim > 0 else None


def _compared(estimate: float, stated: _Number | None) -> tuple[Verdict, str]:
    if stated is None:
        return Verdict.PARTIAL, "estimated"
    ratio = max(estimate / stated.value, stated.value / estimate)
    if ratio <= 2:
        return Verdict.PASS, "fits"
    return (Verdict.PARTIAL, "roughly") if ratio <= 5 else (Verdict.FAIL, "contradicts")
