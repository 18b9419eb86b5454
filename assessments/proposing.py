"""Answers that what is known of the models suggests: worked out each time, never applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from json import dumps
from typing import Any

from assessments.known_models import KnownModel, facts_by_model, known_models
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment, Proposal
from law.conditions import Value
from law.facts import read_answer
from law.interview import Interview, Standing
from models_registry.checks.answer_facts import Said
from models_registry.checks.answer_proposals import Disputed, Proposed, propose
from models_registry.checks.results import Strength
from models_registry.sovereignty.knowledge import check_catalogue

# What can change nothing any more is not worth a suggestion.
POINTLESS = (Standing.IRRELEVANT, Standing.DORMANT)


class Stand(StrEnum):
    """How a suggestion stands to the answer that is there now."""

    NEW = "new"
    CONTRADICTS = "contradicts"
    AGREES = "agrees"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Origin:
    """One fact behind a suggestion, and the model it is about."""

    known: KnownModel
    name: str
    said: Said


@dataclass(frozen=True)
class Offered:
    """One suggested answer beside the one that stands; ``silent`` are models that say nothing."""

    question_id: str
    value: Any
    fact: Value
    strength: Strength
    stand: Stand
    answer: Answer | None
    origins: tuple[Origin, ...]
    silent: tuple[KnownModel, ...]

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0

    @cached_property
    def token(self) -> str:
        """Names exactly what was seen: the question, the answer that stood, what was suggested."""
        said = dumps([self.value, self.strength.name], sort_keys=True)
        return f"{self.question_id}:{self.version}:{sha256(said.encode()).hexdigest()[:16]}"

    @property
    def waits(self) -> bool:
        return self.stand in (Stand.NEW, Stand.CONTRADICTS)


@dataclass(frozen=True)
class Proposals:
    """Everything suggested for one assessment, in the order of the table."""

    offered: tuple[Offered, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    models: tuple[KnownModel, ...] = ()

    @property
    def waiting(self) -> list[Offered]:
        return [one for one in self.offered if one.waits]

    def about(self, question_id: str) -> Offered | None:
        return next((one for one in self.offered if one.question_id == question_id), None)

    def by_token(self, token: str) -> Offered | None:
        return next((one for one in self.offered if one.token == token), None)


def proposals_for(
    assessment: Assessment, interview: Interview, models: list[KnownModel] | None = None
) -> Proposals:
    """What may be suggested for the questions that matter; nothing once it is frozen.

    ``models`` spares a reader who has them the queries.
    """
    if assessment.is_frozen:
        return Proposals()
    models = known_models(assessment) if models is None else models
    if not models:
        return Proposals()
    found, disputed = propose(facts_by_model(models, assessment), check_catalogue())
    matters = {n for n, standing in interview.standings.items() if standing not in POINTLESS}
    reader = _Reader(assessment, {str(known.model.pk): known for known in models})
    offered = (reader.offered(one) for one in found if one.question in matters)
    return Proposals(
        offered=tuple(one for one in offered if one is not None),
        disputed=tuple(one for one in disputed if one.question in matters),
        models=tuple(models),
    )


class _Reader:
    """Puts beside each suggestion the answer that stands, and what was done with it before."""

    def __init__(self, assessment: Assessment, models: Mapping[str, KnownModel]) -> None:
        self._models = models
        self._answers = {answer.question_id: answer for answer in assessment.answers.all()}
        rows = Proposal.objects.filter(assessment=assessment).order_by("created_at", "id")
        self._done = {row.question_id: row for row in rows}

    def offered(self, found: Proposed) -> Offered | None:
        question = catalogue().entries.questions.get(found.question)
        if question is None:
            return None
        try:
            fact = read_answer(question, found.value)
        except ValueError:
            # The law has changed since the table was written; what no longer fits is not offered.
            return None
        answer = self._answers.get(found.question)
        return Offered(
            question_id=found.question,
            value=found.value,
            fact=fact,
            strength=found.strength,
            stand=self._stand(found, fact, answer),
            answer=answer,
            origins=tuple(
                Origin(self._models[model], name, said)
                for model, facts in found.because.items()
                for name, said in facts.items()
            ),
            silent=tuple(self._models[model] for model in found.silent),
        )

    def _stand(self, found: Proposed, fact: Value, answer: Answer | None) -> Stand:
        given = _fact_in(answer) if answer else None
        if given == fact:
            return Stand.AGREES
        done = self._done.get(found.question)
        if done and done.state == Proposal.State.REJECTED and done.value == found.value:
            return Stand.REJECTED
        return Stand.NEW if given is None else Stand.CONTRADICTS


def _fact_in(answer: Answer) -> Value | None:
    if answer.value is None:
        return None
    try:
        return read_answer(catalogue().question(answer.question_id), answer.value)
    except ValueError:
        return None
