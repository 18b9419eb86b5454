"""Why a rule holds, does not hold or is open: only the parts that made it so."""

from collections.abc import Iterator
from dataclasses import dataclass

from law.compiled import Evaluation
from law.conditions import (
    Condition,
    Not,
    Reading,
    Ref,
    Test,
    Truth,
    Value,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule or an answer with its truth, and beneath it what decided that.

    ``kind`` is ``rule``, ``question`` or ``reading``; ``value`` is the answer, if known.
    """

    id: str
    kind: str
    truth: Truth
    value: Value | None = None
    parts: tuple["Reason", ...] = ()


class Reasons:
    """The reasons of one evaluation; a rule that several outcomes share is explained once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._rules = evaluation.catalogue.entries.rules
        self._found: dict[str, Reason] = {}

    def of(self, rule_id: str) -> Reason:
        """The reason of one rule."""
        if rule_id not in self._found:
            truth = self._evaluation.truth(rule_id)
            parts = self._deciding(self._rules[rule_id].when, truth)
            self._found[rule_id] = Reason(
                rule_id, "rule", truth, None, tuple({part.id: part for part in parts}.values())
            )
        return self._found[rule_id]

    def answers(self, name: str) -> list[Reason]:
        """The answers that decided a rule or another named condition."""
        parts = self._deciding(
            self._evaluation.catalogue.condition(name), self._evaluation.truth(name)
        )
        return [leaf for part in parts for leaf in _leaves(part)]

    def _deciding(self, condition: Condition, truth: Truth) -> list[Reason]:
        match condition:
            case Ref(name):
                return [self.of(name) if name in self._rules else self._answer(name, truth)]
            case Test(question):
                return [self._answer(question, truth)]
            case Reading(reading):
                return [Reason(reading, "reading", truth)]
            case Not(part):
                return self._deciding(part, None if truth is None else not truth)
        truth_of, values = self._evaluation.program.truth_of, self._evaluation.values
        # A part that points the other way did not decide anything.
        return [
            reason
            for part in condition.parts
            if truth_of(part, values) is truth
            for reason in self._deciding(part, truth)
        ]

    def _answer(self, question: str, truth: Truth) -> Reason:
        return Reason(question, "question", truth, self._evaluation.answer(question))


def _leaves(reason: Reason) -> Iterator[Reason]:
    if reason.kind == "question":
        yield reason
    for part in reason.parts:
        yield from _leaves(part)
