"""The score on publicly documented decisions: class and provisions, too low apart from too high."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.cases import Case, read_cases
from law import determine, load
from law.compiled import Catalogue
from law.determination import Determination, OutcomeResult, RoleResult
from law.entries import GpaiStanding, Tier
from law.reasons import Reason

# From mild to grave; what the sources call it, not what we call it.
GRAVITY = {
    "out_of_scope": 0,
    "minimal": 1,
    "transparency": 2,
    "gpai": 3,
    "not_high_risk_6_3": 3,
    "gpai_systemic": 4,
    "high_risk": 4,
    "prohibited": 5,
}
TIERS = {
    Tier.PROHIBITED: "prohibited",
    Tier.HIGH_RISK_ANNEX_I: "high_risk",
    Tier.HIGH_RISK_ANNEX_III: "high_risk",
    Tier.ANNEX_III_EXEMPT_6_3: "not_high_risk_6_3",
    Tier.TRANSPARENCY_ART_50: "transparency",
    Tier.MINIMAL: "minimal",
    Tier.OUT_OF_SCOPE: "out_of_scope",
    Tier.OPEN: "unclear",
}
# A model on its own has no class of use, so its second line is its answer.
MODELS = {
    GpaiStanding.GPAI_SYSTEMIC_RISK: "gpai_systemic",
    GpaiStanding.GPAI: "gpai",
    GpaiStanding.NONE: "minimal",
    GpaiStanding.OPEN: "unclear",
}
NAMED = {
    "Annex I Section A (lifts)": "Annex I(4)",
    "Annex I Section A (MDR)": "Annex I(11)",
    "Annex I Section B (motor vehicles)": "Annex I(18)",
    # The other paragraphs are addressed to authorities and the Commission.
    "Art 5(2)-(7)": "Art 5(2)",
}


@dataclass(frozen=True)
class Score:
    """One case with our answer; ``faults`` is empty where it is right."""

    case: Case
    tier: str
    faults: tuple[str, ...]

    @property
    def direction(self) -> str:
        """Whether our class is too low, too high, left open or right."""
        if self.tier in self.case.expected.tiers:
            return "right"
        if self.tier == "unclear":
            return "left open"
        known = [GRAVITY[tier] for tier in self.case.expected.tiers if tier in GRAVITY]
        return "too low" if known and GRAVITY[self.tier] < min(known) else "too high"


def score_case(catalogue: Catalogue, case: Case) -> Score:
    """Our answer to the case, held against its source."""
    result = determine(catalogue, case.facts(catalogue), on=case.as_of)
    tier = tier_of(result)
    return Score(case, tier, tuple(_faults(catalogue, case, result, tier)))


def tier_of(result: Determination) -> str:
    """The class in the words of the sources."""
    if result.headline is Tier.NOT_A_SYSTEM:
        return MODELS[result.gpai]
    return TIERS[result.headline]


def _faults(catalogue: Catalogue, case: Case, result: Determination, tier: str) -> Iterator[str]:
    expected = case.expected
    if tier not in expected.tiers:
        yield f"class {tier} instead of {' or '.join(expected.tiers)}"
    cited = set(_cited(catalogue, result))
    for theirs in expected.provisions:
        if not any(_within(ours, theirs) for ours in cited):
            yield f"{theirs} is not cited"
    held = {
        cite
        for outcome in result.outcomes
        if outcome.truth
        for cite in catalogue.rule(outcome.id).cite
    }
    for theirs in expected.not_provisions:
        if any(_within(ours, theirs) for ours in held):
            yield f"{theirs} is cited and should not be"


def _cited(catalogue: Catalogue, result: Determination) -> Iterator[str]:
    """What the outcomes, roles and duties that hold cite, and every rule that led there.

    Where the class is open, that is what may still hold.
    """
    is_open = result.headline is Tier.OPEN
    results: tuple[OutcomeResult | RoleResult, ...] = (*result.outcomes, *result.roles)
    for found in results:
        if found.truth or is_open:
            yield from _cited_in(catalogue, found.because)
    for duty in result.duties:
        if duty.truth:
            yield from catalogue.duty(duty.id).cite


def _cited_in(catalogue: Catalogue, reason: Reason) -> Iterator[str]:
    if reason.kind == "rule" and reason.truth is not False:
        yield from catalogue.rule(reason.id).cite
    for part in reason.parts:
        yield from _cited_in(catalogue, part)


def _within(ours: str, theirs: str) -> bool:
    """Whether our citation is the one meant or a part of it."""
    meant = NAMED.get(theirs) or re.sub(r" point (\d+)", r"(\1)", theirs)
    return ours == meant or ours.startswith(meant + "(")


def main() -> None:
    """Print the score and every miss with its reason."""
    catalogue = load()
    scores = [score_case(catalogue, case) for case in read_cases()]
    counted = [s for s in scores if is_counted(s.case)]
    _print_group("Stated by an authoritative source", counted)
    _print_group("All others", [s for s in scores if not is_counted(s.case)])


def is_counted(case: Case) -> bool:
    """Whether the source states the class itself and speaks with authority."""
    return (case.expected.basis, case.expected.confidence) == ("stated", "authoritative")


def _print_group(name: str, scores: list[Score]) -> None:
    right = sum(not score.faults for score in scores)
    share = right / len(scores)
    print(f"{name}: {right} of {len(scores)} right in class and provisions ({share:.1%})")
    for direction in ("too low", "too high", "left open", "right"):
        misses = [s for s in scores if s.faults and s.direction == direction]
        if misses:
            print(f"  class {direction}: {len(misses)}")
        for score in misses:
            print(f"    {score.case.id}: {'; '.join(score.faults)}")


if __name__ == "__main__":
    main()
