"""Conditions over facts: read, their named parts listed, compiled into three-valued closures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Truth = bool | None
Value = bool | str | frozenset[str] | int | float | date
Values = list[Any]
Evaluate = Callable[[Values], Truth]


@dataclass(frozen=True, slots=True)
class Ref:
    """A concept, outcome, role or yes/no question that must hold."""

    id: str


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison with the answer to one question."""

    question: str
    operator: str
    operand: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """True under one reading of a provision whose sources disagree."""

    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Ref | Test | Reading | All | AnyOf | Not

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, operand: value == operand,
    "is_any_of": lambda value, operand: value in operand,
    "includes": lambda value, operand: operand in value,
    "includes_any_of": lambda value, operand: not operand.isdisjoint(value),
    "above": lambda value, operand: value > operand,
    "at_least": lambda value, operand: value >= operand,
    "below": lambda value, operand: value < operand,
    "before": lambda value, operand: value < operand,
    "from": lambda value, operand: value >= operand,
}


def read_condition(data: Any) -> Condition:
    """The condition that schema-checked YAML states."""
    if isinstance(data, str):
        return Ref(data)
    ((key, value),) = data.items()
    match key:
        case "all":
            return All(tuple(read_condition(part) for part in value))
        case "any":
            return AnyOf(tuple(read_condition(part) for part in value))
        case "not":
            return Not(read_condition(value))
        case "reading":
            ((reading, option),) = value.items()
            return Reading(reading, option)
    ((operator, operand),) = value.items()
    return Test(key, operator, _operand(operator, operand))


def _operand(operator: str, operand: Any) -> Any:
    if operator in ("before", "from"):
        return date.fromisoformat(operand)
    return frozenset(operand) if isinstance(operand, list) else operand


def parts_of(condition: Condition) -> Iterator[Condition]:
    """The condition itself and everything inside it, outermost first."""
    yield condition
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from parts_of(part)
        case Not(part):
            yield from parts_of(part)


def names_in(condition: Condition) -> frozenset[str]:
    """The ids of all questions and rules that the condition looks at."""
    found = parts_of(condition)
    return frozenset(
        part.id if isinstance(part, Ref) else part.question
        for part in found
        if isinstance(part, Ref | Test)
    )


def compile_condition(
    condition: Condition, slots: Mapping[str, int], readings: Mapping[str, str]
) -> Evaluate:
    """A function of the slot values that says true, false or None for not known yet."""
    match condition:
        case Ref(name):
            return _look_up(slots[name])
        case Test(question, operator, operand):
            return _comparison(slots[question], _COMPARE[operator], operand)
        case Reading(reading, option):
            holds = readings[reading] == option
            return lambda values: holds
        case Not(part):
            return _negation(compile_condition(part, slots, readings))
        case All(parts):
            return _all_of(tuple(compile_condition(part, slots, readings) for part in parts))
    return _any_of(tuple(compile_condition(part, slots, readings) for part in condition.parts))


def _look_up(slot: int) -> Evaluate:
    def evaluate(values: Values) -> Truth:
        truth: Truth = values[slot]
        return truth

    return evaluate


def _comparison(slot: int, compare: Callable[[Any, Any], bool], operand: Any) -> Evaluate:
    def evaluate(values: Values) -> Truth:
        value = values[slot]
        return None if value is None else compare(value, operand)

    return evaluate


def _negation(part: Evaluate) -> Evaluate:
    def evaluate(values: Values) -> Truth:
        truth = part(values)
        return None if truth is None else not truth

    return evaluate


def _all_of(parts: tuple[Evaluate, ...]) -> Evaluate:
    """False when one is false, else None when one is not known, else True."""

    def evaluate(values: Values) -> Truth:
        result: Truth = True
        for part in parts:
            truth = part(values)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return evaluate


def _any_of(parts: tuple[Evaluate, ...]) -> Evaluate:
    """True when one is true, else None when one is not known, else False."""

    def evaluate(values: Values) -> Truth:
        result: Truth = False
        for part in parts:
            truth = part(values)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return evaluate
