"""The profile of a deployment: five dimensions, gates, and how much of it is known.

There is no total. Whoever wants one asks for ``weighted`` and so chooses whose weights to use.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models_registry.checks.results import Strength
from models_registry.checks.sovereignty import (
    independence,
    infrastructure,
    innovation,
    regulation,
    transparency,
)
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.gates import Gate, GateState, gates_of
from models_registry.checks.sovereignty.levels import HIGHEST, Level, NotApplicable, Scored

_MODULES = (transparency, independence, innovation, infrastructure, regulation)
_PREFIXES = ("tra", "icl", "inn", "eui", "reg")
RULES: Mapping[str, Callable[[Deployment], Scored]] = {
    f"{prefix.upper()}-{number}": getattr(module, f"{prefix}_{number}")
    for module, prefix in zip(_MODULES, _PREFIXES, strict=True)
    for number in range(1, 7)
}


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of what is known, between its bounds; None where nothing is.

    ``coverage`` is the share of the criteria asked that are known, ``strengths`` how many of the
    known ones rest on evidence of each strength.
    """

    low: float | None
    high: float | None
    coverage: float
    strengths: Mapping[Strength, int]


@dataclass(frozen=True, slots=True)
class Profile:
    """Levels by criterion, means by dimension, gates, and whether minimum levels are reached."""

    criteria: Mapping[str, Scored]
    dimensions: Mapping[str, Mean]
    gates: tuple[GateState, ...]
    minimums: Mapping[str, bool | None]

    @property
    def stopped(self) -> tuple[str, ...]:
        """The gates that stop the deployment."""
        return tuple(gate.id for gate in self.gates if gate.state is Gate.STOPS)


def profile_of(given: Deployment, *, minimums: Mapping[str, float] | None = None) -> Profile:
    """The whole profile; ``minimums`` are the levels that a dimension must reach."""
    rows = given.catalogue.section("sovereignty_criteria")
    criteria = {name: _scored(name, given) for name in rows}
    dimensions = {
        dimension: mean_of(
            criteria[name] for name, row in rows.items() if row["dimension"] == dimension
        )
        for dimension in given.catalogue.section("sovereignty_dimensions")
    }
    reached = {name: _reached(dimensions[name], least) for name, least in (minimums or {}).items()}
    return Profile(criteria, dimensions, gates_of(given), reached)


def by_objective(given: Deployment, profile: Profile) -> dict[str, Mean]:
    """The same criteria by the objectives of the Union's framework, in our reading."""
    rows = given.catalogue.section("sovereignty_objectives").values()
    return {row["id"]: mean_of(profile.criteria[name] for name in row["criteria"]) for row in rows}


def weighted(given: Deployment, profile: Profile) -> tuple[float, float] | None:
    """A total between its bounds by the framework's weights; what is unknown counts from 0 to 3."""
    rows: Iterable[Mapping[str, Any]] = given.catalogue.section("sovereignty_objectives").values()
    low = high = 0.0
    for row in rows:
        levels = [profile.criteria[name] for name in row["criteria"]]
        asked = [level for level in levels if not isinstance(level, NotApplicable)]
        if not asked:
            return None
        share = row["weight"] / 100 / HIGHEST / len(asked)
        low += share * sum(level.low if level else 0 for level in asked)
        high += share * sum(level.high if level else HIGHEST for level in asked)
    return low, high


def mean_of(levels: Iterable[Scored]) -> Mean:
    """The mean of several criteria; what is unknown lowers the coverage and not the mean."""
    asked = [level for level in levels if not isinstance(level, NotApplicable)]
    known = [level for level in asked if level is not None and level.known]
    coverage = len(known) / len(asked) if asked else 0.0
    strengths = {each: sum(level.strength is each for level in known) for each in Strength}
    if not known:
        return Mean(None, None, coverage, strengths)
    low = sum(level.low for level in known) / len(known)
    high = sum(level.high for level in known) / len(known)
    return Mean(low, high, coverage, strengths)


def _scored(name: str, given: Deployment) -> Scored:
    found = RULES[name](given)
    if isinstance(found, NotApplicable) or (found and found.known):
        return found
    answer = given.answers.get(name)
    if isinstance(answer, bool) or not isinstance(answer, int) or not 0 <= answer <= HIGHEST:
        return found
    if found and not found.low <= answer <= found.high:
        # What is proven bounds what may be stated.
        return found
    return given.by_answer(answer, answer, name)


def _reached(mean: Mean, least: float) -> bool | None:
    if mean.low is None or mean.high is None:
        return None
    if mean.low >= least:
        return True
    return False if mean.high < least else None


__all__ = ["Level", "Mean", "Profile", "by_objective", "mean_of", "profile_of", "weighted"]
