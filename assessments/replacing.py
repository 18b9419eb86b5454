"""What another model in its place would change in an assessment; nothing is changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.duty_checks import checks_for
from assessments.known_models import KnownModel, facts_by_model, known_models_of
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Finding, Support
from assessments.proposing import POINTLESS
from assessments.selectors import determination_of, interview_of
from assessments.supports import by_answer, by_finding
from law import determine
from law.conditions import Truth
from law.determination import Determination
from law.facts import read_answer
from models_registry.checks.answer_proposals import propose
from models_registry.checks.results import Strength
from models_registry.models import AIModel
from models_registry.sovereignty.knowledge import check_catalogue


@dataclass(frozen=True)
class AnswerChange:
    """An answer that the other model puts in question; ``suggested`` is None where it is silent.

    ``resting`` counts the evidence about the model to go that the answer rests on.
    """

    question_id: str
    stands: Any
    suggested: Any
    resting: int


@dataclass(frozen=True)
class DutyChange:
    """Whether a duty applies before and after: True, None for open, False."""

    duty_id: str
    before: Truth
    after: Truth


@dataclass(frozen=True)
class FindingChange:
    """A finding whose evidence changes: what checks of the models give it before and after."""

    duty_id: str
    finding: Finding | None
    before: Strength | None
    after: Strength | None
    resting: int


@dataclass(frozen=True)
class Touched:
    """All that would change in one assessment."""

    assessment: Assessment
    answers: tuple[AnswerChange, ...]
    duties: tuple[DutyChange, ...]
    findings: tuple[FindingChange, ...]


def touched(
    assessments: Iterable[Assessment], model: AIModel, other: KnownModel
) -> dict[UUID, Touched]:
    """What changes in each, by its key, in a constant number of queries."""
    listed = list(assessments)
    inside, resting = known_models_of(listed), _resting(listed, model)
    found = {}
    for one in listed:
        before = inside[one.pk]
        after = [other if known.model.pk == model.pk else known for known in before]
        found[one.pk] = _Change(one, before, after, resting).told()
    return found


def _resting(assessments: Iterable[Assessment], model: AIModel) -> dict[UUID, int]:
    """How much of the evidence about the model each answer and finding rests on, by its key."""
    of_them = Support.objects.filter(answer__assessment__in=assessments) | Support.objects.filter(
        finding__assessment__in=assessments
    )
    of_model = of_them.filter(run__model=model) | of_them.filter(evidence__attachments__model=model)
    rows = list(of_model.only("answer_id", "finding_id").distinct())
    return {key: len(group) for key, group in (by_answer(rows) | by_finding(rows)).items()}


class _Change:
    def __init__(
        self,
        assessment: Assessment,
        before: list[KnownModel],
        after: list[KnownModel],
        resting: Mapping[UUID, int],
    ) -> None:
        self._assessment, self._before, self._after = assessment, before, after
        self._resting = resting
        self._result = determination_of(assessment)
        self._answers = {answer.question_id: answer for answer in assessment.answers.all()}
        self._findings = {finding.duty_id: finding for finding in assessment.findings.all()}

    def told(self) -> Touched:
        answers = tuple(self._answer_changes())
        return Touched(
            self._assessment,
            answers,
            tuple(self._duty_changes(answers)),
            tuple(self._finding_changes()),
        )

    def _answer_changes(self) -> Iterator[AnswerChange]:
        before, after = self._suggested(self._before), self._suggested(self._after)
        matters = interview_of(self._assessment, self._result).standings
        for name, standing in matters.items():
            if standing in POINTLESS:
                continue
            stands, answer = self._result.facts.get(name), self._answers.get(name)
            resting = self._resting.get(answer.pk, 0) if answer else 0
            suggested = after.get(name)
            turned = suggested != before.get(name) and suggested != stands
            backed = name in before and before[name] == stands
            if resting or (turned and (suggested is not None or backed)):
                yield AnswerChange(name, stands, suggested, resting)

    def _suggested(self, models: list[KnownModel]) -> dict[str, Any]:
        found, _disputed = propose(facts_by_model(models, self._assessment), check_catalogue())
        questions = catalogue().entries.questions
        suggested = {}
        for one in found:
            try:
                suggested[one.question] = read_answer(questions[one.question], one.value)
            except (KeyError, ValueError):
                # The law has changed since the table was written; what no longer fits is left out.
                continue
        return suggested

    def _duty_changes(self, answers: Iterable[AnswerChange]) -> Iterator[DutyChange]:
        facts = dict(self._result.facts)
        for one in answers:
            facts.pop(one.question_id, None)
            if one.suggested is not None:
                facts[one.question_id] = one.suggested
        on, readings = self._assessment.as_of, self._assessment.readings
        after = _applying(determine(catalogue(), facts, on=on, readings=readings))
        before = _applying(self._result.determination)
        for duty in {**before, **after}:
            change = DutyChange(duty, before.get(duty, False), after.get(duty, False))
            if change.before != change.after:
                yield change

    def _finding_changes(self) -> Iterator[FindingChange]:
        # A duty that does not apply just now may have kept a finding that rests on the model.
        for duty in dict.fromkeys((*_applying(self._result.determination), *self._findings)):
            finding = self._findings.get(duty)
            resting = self._resting.get(finding.pk, 0) if finding else 0
            before, after = _weakest(duty, self._before), _weakest(duty, self._after)
            applies = finding is None or finding.applies
            if resting or (applies and before != after):
                yield FindingChange(duty, finding, before, after, resting)


def _applying(result: Determination) -> dict[str, Truth]:
    return {duty.id: duty.truth for duty in result.duties}


def _weakest(duty_id: str, models: list[KnownModel]) -> Strength | None:
    """None where no check could show anything of the duty."""
    checks = checks_for(duty_id, models)
    return checks.weakest if checks else None
