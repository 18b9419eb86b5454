"""From facts to class, roles and duties: ``determine`` and the values it answers with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from law.compiled import Catalogue, DutySlots, Evaluation, Facts, Readings
from law.conditions import Truth
from law.entries import Duty, GpaiStanding, Tier
from law.reasons import Reason, Reasons

TIERS = tuple(tier for tier in Tier if tier is not Tier.OPEN)
GPAI_STANDINGS = (GpaiStanding.GPAI_SYSTEMIC_RISK, GpaiStanding.GPAI)

# Which classification sets a route's date in motion.
_ROUTES = {
    "annex_iii": "annex_iii_high_risk",
    "annex_i": "annex_i_a_high_risk",
}


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """One outcome that holds (True) or is still open (None), and why."""

    id: str
    tier: str
    truth: Truth
    applies_from: date
    bites: bool
    because: Reason


@dataclass(frozen=True, slots=True)
class RoleResult:
    """One role that is held (True) or may be held (None), and why."""

    id: str
    truth: Truth
    because: Reason


@dataclass(frozen=True, slots=True)
class DutyResult:
    """One duty that applies (True) or may apply (None): for which roles and from which day.

    ``applies_from`` is None where a legacy system owes it only after its design changes.
    ``bites`` says whether that day has come. ``transition`` names the rule that moved the day.
    """

    id: str
    kind: str
    truth: Truth
    roles: tuple[str, ...]
    applies_from: date | None
    bites: bool
    transition: str | None = None


@dataclass(frozen=True, slots=True)
class Determination:
    """What the Act makes of the facts on one day; what does not hold is left out."""

    on: date
    law_version: str
    digest: str
    readings: dict[str, str]
    headline: Tier
    at_best: Tier
    at_worst: Tier
    gpai: GpaiStanding
    outcomes: tuple[OutcomeResult, ...]
    roles: tuple[RoleResult, ...]
    duties: tuple[DutyResult, ...]

    @property
    def next_day(self) -> date | None:
        """The next day on which a duty that applies begins to bite."""
        coming = (d.applies_from for d in self.duties if d.truth and not d.bites and d.applies_from)
        return min(coming, default=None)


def determine(
    catalogue: Catalogue, facts: Facts, *, on: date, readings: Readings | None = None
) -> Determination:
    """The class, roles and duties that follow from the facts in the wording of that day."""
    evaluation = catalogue.evaluate(facts, on, readings)
    headline, at_best, at_worst = headline_of(evaluation)
    reasons = Reasons(evaluation)
    return Determination(
        on=on,
        law_version=catalogue.law_version,
        digest=catalogue.digest,
        readings=evaluation.readings,
        headline=headline,
        at_best=at_best,
        at_worst=at_worst,
        gpai=gpai_of(evaluation),
        outcomes=tuple(_outcomes(evaluation, reasons)),
        roles=tuple(_roles(evaluation, reasons)),
        duties=tuple(duties_of(evaluation)),
    )


def headline_of(evaluation: Evaluation) -> tuple[Tier, Tier, Tier]:
    """The headline tier, the mildest and the gravest tier still possible."""
    truths = _tier_truths(evaluation)
    decided = [tier for tier in TIERS if truths[tier] is True]
    possible = [tier for tier in TIERS if truths[tier] is not False]
    # The catalogue's proof shows that some tier is always possible.
    at_worst = possible[0]
    at_best = decided[0] if decided else possible[-1]
    # A stricter tier is still possible, so no milder answer may be given.
    return (at_worst if truths[at_worst] else Tier.OPEN), at_best, at_worst


def gpai_of(evaluation: Evaluation) -> GpaiStanding:
    """The second line: whether the assessed party provides a general-purpose model."""
    truths = _tier_truths(evaluation)
    for standing in GPAI_STANDINGS:
        if truths[standing] is not False:
            return standing if truths[standing] else GpaiStanding.OPEN
    return GpaiStanding.NONE


def _tier_truths(evaluation: Evaluation) -> dict[str, Truth]:
    truths: dict[str, Truth] = dict.fromkeys((*TIERS, *GPAI_STANDINGS), False)
    for tier, slot in evaluation.catalogue.tier_slots:
        truth = evaluation.values[slot]
        if truth or (truth is None and truths[tier] is False):
            truths[tier] = truth
    return truths


def _outcomes(evaluation: Evaluation, reasons: Reasons) -> Iterator[OutcomeResult]:
    for rule in evaluation.catalogue.outcomes:
        truth = evaluation.truth(rule.id)
        if truth is False:
            continue
        tier, day = rule.tier or "", rule.applies_from or rule.text_from
        yield OutcomeResult(rule.id, tier, truth, day, day <= evaluation.on, reasons.of(rule.id))


def _roles(evaluation: Evaluation, reasons: Reasons) -> Iterator[RoleResult]:
    for role in evaluation.catalogue.roles:
        truth = evaluation.truth(role.id)
        if truth is not False:
            yield RoleResult(role.id, truth, reasons.of(role.id))


def duties_of(evaluation: Evaluation) -> Iterator[DutyResult]:
    """Every duty that applies or may apply, with its day."""
    values = evaluation.values
    for entry in evaluation.catalogue.duty_slots:
        truth: Truth = values[entry.owed]
        if truth is not False:
            roles = tuple(role for role, slot in entry.roles if values[slot] is not False)
            day, transition = _day_of(evaluation, entry)
            bites = day is not None and day <= evaluation.on
            yield DutyResult(entry.duty.id, entry.duty.kind, truth, roles, day, bites, transition)


def _day_of(evaluation: Evaluation, entry: DutySlots) -> tuple[date | None, str | None]:
    for slot, day in entry.clauses:
        # An open clause changes nothing: the earlier day is the cautious one.
        if evaluation.values[slot]:
            return day, entry.duty.transition
    return _ordinary_day(evaluation, entry.duty), None


def _ordinary_day(evaluation: Evaluation, duty: Duty) -> date:
    other = duty.reading_day
    if other is not None and evaluation.readings[other.reading] == other.option:
        return other.day
    if "always" in duty.days:
        return duty.days["always"]
    possible = [
        day for route, day in duty.days.items() if evaluation.truth(_ROUTES[route]) is not False
    ]
    return min(possible or duty.days.values())
