"""A result told in one language as plain data: the same for page, PDF, command line and API."""

from collections.abc import Iterator
from typing import Any

from law.compiled import Catalogue, Facts
from law.determination import (
    GPAI_STANDINGS,
    TIERS,
    Determination,
    DutyResult,
    OutcomeResult,
    RoleResult,
)
from law.entries import Duty, Text
from law.explanation import Explanation, Pivot
from law.facts import plain_answer
from law.reasons import Reason
from law.wording import answer_in_words, cites_in_words, word

Told = dict[str, Any]


def tell(
    catalogue: Catalogue,
    facts: Facts,
    result: Determination,
    explanation: Explanation,
    language: str,
) -> Told:
    """Everything a reader is told about a result, as JSON can hold it; days as YYYY-MM-DD."""
    teller = _Teller(catalogue, facts, language)
    return {
        "as_of": result.on.isoformat(),
        "law_version": result.law_version,
        "catalogue_digest": result.digest,
        "headline": str(result.headline),
        "at_best": str(result.at_best),
        "at_worst": str(result.at_worst),
        "gpai": str(result.gpai),
        "next_day": result.next_day.isoformat() if result.next_day else None,
        "outcomes": [
            teller.outcome(outcome) for outcome in sorted(result.outcomes, key=_gravest_first)
        ],
        "roles": [teller.role(role) for role in result.roles],
        "duties": [teller.duty(duty) for duty in result.duties],
        "readings": [
            teller.reading(switch, option) | {"matters": switch in explanation.telling_readings}
            for switch, option in result.readings.items()
        ],
        "open_questions": [
            teller.question(waiting.id)
            | {"settles": waiting.settles, "settles_headline": waiting.settles_headline}
            for waiting in explanation.open_questions
            if waiting.shown
        ],
        "pivots": [teller.pivot(pivot) for pivot in explanation.pivots],
    }


