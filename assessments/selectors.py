"""What pages and documents read about assessments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, OuterRef, Prefetch, Q, Subquery

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
from models_registry.models import SystemModel, UseCase, UseCaseQuerySet


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


def uses_in_register(actor: Actor) -> UseCaseQuerySet:
    """The uses that are not retired, with columns of the assessment of each that counts.

    Found from the side of the uses, whose index of names leads through a long register in order.
    """
    decided = Q(assessments__state=Assessment.State.DECIDED)
    first = Q(assessments__reassesses=None, assessments__state__in=Assessment.UNDECIDED_STATES)
    rows = UseCase.objects.visible_to(actor).in_use()
    current = FilteredRelation("assessments", condition=decided | first)
    return _with_columns(rows.annotate(current=current), Q(current__isnull=False))


def uses_retired(actor: Actor) -> UseCaseQuerySet:
    """The same for retired uses, whose assessments may lie in the archive."""
    rows = UseCase.objects.visible_to(actor).filter(retired_at__isnull=False)
    current = FilteredRelation("assessments")
    return _with_columns(rows.annotate(current=current), Q(current=Subquery(_first_standing("pk"))))


def _with_columns(rows: UseCaseQuerySet, found: Q) -> UseCaseQuerySet:
    # As columns, because each filter on the relation itself would join the table once more.
    return rows.filter(found).annotate(
        current_state=F("current__state"),
        current_class=F("current__headline"),
        current_roles=F("current__roles"),
        current_day=F("current__next_day"),
        current_change=F("current__changed_at"),
    )


def assessments_of_retired(actor: Actor) -> AssessmentQuerySet:
    """The assessments that `uses_retired` finds."""
    rows = Assessment.objects.visible_to(actor).filter(use_case__retired_at__isnull=False)
    return rows.filter(pk=Subquery(_first_standing("use_case")))


def _first_standing(use_case: str) -> AssessmentQuerySet:
    rows = Assessment.objects.filter(use_case=OuterRef(use_case))
    standing = rows.exclude(state=Assessment.State.SUPERSEDED)
    return standing.order_by("created_at", "pk").values("pk")[:1]  # type: ignore[return-value]


def _with(rows: UseCaseQuerySet, current: Q) -> UseCaseQuerySet:
    joined = rows.annotate(current=FilteredRelation("assessments", condition=current))
    return joined.filter(Q(current__isnull=False))


def assessments_in_register(actor: Actor) -> AssessmentQuerySet:
    """The assessments that `uses_in_register` finds."""
    retired = UseCase.objects.visible_to(actor).filter(retired_at__isnull=False)
    # The few that are retired are looked up once; a join would look up every use.
    return Assessment.objects.visible_to(actor).current().exclude(use_case__in=retired.values("pk"))


def classes_and_days(actor: Actor) -> list[tuple[str, date | None, int]]:
    """Of all uses that are not retired: class, day of the next duties, and how many have both."""
    counted = assessments_in_register(actor).order_by().values_list("headline", "next_day")
    return list(counted.annotate(n=Count("*")))


# What a row of the register shows; reading the other columns would take as long as all the rest.
_SHOWN = (
    "use_case", "state", "headline", "gpai", "at_best", "at_worst", "outcomes", "roles", "as_of",
    "open_questions", "next_day", "since_day", "duties", "findings_by_status",
    "use_case__name", "use_case__purpose", "use_case__unit", "use_case__is_example",
    "use_case__retired_at", "use_case__system__name", "use_case__system__version",
    "use_case__model__name", "use_case__model__version", "use_case__model__access",
    "use_case__model__licence", "use_case__model__catalogue_id",
    "decision__assessment", "decision__outcome", "decision__lapse", "decision__valid_until",
    "decision__withdrawn_at", "decision__not_reviewed", "decision__subject_id",
    "decision__subject_version", "decision__catalogue_digest",
)  # fmt: skip


def as_rows(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    """With everything a row of the register shows, in a constant number of queries."""
    rows = rows.select_related("use_case__system", "use_case__model", "decision").only(*_SHOWN)
    inside = (
        "model__name",
        "model__version",
        "model__access",
        "model__licence",
        "model__catalogue_id",
    )
    parts = SystemModel.objects.select_related("model").only("system", "model", *inside)
    return rows.prefetch_related(Prefetch("use_case__system__parts", parts))


def assessment_with_answers(actor: Actor) -> AssessmentQuerySet:
    """For one page: what `with_answers` gives, of those the actor may see."""
    return with_answers(Assessment.objects.visible_to(actor))


def with_answers(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    """For one page or document: use, system, models, answers with their people, findings."""
    answers = Prefetch("answers", Answer.objects.select_related("answered_by"))
    return rows.select_related(
        "organisation", "use_case__system__supplier", "use_case__model__provider"
    ).prefetch_related("use_case__system__parts__model__provider", answers, "findings")
