"""The claim that open weights leave one better off than closed ones, measured and not asserted.

Each criterion is held up by itself: the median of the open models against that of the closed ones.
No criteria are added up over models of which different things are known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from models_registry.checks.catalogue import Catalogue
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.levels import HIGHEST, Level, NotApplicable, Scored
from models_registry.checks.sovereignty.profile import profile_of

LEAST_MODELS = 3
LEAST_SHARE = 0.5
# A level may lie between two neighbours, so there are places between them too.
PLACES = 2 * HIGHEST + 1
# The dimension "transparency and auditability" holds two of the three things that are claimed.
_CLAIMED: Mapping[str, tuple[str, ...]] = {
    "transparency": ("TRA-3", "TRA-4", "TRA-6"),
    "auditability": ("TRA-1", "TRA-2", "TRA-5"),
}
_DIVIDED = "transparency"
# What follows from the word open or closed and not from anything found out about the model.
_THE_WORD_ITSELF = frozenset({"access", "weights_available"})
_FREE = (LicenceVerdict.MEETS, LicenceVerdict.LIKELY_MEETS)


class Finding(StrEnum):
    """What the models at hand say of the claim on one criterion."""

    HOLDS = "holds"
    BY_DEFINITION = "by_definition"
    NO_DIFFERENCE = "no_difference"
    REVERSED = "reversed"
    TOO_LITTLE = "too_little"
    ONE_SIDED = "one_sided"


class Outcome(StrEnum):
    """What they say of it on a whole quality."""

    HOLDS = "holds"
    PARTLY = "partly"
    DOES_NOT_HOLD = "does_not_hold"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class Side:
    """One criterion over all models of one kind.

    ``asked`` leaves out those it cannot be asked of. ``places`` counts the known levels: 0, between
    0 and 1, 1 and so on. ``by_word`` counts those that rest on nothing but open or closed.
    """

    asked: int
    places: tuple[int, ...]
    median: tuple[float, float] | None
    lowest: int | None
    highest: int | None
    strengths: Mapping[Strength, int]
    by_word: int

    @property
    def known(self) -> int:
        return sum(self.places)

    @property
    def enough(self) -> bool:
        """Whether so many are known that their median says something."""
        return self.known >= LEAST_MODELS and self.known >= LEAST_SHARE * self.asked

    @property
    def word_alone(self) -> bool:
        return 0 < self.known == self.by_word


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion on both sides; ``against`` names the open models that speak against the claim,
    because they stand no higher than closed models in the middle."""

    criterion: str
    open: Side
    closed: Side
    finding: Finding
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """One of the things that are claimed, or a further dimension."""

    id: str
    claimed: bool
    measures: tuple[Measure, ...]
    outcome: Outcome

    def found(self, *findings: Finding) -> tuple[Measure, ...]:
        return tuple(one for one in self.measures if one.finding in findings)

    @property
    def asked(self) -> tuple[Measure, ...]:
        """What can be asked of open and closed models alike."""
        return tuple(one for one in self.measures if one.finding is not Finding.ONE_SIDED)

    def coverage(self, *, closed: bool) -> tuple[int, int]:
        """How many levels are known, of how many that were asked for."""
        sides = [one.closed if closed else one.open for one in self.measures]
        return sum(side.known for side in sides), sum(side.asked for side in sides)


@dataclass(frozen=True, slots=True)
class Measured:
    """The whole: how many models of each kind, and each quality.

    ``free`` counts open models whose licence meets, or likely meets, the Act's conditions.
    """

    open: int
    closed: int
    unclear: tuple[str, ...]
    free: int
    qualities: tuple[Quality, ...]


def measured(models: Mapping[str, Deployment], catalogue: Catalogue) -> Measured:
    """What models of one's choice, by name, say of the claim."""
    sides: dict[bool, dict[str, Mapping[str, Scored]]] = {False: {}, True: {}}
    for name, given in models.items():
        if given.closed is not None:
            sides[given.closed][name] = profile_of(given).criteria
    return Measured(
        open=len(sides[False]),
        closed=len(sides[True]),
        unclear=tuple(name for name, given in models.items() if given.closed is None),
        free=sum(_is_free(given) for given in models.values() if given.closed is False),
        qualities=tuple(
            _quality(name, criteria, sides) for name, criteria in _qualities(catalogue).items()
        ),
    )


