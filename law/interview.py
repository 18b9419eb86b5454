"""The questions as people meet them: section by section, what comes next, why one is not asked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from law.compiled import Evaluation
from law.conditions import Value
from law.dormancy import passed_over
from law.entries import Question, Rule
from law.explanation import (
    decisive_questions,
    open_questions,
    relevant_questions,
    role_questions,
    shown_questions,
)
from law.reasons import Reason, Reasons

SECTIONS = (
    "what_it_is",
    "where",
    "roles",
    "never",
    "product",
    "area",
    "effect",
    "people_see",
    "model",
    "circumstances",
)


class Standing(StrEnum):
    """Where a question stands: answered, answered "I don't know", or why it is not answered yet.

    ``later``: it only bears on roles and duties, which rest on a class that is still open.
    ``gated``: the question before it comes first. ``irrelevant``: it can change nothing any more.
    ``dormant``: people have met it, but the answers before it would not lead to it any more.
    """

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOW = "now"
    LATER = "later"
    GATED = "gated"
    IRRELEVANT = "irrelevant"
    DORMANT = "dormant"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a question does not matter: a deciding answer, and the rule that it decided.

    Without ``question`` no wording that is in force looks at it.
    """

    question: str | None
    rule: str | None


@dataclass(frozen=True)
class Interview:
    """All questions under one set of facts; ``asked`` are those that people have met."""

    evaluation: Evaluation
    asked: frozenset[str]

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where each question stands, in the order of the pages."""
        return {question.id: self._standing(question) for question in self._in_order}

    @cached_property
    def _in_order(self) -> list[Question]:
        questions = self.evaluation.catalogue.entries.questions.values()
        return sorted(questions, key=lambda question: SECTIONS.index(question.section))

    @cached_property
    def _passed_over(self) -> frozenset[str]:
        return passed_over(self.evaluation, self._in_order)

    @cached_property
    def relevant(self) -> frozenset[str]:
        return frozenset(relevant_questions(self.evaluation))

    @cached_property
    def shown(self) -> frozenset[str]:
        """The relevant questions that can be asked now or later without another one before them."""
        return shown_questions(self.evaluation, self.relevant, self.asked)

    @cached_property
    def _first(self) -> frozenset[str]:
        """What is asked now: what bears on an outcome; without any such question, the rest."""
        waiting = self.shown - self.asked
        return waiting & decisive_questions(self.evaluation) or waiting

    def _standing(self, question: Question) -> Standing:
        name = question.id
        if self.evaluation.answer(name) is not None:
            return Standing.DORMANT if name in self._passed_over else Standing.ANSWERED
        if name in self.asked:
            return Standing.UNKNOWN if name in self.relevant else Standing.DORMANT
        if name not in self.relevant:
            return Standing.IRRELEVANT
        if name not in self.shown:
            return Standing.GATED
        return Standing.NOW if name in self._first else Standing.LATER

    def of(self, standing: Standing, section: str | None = None) -> list[str]:
        """The questions that stand so, in the order of the pages."""
        question = self.evaluation.catalogue.question
        return [
            name
            for name, found in self.standings.items()
            if found is standing and section in (None, question(name).section)
        ]

    def next_after(self, question_id: str | None = None) -> str | None:
        """What to ask next: in the same section first, then in the order of the sections."""
        waiting = self.of(Standing.NOW)
        if not waiting:
            return None
        if not self._decides(waiting):
            return self._most_settling(waiting)
        section = self.evaluation.catalogue.question(question_id).section if question_id else None
        near = [name for name in waiting if self._section(name) == section]
        return (near or waiting)[0]

    def _decides(self, waiting: list[str]) -> bool:
        return not decisive_questions(self.evaluation).isdisjoint(waiting)

    def _most_settling(self, waiting: list[str]) -> str:
        # Who somebody is decides what else they can be asked; then one good question about duties
        # often makes the others pointless.
        of_roles = role_questions(self.evaluation)
        about_roles = [name for name in waiting if name in of_roles]
        ranked = (question.id for question in open_questions(self.evaluation, self.asked))
        return next(name for name in ranked if name in (about_roles or waiting))

    def _section(self, name: str) -> str:
        return self.evaluation.catalogue.question(name).section

    def after(self, question_id: str, value: Value | None) -> "Interview":
        """The same with one more answer, or another one."""
        changed = self.evaluation.changed(question_id, value)
        return Interview(changed, self.asked | {question_id})

    def before(self, question_id: str) -> "Interview":
        """The same as if nobody had met this question."""
        without = self.after(question_id, None)
        return replace(without, asked=self.asked - {question_id})

    def grounds(self, question_id: str) -> Grounds:
        """Which answer makes an irrelevant question irrelevant; its gate where that says it."""
        if question_id in self.asked:
            return self.before(question_id).grounds(question_id)
        deciding = list(self._deciding(question_id))
        gate = self.evaluation.catalogue.question(question_id).gate
        for rule, reason in deciding:
            if reason.id == gate:
                return Grounds(gate, rule)
        counts = Counter(reason.id for _rule, reason in deciding)
        if not counts:
            return Grounds(None, None)
        ((answer, _count),) = counts.most_common(1)
        return Grounds(answer, next(rule for rule, reason in deciding if reason.id == answer))

    def _deciding(self, question_id: str) -> Iterator[tuple[str | None, Reason]]:
        rules = self.evaluation.catalogue.entries.rules
        for name in self._decided_above(question_id):
            for reason in self._reasons.answers(name):
                yield (name if name in rules else None), reason

    def _decided_above(self, question_id: str) -> list[str]:
        """The nearest conditions above a question that are decided without it."""
        readers, found = self.evaluation.catalogue.readers, dict[str, None]()
        waiting, seen = list(readers(question_id)), set[str]()
        while waiting:
            name = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if self.evaluation.answer(name) is None:
                waiting += readers(name)
            else:
                found[name] = None
        return list(found)

    @cached_property
    def _reasons(self) -> Reasons:
        return Reasons(self.evaluation)


def rules_looking_at(evaluation: Evaluation, question_id: str) -> list[Rule]:
    """The rules in force that read a question, nearest first, down to the first outcomes."""
    catalogue = evaluation.catalogue
    rules, found = catalogue.entries.rules, dict[str, Rule]()
    waiting = list(catalogue.readers(question_id))
    while waiting:
        name = waiting.pop(0)
        rule = rules.get(name)
        if rule is None or name in found or not rule.in_force(evaluation.on):
            continue
        found[name] = rule
        if rule.kind == "concept":
            waiting += catalogue.readers(name)
    return list(found.values())
