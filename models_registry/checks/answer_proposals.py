"""Answers of the questionnaire that follow from what is known of models, by a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models_registry.checks.answer_facts import Said
from models_registry.checks.catalogue import Catalogue, Row
from models_registry.checks.results import Strength, Value

Facts = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One answer to one question, and the facts of each model that it rests on."""

    question: str
    value: Any
    because: Mapping[str, Mapping[str, Said]]
    silent: tuple[str, ...] = ()

    @property
    def strength(self) -> Strength:
        """As strong as the weakest fact that it needs."""
        return min(said.strength for facts in self.because.values() for said in facts.values())


@dataclass(frozen=True, slots=True)
class Disputed:
    """A question about which the models of one system say different things."""

    question: str
    values: Mapping[str, Any]


Found = tuple[Any, dict[str, Said]]


def propose(
    facts_by_model: Mapping[str, Facts], catalogue: Catalogue
) -> tuple[list[Proposed], list[Disputed]]:
    """What the models together suggest, in the order of the table, and where they differ."""
    proposed: list[Proposed] = []
    disputed: list[Disputed] = []
    for row in catalogue.section("proposed_answers").values():
        by_model = {name: _of_model(row, facts) for name, facts in facts_by_model.items()}
        found = {name: one for name, one in by_model.items() if one is not None}
        chosen = _COMBINED[row["several"]](found, by_model.keys() - found.keys())
        silent = tuple(name for name in by_model if name not in found)
        if chosen is not None:
            value, names = chosen
            because = {name: found[name][1] for name in names}
            proposed.append(Proposed(row["id"], value, because, silent))
        elif len(_distinct(found)) > 1:
            values = {name: value for name, (value, _facts) in found.items()}
            disputed.append(Disputed(row["id"], values))
    return proposed, disputed


def _of_model(row: Row, facts: Facts) -> Found | None:
    first = _met(row.get("when", {}), facts)
    if first is None:
        return None
    found = _taken(row, facts)
    return (found[0], first | found[1]) if found else None


def _taken(row: Row, facts: Facts) -> Found | None:
    if "take" in row:
        said = facts.get(row["take"])
        return (_plain(said.value), {row["take"]: said}) if said else None
    return _case(row, facts) if "cases" in row else _options(row, facts)


def _case(row: Row, facts: Facts) -> Found | None:
    for case in row["cases"]:
        met = _met(case["when"], facts)
        if met is not None:
            value = case["value"] if "value" in case else _plain(facts[case["value_of"]].value)
            return value, met
    return None


def _options(row: Row, facts: Facts) -> Found | None:
    if not all(name in facts for name in row["needs"]):
        return None
    held = [one["option"] for one in row["options"] if _met(one["when"], facts) is not None]
    if not held and any(_fits(facts.get(k), wanted) for k, wanted in _silent(row)):
        return None
    return sorted(set(held)), {name: facts[name] for name in row["needs"]}


def _silent(row: Row) -> list[tuple[str, Any]]:
    return list(row.get("silent_on", {}).items())


def _met(conditions: Mapping[str, Any], facts: Facts) -> dict[str, Said] | None:
    """The facts by which all conditions are met; None where one is not."""
    if not all(_fits(facts.get(name), wanted) for name, wanted in conditions.items()):
        return None
    return {name: facts[name] for name in conditions}


def _fits(said: Said | None, wanted: Any) -> bool:
    if said is None:
        return False
    accepted = wanted if isinstance(wanted, list) else [wanted]
    held = said.value if isinstance(said.value, tuple) else (said.value,)
    return any(value in accepted for value in held)


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _distinct(found: Mapping[str, Found]) -> list[Any]:
    values: list[Any] = []
    for value, _facts in found.values():
        if value not in values:
            values.append(value)
    return values


Chosen = tuple[Any, list[str]]


def _agreed(found: Mapping[str, Found], _silent: Any) -> Chosen | None:
    values = _distinct(found)
    return (values[0], list(found)) if len(values) == 1 else None


def _united(found: Mapping[str, Found], silent: Any) -> Chosen | None:
    # A model of which nothing is known may add an option, so nothing is said without it.
    if not found or silent:
        return None
    return sorted({option for value, _facts in found.values() for option in value}), list(found)


def _widest(found: Mapping[str, Found], silent: Any) -> Chosen | None:
    wide = {name: one for name, one in found.items() if one[0] != "other_model"}
    if wide:
        return _agreed(wide, silent)
    return _agreed(found, silent) if found and not silent else None


_COMBINED = {"agree": _agreed, "union": _united, "widest": _widest}