def side_of(levels: Iterable[Scored]) -> Side:
    """One criterion over several models."""
    asked = [level for level in levels if not isinstance(level, NotApplicable)]
    known = [level for level in asked if level is not None and level.known]
    places = [level.low + level.high for level in known]
    return Side(
        asked=len(asked),
        places=tuple(places.count(place) for place in range(PLACES)),
        median=_median(known),
        lowest=min((level.low for level in known), default=None),
        highest=max((level.high for level in known), default=None),
        strengths={each: sum(level.strength is each for level in known) for each in Strength},
        by_word=sum(_rests_on_the_word(level) for level in known),
    )


def finding_of(open_side: Side, closed_side: Side) -> Finding:
    """What one criterion says of the claim."""
    if not open_side.asked or not closed_side.asked:
        return Finding.ONE_SIDED
    if not (open_side.enough and closed_side.enough):
        return Finding.TOO_LITTLE
    ahead, behind = _above(open_side, closed_side), _above(closed_side, open_side)
    if ahead:
        told = open_side.word_alone and closed_side.word_alone
        return Finding.BY_DEFINITION if told else Finding.HOLDS
    return Finding.REVERSED if behind else Finding.NO_DIFFERENCE


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """What several criteria together say of the claim."""
    asked = [finding for finding in findings if finding is not Finding.ONE_SIDED]
    judged = [finding for finding in asked if finding is not Finding.TOO_LITTLE]
    if not judged or len(judged) < LEAST_SHARE * len(asked):
        return Outcome.TOO_LITTLE
    holding = judged.count(Finding.HOLDS)
    if holding > len(judged) / 2 and Finding.REVERSED not in judged:
        return Outcome.HOLDS
    if holding or Finding.BY_DEFINITION in judged:
        return Outcome.PARTLY
    return Outcome.DOES_NOT_HOLD


def _qualities(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    rows = catalogue.section("sovereignty_criteria")
    by_dimension = {
        dimension: tuple(name for name, row in rows.items() if row["dimension"] == dimension)
        for dimension in catalogue.section("sovereignty_dimensions")
        if dimension != _DIVIDED
    }
    return {**_CLAIMED, **by_dimension}


def _quality(
    name: str,
    criteria: tuple[str, ...],
    sides: Mapping[bool, Mapping[str, Mapping[str, Scored]]],
) -> Quality:
    measures = tuple(_measure(criterion, sides) for criterion in criteria)
    outcome = outcome_of(one.finding for one in measures)
    return Quality(name, name in (*_CLAIMED, "independence"), measures, outcome)


def _measure(criterion: str, sides: Mapping[bool, Mapping[str, Mapping[str, Scored]]]) -> Measure:
    levels = {
        closed: {name: criteria[criterion] for name, criteria in models.items()}
        for closed, models in sides.items()
    }
    open_side, closed_side = side_of(levels[False].values()), side_of(levels[True].values())
    against = _no_higher(levels[False], closed_side)
    return Measure(criterion, open_side, closed_side, finding_of(open_side, closed_side), against)


def _no_higher(levels: Mapping[str, Scored], than: Side) -> tuple[str, ...]:
    if than.median is None or not than.enough:
        return ()
    least = than.median[0]
    return tuple(
        name
        for name, level in levels.items()
        if isinstance(level, Level) and level.known and level.high <= least
    )


def _above(one: Side, other: Side) -> bool:
    return bool(one.median and other.median and one.median[0] > other.median[1])


def _median(known: list[Level]) -> tuple[float, float] | None:
    if not known:
        return None
    return median(level.low for level in known), median(level.high for level in known)


def _rests_on_the_word(level: Level) -> bool:
    return bool(level.because) and set(level.because) <= _THE_WORD_ITSELF


def _is_free(given: Deployment) -> bool:
    return given.licence is not None and given.licence.verdict in _FREE
