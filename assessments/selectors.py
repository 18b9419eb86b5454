"""What pages and documents read about assessments."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from accounts.models import Actor
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment, AssessmentQuerySet
from law import determine, explain
from law.compiled import Facts
from law.determination import Determination
from law.explanation import Explanation
from law.facts import FactsError, read_facts
from law.interview import Interview
from law.telling import tell
from models_registry.models import UseCase


@dataclass(frozen=True)
class Result:
    """The answers of an assessment and what the law makes of them.

    ``asked`` are the questions that people have met, those answered "I don't know" included.
    """

    facts: Facts
    determination: Determination
    asked: frozenset[str] = frozenset()


def facts_of(assessment: Assessment) -> Facts:
    """The answers as facts; one that no longer fits its question counts as not known."""
    return _facts(assessment.answers.all())


def _facts(answers: Iterable[Answer]) -> Facts:
    given = {answer.question_id: answer.value for answer in answers}
    try:
        return read_facts(catalogue(), given)
    except FactsError as error:
        fitting = {name: value for name, value in given.items() if name not in error.faults}
        return read_facts(catalogue(), fitting)


def determination_of(assessment: Assessment) -> Result:
    """Computed from the answers; it costs less than a query and is never stored while a draft."""
    answers = list(assessment.answers.all())
    facts = _facts(answers)
    result = determine(catalogue(), facts, on=assessment.as_of, readings=assessment.readings)
    return Result(facts, result, frozenset(answer.question_id for answer in answers))


def interview_of(assessment: Assessment, result: Result | None = None) -> Interview:
    """Where each question stands; ``result`` spares a reader who has it the answers."""
    facts, asked = _known(assessment) if result is None else (result.facts, result.asked)
    evaluation = catalogue().evaluate(facts, assessment.as_of, assessment.readings)
    return Interview(evaluation, asked)


def _known(assessment: Assessment) -> tuple[Facts, frozenset[str]]:
    answers = list(assessment.answers.all())
    return _facts(answers), frozenset(answer.question_id for answer in answers)


def explanation_of(assessment: Assessment, result: Result) -> Explanation:
    on, readings = assessment.as_of, assessment.readings
    return explain(catalogue(), result.facts, on=on, readings=readings, asked=result.asked)


def told_result(assessment: Assessment, language: str) -> dict[str, Any]:
    """The result in one language as plain data: see `law.telling.tell`."""
    result = determination_of(assessment)
    explanation = explanation_of(assessment, result)
    return tell(catalogue(), result.facts, result.determination, explanation, language)


def assessments_in_register(actor: Actor) -> AssessmentQuerySet:
    """The current assessment of each use, with everything a row of the register shows."""
    return as_rows(uses_in_force(actor))


def uses_in_force(actor: Actor) -> AssessmentQuerySet:
    """The current assessments of all uses that are not retired."""
    retired = UseCase.objects.visible_to(actor).filter(retired_at__isnull=False)
    # The few that are retired are looked up once; a join would look up every use.
    return Assessment.objects.visible_to(actor).current().exclude(use_case__in=retired.values("pk"))


def retired_from_register(actor: Actor) -> AssessmentQuerySet:
    """The same for retired uses, whose assessments may lie in the archive."""
    rows = Assessment.objects.visible_to(actor).filter(use_case__retired_at__isnull=False)
    standing = Assessment.objects.filter(use_case=OuterRef("use_case")).exclude(
        state=Assessment.State.SUPERSEDED
    )
    return as_rows(rows.filter(pk=Subquery(standing.order_by("created_at", "pk").values("pk")[:1])))


def as_rows(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    """With everything a row of the register shows, in a constant number of queries."""
    rows = rows.select_related("use_case__system", "use_case__model", "decision")
    return rows.prefetch_related("use_case__system__parts__model")


def assessment_with_answers(actor: Actor) -> AssessmentQuerySet:
    """For one page: what `with_answers` gives, of those the actor may see."""
    return with_answers(Assessment.objects.visible_to(actor))


def with_answers(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    """For one page or document: use, system, models, answers with their people, findings."""
    answers = Prefetch("answers", Answer.objects.select_related("answered_by"))
    return rows.select_related(
        "organisation", "use_case__system__supplier", "use_case__model__provider"
    ).prefetch_related("use_case__system__parts__model__provider", answers, "findings")