class _Teller:
    """Finds the words for ids in one language."""

    def __init__(self, catalogue: Catalogue, facts: Facts, language: str) -> None:
        self._catalogue, self._facts, self._language = catalogue, facts, language

    def _say(self, text: Text | None) -> str:
        return text.in_language(self._language) if text else ""

    def _cites(self, cites: tuple[str, ...]) -> list[dict[str, Any]]:
        return cites_in_words(cites, self._language)

    def outcome(self, outcome: OutcomeResult) -> Told:
        rule = self._catalogue.rule(outcome.id)
        return {
            "id": rule.id,
            "tier": outcome.tier,
            "open": outcome.truth is None,
            "title": self._say(rule.title),
            "text": self._say(rule.text),
            "cites": self._cites(rule.cite),
            "applies_from": outcome.applies_from.isoformat(),
            "bites": outcome.bites,
            "because": [self._step(part) for part in outcome.because.parts],
        }

    def role(self, role: RoleResult) -> Told:
        rule = self._catalogue.rule(role.id)
        return {
            "id": rule.id,
            "open": role.truth is None,
            "title": self._say(rule.title),
            "text": self._say(rule.text),
            "cites": self._cites(rule.cite),
            "because": [self._step(part) for part in role.because.parts],
        }

    def _step(self, reason: Reason) -> Told:
        """One line of the path walked, with the answers it rests on and the steps beneath it."""
        # The open questions tell what leaves it open; unfolded, it would be most of the law.
        beneath = () if reason.truth is None else reason.parts
        answers = {leaf.id: leaf for leaf in _answers(reason, beneath)}
        return {
            "id": reason.id,
            "truth": reason.truth,
            "text": self._statement(reason),
            "cites": self._cites(self._cited(reason)),
            "answers": [self.answer(leaf.id) for leaf in answers.values()],
            "gathers": "question" not in {reason.kind, *(part.kind for part in reason.parts)},
            "steps": [self._step(part) for part in beneath if part.kind != "question"],
        }

    def _cited(self, reason: Reason) -> tuple[str, ...]:
        entries = self._catalogue.entries
        groups = {"rule": entries.rules, "question": entries.questions, "reading": entries.readings}
        cite: tuple[str, ...] = groups[reason.kind][reason.id].cite  # type: ignore[index]
        return cite

    def _statement(self, reason: Reason) -> str:
        if reason.kind == "question":
            told = self.answer(reason.id)
            return word("answered", self._language).format(told["question"], told["answer"])
        if reason.kind == "reading":
            switch = self._catalogue.entries.readings[reason.id]
            return word("reading", self._language).format(self._say(switch.title))
        rule = self._catalogue.rule(reason.id)
        if reason.truth is not False:
            return self._say(rule.title)
        negated = word("not_the_case", self._language).format(self._say(rule.title))
        return self._say(rule.title_not) or negated

    def answer(self, question_id: str) -> Told:
        question = self._catalogue.question(question_id)
        value = self._facts.get(question_id)
        return {
            "id": question_id,
            "section": question.section,
            "question": self._say(question.text),
            "answer": answer_in_words(question, value, self._language),
            "value": None if value is None else plain_answer(value),
        }

    def question(self, question_id: str) -> Told:
        question = self._catalogue.question(question_id)
        return {
            "id": question_id,
            "section": question.section,
            "question": self._say(question.text),
            "why": self._say(question.why),
            "who": self._say(question.who),
            "cites": self._cites(question.cite),
        }

    def duty(self, result: DutyResult) -> Told:
        duty = self._catalogue.duty(result.id)
        fine = self._catalogue.entries.fines[duty.fine]
        return {
            "id": duty.id,
            "kind": duty.kind,
            "open": result.truth is None,
            "roles": list(result.roles),
            "title": self._say(duty.title),
            "text": self._say(duty.text),
            "cites": self._cites(duty.cite),
            "applies_from": result.applies_from.isoformat() if result.applies_from else None,
            "bites": result.bites,
            "transition": self._transition(result),
            "evidence": [self._say(item) for item in duty.evidence],
            "open_source": duty.open_source_reach,
            "fine": {
                "id": fine.id,
                "title": self._say(fine.title),
                "cites": self._cites(fine.cite),
            },
            "note": self._say(duty.note),
            "warning": self._warning(duty),
        }

    def _transition(self, result: DutyResult) -> Told | None:
        if result.transition is None:
            return None
        transition = self._catalogue.entries.transitions[result.transition]
        return {
            "id": transition.id,
            "title": self._say(transition.title),
            "text": self._say(transition.text),
            "cites": self._cites(transition.cite),
        }

    def _warning(self, duty: Duty) -> str:
        """What the other reading of its first day says."""
        if duty.reading_day is None:
            return ""
        switch = self._catalogue.entries.readings[duty.reading_day.reading]
        return self._say(switch.text)

    def reading(self, switch_id: str, option_id: str) -> Told:
        switch = self._catalogue.entries.readings[switch_id]
        option = next(option for option in switch.options if option.id == option_id)
        return {
            "id": switch_id,
            "title": self._say(switch.title),
            "text": self._say(switch.text),
            "cites": self._cites(switch.cite),
            "option": option_id,
            "option_title": self._say(option.title),
            "option_text": self._say(option.text),
            "is_default": option_id == switch.default,
            "alternatives": [
                {"title": self._say(other.title), "text": self._say(other.text)}
                for other in switch.options
                if other.id != option_id
            ],
        }

    def pivot(self, pivot: Pivot) -> Told:
        question = self._catalogue.question(pivot.question)
        return self.answer(pivot.question) | {
            "instead": answer_in_words(question, pivot.value, self._language),
            "headline": str(pivot.headline),
            "gpai": str(pivot.gpai),
            "duties_gained": list(pivot.duties_gained),
            "duties_lost": list(pivot.duties_lost),
        }


def _gravest_first(outcome: OutcomeResult) -> int:
    return (*TIERS, *GPAI_STANDINGS).index(outcome.tier)


def _answers(reason: Reason, beneath: tuple[Reason, ...]) -> Iterator[Reason]:
    """The answers that a step rests on, its own first."""
    if reason.kind == "question":
        yield reason
    for part in sorted(beneath, key=lambda part: part.kind != "question"):
        yield from _answers(part, part.parts)


def reason_lines(outcome: Told) -> list[Told]:
    """The steps beneath an outcome, what it does first and that the Act reaches it last."""
    lines = {line["id"]: line for step in outcome["because"] for line in _unfolded(step)}
    return sorted(lines.values(), key=lambda line: (line["gathers"], line["id"] == "in_scope"))


def _unfolded(step: Told) -> list[Told]:
    """A step that only gathers steps that gather again says nothing and gives way to them."""
    if step["truth"] and step["gathers"] and all(part["gathers"] for part in step["steps"]):
        return [line for part in step["steps"] for line in _unfolded(part)]
    return [dict(step)]
