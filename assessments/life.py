"""What pages and documents read about an assessment on its way to a decision and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404

from accounts.models import Membership
from assessments.answering import value_of
from assessments.freezing import thawed
from assessments.law_in_use import catalogue
from assessments.models import (
    Assessment,
    AssessmentQuerySet,
    Decision,
    Disagreement,
    Review,
    Submission,
)
from assessments.selectors import assessment_with_answers
from law.facts import FactsError, read_answer
from law.wording import answer_in_words
from models_registry.models import UseCase

State = Assessment.State


@dataclass(frozen=True)
class Life:
    """An assessment with everything people have said and signed about it, and about its use."""

    assessment: Assessment
    past: list[Assessment] = field(default_factory=list)
    submission: Submission | None = None
    decision: Decision | None = None
    reviews: list[Review] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    authors: set[UUID] = field(default_factory=set)


def life_of(assessment: Assessment) -> Life:
    """In a handful of queries, whatever has happened."""
    past = with_history(assessment.use_case)
    # Read together with the others of its use, because pages show those too.
    own = next(row for row in past if row.pk == assessment.pk)
    return Life(
        assessment=assessment,
        past=past,
        submission=next((s for s in own.submissions.all() if s.revision == own.revision), None),
        decision=getattr(own, "decision", None),
        reviews=list(own.reviews.all()),
        disagreements=list(
            assessment.disagreements.filter(withdrawn_at=None).select_related("stated_by")
        ),
        authors=set(assessment.authors.values_list("person_id", flat=True)),
    )


def assessments_of_use(member: Membership, use_id: UUID) -> AssessmentQuerySet:
    return assessment_with_answers(member).filter(use_case_id=use_id)


def shown_assessment(member: Membership, use_id: UUID) -> Assessment:
    """The one that counts; of a retired use the one that did. 404 for strangers."""
    rows = assessments_of_use(member, use_id)
    archived = rows.filter(state=State.ARCHIVED).order_by("created_at")
    found = rows.current().first() or archived.first()
    if found is None:
        raise Http404
    return found


def assessment_in_progress(member: Membership, use_id: UUID) -> Assessment | None:
    """The one that people work on, which may be the re-assessment of a decided one."""
    return assessments_of_use(member, use_id).in_progress().first()


def with_history(use_case: UseCase) -> list[Assessment]:
    """All assessments of a use with what was signed about them; no frozen text is read."""
    signed = ("decision__decided_by", "decision__withdrawn_by", "decision__submission")
    handed_in = Submission.objects.select_related("submitted_by").defer("packed")
    reviews = Review.objects.select_related("reviewed_by")
    rows = Assessment.objects.filter(use_case=use_case).select_related(*signed)
    rows = rows.defer("decision__submission__packed")
    return list(
        rows.prefetch_related(Prefetch("submissions", handed_in), Prefetch("reviews", reviews))
    )


def changes_since(
    former: Submission, assessment: Assessment, language: str
) -> list[dict[str, Any]]:
    """Each answer that differs from what was handed in then, in words."""
    before = {row["question"]: row["value"] for row in thawed(former)["answers"]}
    after = {answer.question_id: value_of(answer) for answer in assessment.answers.all()}
    questions = catalogue().entries.questions
    return [
        {
            "question": question.text.in_language(language),
            "before": _in_words(question.id, before, language),
            "after": _in_words(question.id, after, language),
        }
        for question in questions.values()
        if before.get(question.id) != after.get(question.id)
    ]


def _in_words(question_id: str, answers: Mapping[str, Any], language: str) -> str:
    question, value = catalogue().question(question_id), answers.get(question_id)
    try:
        known = None if value is None else read_answer(question, value)
    except (FactsError, ValueError):
        return str(value)
    return answer_in_words(question, known, language)


def signed_before(assessment: Assessment) -> Submission | None:
    """What a second person last had before them: the former decision's, or before the changes."""
    # Of two of one revision, the later was handed in again as it was.
    earlier = next(iter(assessment.submissions.all()[1:2]), None)
    if earlier or assessment.reassesses_id is None:
        return earlier
    return Submission.objects.filter(decision__assessment=assessment.reassesses_id).first()
