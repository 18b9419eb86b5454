"""Answers that were given, but that the answers before them would not lead to any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from law.compiled import Catalogue, Evaluation
from law.entries import Question
from law.explanation import decisive_questions


def passed_over(evaluation: Evaluation, in_order: Sequence[Question]) -> frozenset[str]:
    """Which of the answered questions would not be asked, given the answers before them.

    One that only a later answer makes pointless was rightly asked, and is not among them.
    """
    goals = Goals.of(evaluation.catalogue)
    pointless = [
        question
        for question in in_order
        if evaluation.answer(question.id) is not None
        and not goals.depend_on(question.id, evaluation.changed(question.id, None))
    ]
    if not pointless:
        return frozenset()
    nothing = _under(evaluation, ())
    first_met = decisive_questions(nothing)
    found = set()
    for question in pointless:
        if question.id in first_met:
            before = [q.id for q in in_order[: in_order.index(question)] if q.id in first_met]
        else:
            before = [*first_met, *_gates(evaluation, question)]
        if not goals.depend_on(question.id, _under(evaluation, before)):
            found.add(question.id)
    return frozenset(found)


def _under(evaluation: Evaluation, names: Sequence[str]) -> Evaluation:
    """The same with the answers to these questions alone."""
    answers = {name: evaluation.answer(name) for name in names}
    facts = {name: value for name, value in answers.items() if value is not None}
    return evaluation.catalogue.evaluate(facts, evaluation.on, evaluation.readings)


def _gates(evaluation: Evaluation, question: Question) -> list[str]:
    """The questions that come before this one, nearest first."""
    found = []
    while question.gate:
        found.append(question.gate)
        question = evaluation.catalogue.question(question.gate)
    return found


@dataclass(frozen=True)
class Goals:
    """What people are told, by name; the day of a duty counts while the duty may be owed."""

    results: frozenset[str]
    clauses: Mapping[str, list[int]]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Goals":
        clauses: dict[str, list[int]] = {}
        for entry in catalogue.duty_slots:
            for name in entry.clause_names:
                clauses.setdefault(name, []).append(entry.owed)
        return cls(frozenset(name for name, _ in catalogue.result_slots), clauses)

    def depend_on(self, question_id: str, evaluation: Evaluation) -> bool:
        """Whether an unanswered question can still change any of it.

        The same as being among `relevant_questions`, looked at from below, which costs less.
        """
        waiting, seen = [question_id], {question_id}
        while waiting:
            name = waiting.pop()
            owed = self.clauses.get(name, ())
            if name in self.results or any(evaluation.values[slot] is not False for slot in owed):
                return True
            for reader in evaluation.catalogue.readers(name):
                if reader not in seen and evaluation.answer(reader) is None:
                    seen.add(reader)
                    waiting.append(reader)
        return False
