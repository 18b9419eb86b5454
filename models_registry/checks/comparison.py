"""Models beside each other, and what changes when one takes the place of another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from models_registry.checks.evidence import Evidence, Need, evidence_of
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength, Value
from models_registry.checks.sovereignty.deployment import Deployment, Known
from models_registry.checks.sovereignty.gates import Gate
from models_registry.checks.sovereignty.levels import Level, Scored
from models_registry.checks.sovereignty.profile import Profile, profile_of

LEAST, MOST = 2, 6
_ALONE = (Need.PRODUCE, Need.PRODUCE_OR_ASK)
# These name entries of the catalogue, which the comparison of licences tells.
_OF_LICENCE = frozenset(
    {"licence", "licence_verdict", "licence_effects", "licence_reasons", "licence_arguments"}
)

Cell = TypeVar("Cell")


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence in what can be compared; empty where it is not known which it is."""

    id: str
    name: str
    verdict: LicenceVerdict
    effects: tuple[Effect, ...]
    conditions: Mapping[str, object]
    strength: Strength


@dataclass(frozen=True, slots=True)
class Row:
    """One property over all models, None where it is not known; ``differs`` by the values alone."""

    name: str
    cells: tuple[Known | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One provision over all models."""

    provision: str
    cells: tuple[Evidence, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that can be put beside each other, in the order of ``names``."""

    names: tuple[str, ...]
    facts: tuple[Row, ...]
    licences: tuple[Terms | None, ...]
    exemptions: tuple[LicenceVerdict, ...]
    evidence: tuple[EvidenceRow, ...]
    profiles: tuple[Profile, ...]

    def gaps(self, name: str) -> tuple[Evidence, ...]:
        """What is missing for a model and somebody must still give."""
        open_needs = (*_ALONE, Need.ASK, Need.IMPOSSIBLE)
        return tuple(cell for cell in self._of(name) if cell.need in open_needs)

    def alone(self, name: str) -> tuple[Evidence, ...]:
        """What an integrator must, or may have to, produce alone."""
        return tuple(cell for cell in self._of(name) if cell.need in _ALONE)

    def _of(self, name: str) -> tuple[Evidence, ...]:
        place = self.names.index(name)
        return tuple(row.cells[place] for row in self.evidence)


def compare(models: Mapping[str, Deployment], *, differences_only: bool = False) -> Comparison:
    """Two to six models; with ``differences_only`` without rows in which all are alike."""
    if not LEAST <= len(models) <= MOST:
        raise ValueError(f"{LEAST} to {MOST} models can be compared, not {len(models)}")
    given = tuple(models.values())
    facts, evidence = _facts(given), _evidence(given)
    if differences_only:
        facts = tuple(row for row in facts if row.differs)
        evidence = tuple(row for row in evidence if row.differs)
    return Comparison(
        names=tuple(models),
        facts=facts,
        licences=tuple(terms_of(one) for one in given),
        exemptions=tuple(one.exemption for one in given),
        evidence=evidence,
        profiles=tuple(profile_of(one) for one in given),
    )


def terms_of(given: Deployment) -> Terms | None:
    """The licence of one deployment."""
    licence = given.licence
    if licence is None:
        return None
    return Terms(
        licence.id,
        licence.name,
        licence.verdict,
        licence.effects,
        licence.conditions,
        given.licence_strength,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; None where it is not known."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """One provision before and after; ``stronger`` is None where only the need changes."""

    before: Evidence
    after: Evidence

    @property
    def stronger(self) -> bool | None:
        if self.before.strength == self.after.strength:
            return None
        return self.after.strength > self.before.strength


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One criterion before and after."""

    criterion: str
    before: Scored
    after: Scored

    @property
    def better(self) -> bool | None:
        """Whether it is better for certain; None where spans overlap or one is not known."""
        before, after = self.before, self.after
        if not isinstance(before, Level) or not isinstance(after, Level):
            return None
        if after.low > before.high:
            return True
        return False if after.high < before.low else None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What follows when a model takes another one's place in the same system.

    ``conditions`` are those of the licence. ``opened`` and ``settled`` name criteria that are no
    longer known and those that are now.
    """

    facts: tuple[Change, ...]
    conditions: tuple[Change, ...]
    gained: tuple[Effect, ...]
    lost: tuple[Effect, ...]
    exemption: Change
    evidence: tuple[EvidenceChange, ...]
    levels: tuple[LevelChange, ...]
    stops: tuple[str, ...]
    no_longer_stops: tuple[str, ...]
    opened: tuple[str, ...]
    settled: tuple[str, ...]


def replaced(before: Deployment, after: Deployment) -> WhatIf:
    """What changes from one model to the other; both under the same answers of the operator."""
    if before.answers != after.answers:
        raise ValueError("both models must be asked under the same answers")
    profiles = profile_of(before), profile_of(after)
    known = _known(profiles[0]), _known(profiles[1])
    effects = before.effects(), after.effects()
    return WhatIf(
        facts=_changes(before, after),
        conditions=_conditions(terms_of(before), terms_of(after)),
        gained=_ordered(effects[1] - effects[0]),
        lost=_ordered(effects[0] - effects[1]),
        exemption=Change("exemption", before.exemption.value, after.exemption.value),
        evidence=_evidence_changes(before, after),
        levels=_level_changes(*profiles),
        stops=_only(profiles[1].stopped, profiles[0].stopped),
        no_longer_stops=_only(profiles[0].stopped, profiles[1].stopped),
        opened=_only(known[0], known[1]),
        settled=_only(known[1], known[0]),
    )


def _facts(given: tuple[Deployment, ...]) -> tuple[Row, ...]:
    names = dict.fromkeys(name for one in given for name in one.values if name not in _OF_LICENCE)
    return tuple(_row(name, tuple(one.values.get(name) for one in given)) for name in names)


def _row(name: str, cells: tuple[Known | None, ...]) -> Row:
    return Row(name, cells, _differ(cells, lambda cell: cell.value if cell else None))


def _evidence(given: tuple[Deployment, ...]) -> tuple[EvidenceRow, ...]:
    tables = [evidence_of(one) for one in given]
    rows = []
    for provision in tables[0]:
        cells = tuple(table[provision] for table in tables)
        differs = _differ(cells, lambda cell: (cell.strength, cell.reachable, cell.need))
        rows.append(EvidenceRow(provision, cells, differs))
    return tuple(rows)


def _differ(cells: tuple[Cell, ...], key: Callable[[Cell], object]) -> bool:
    return any(key(cell) != key(cells[0]) for cell in cells[1:])


def _changes(before: Deployment, after: Deployment) -> tuple[Change, ...]:
    rows = (row for row in _facts((before, after)) if row.differs)
    return tuple(
        Change(row.name, *(cell.value if cell else None for cell in row.cells)) for row in rows
    )


def _conditions(before: Terms | None, after: Terms | None) -> tuple[Change, ...]:
    old = before.conditions if before else {}
    new = after.conditions if after else {}
    names = [name for name in dict.fromkeys((*old, *new)) if name not in ("effects", "basis")]
    changed = [name for name in names if old.get(name) != new.get(name)]
    return tuple(Change(name, _plain(old.get(name)), _plain(new.get(name))) for name in changed)


def _plain(value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return tuple(_plain(one) for one in value.values())
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _evidence_changes(before: Deployment, after: Deployment) -> tuple[EvidenceChange, ...]:
    rows = (row for row in _evidence((before, after)) if row.differs)
    return tuple(EvidenceChange(*row.cells) for row in rows)


def _level_changes(before: Profile, after: Profile) -> tuple[LevelChange, ...]:
    pairs = ((name, before.criteria[name], after.criteria[name]) for name in before.criteria)
    return tuple(LevelChange(*pair) for pair in pairs if _span(pair[1]) != _span(pair[2]))


def _span(level: Scored) -> object:
    return (level.low, level.high) if isinstance(level, Level) else level


def _known(profile: Profile) -> tuple[str, ...]:
    closed = tuple(f"gate {one.id}" for one in profile.gates if one.state is not Gate.OPEN)
    levels = profile.criteria.items()
    return closed + tuple(
        name
        for name, level in levels
        if level is not None and (not isinstance(level, Level) or level.known)
    )


def _only(these: tuple[str, ...], not_those: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in these if one not in not_those)


def _ordered(effects: frozenset[Effect]) -> tuple[Effect, ...]:
    return tuple(effect for effect in Effect if effect in effects)
