"""Answers as people and files give them, checked and turned into facts."""

from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from law.compiled import Catalogue, Facts
from law.conditions import Value
from law.entries import Question


class FactsError(ValueError):
    """Answers that do not fit their questions; ``faults`` maps question id to what is wrong."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = faults


def read_facts(catalogue: Catalogue, answers: Mapping[str, Any]) -> Facts:
    """The facts in the given answers; null or ``unknown`` means not known; else FactsError."""
    facts: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for name, answer in answers.items():
        question = catalogue.entries.questions.get(name)
        if question is None:
            faults[name] = _no_such_question(catalogue, name)
        elif answer is not None and answer != "unknown":
            try:
                facts[name] = read_answer(question, answer)
            except ValueError as error:
                faults[name] = str(error)
    if faults:
        raise FactsError(faults)
    return facts


def _no_such_question(catalogue: Catalogue, name: str) -> str:
    near = get_close_matches(name, catalogue.entries.questions, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "see the questions in law/catalogue"
    return f"there is no such question; {hint}"


def read_answer(question: Question, answer: Any) -> Value:
    """One answer in the type of its question; ValueError saying what is wanted."""
    if question.kind == "yes_no":
        if isinstance(answer, bool):
            return answer
        raise ValueError("answer true, false or unknown")
    if question.kind == "number":
        return _number(answer)
    if question.kind == "date":
        return _day(answer)
    options = [option.id for option in question.options]
    if question.kind == "one_of":
        if isinstance(answer, str) and answer in options:
            return answer
        raise ValueError(f"answer one of {', '.join(sorted(options))}, or unknown")
    if isinstance(answer, list | tuple | set | frozenset) and all(one in options for one in answer):
        return frozenset(answer)
    raise ValueError(f"answer a list of {', '.join(sorted(options))} (empty for none), or unknown")


def plain_answer(value: Value) -> bool | str | int | float | list[str]:
    """The fact as JSON can hold it; a day as YYYY-MM-DD, several options as a sorted list."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def _number(answer: Any) -> float:
    # Not a number, infinity and truth values would pass for numbers in Python.
    if isinstance(answer, int | float) and not isinstance(answer, bool) and 0 <= answer <= 1e300:
        return float(answer)
    raise ValueError("answer a number that is not negative, such as 3.5e24, or unknown")


def _day(answer: Any) -> date:
    if isinstance(answer, date) and not isinstance(answer, datetime):
        return answer
    try:
        return date.fromisoformat(answer)
    except (TypeError, ValueError) as error:
        raise ValueError("answer a day such as 2026-08-02, or unknown") from error
