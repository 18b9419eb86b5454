"""Saves one answer as somebody gives it; whole batches go through `answering`."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.answering import value_of
from assessments.models import Answer, Assessment, Inquiry
from assessments.services.answering import (
    FrozenError,
    StaleError,
    forget_checks,
    keep,
    plain_answers,
    redetermine,
)
from events.services import record


@dataclass(frozen=True)
class Asked:
    """Whom somebody asks for an answer, and what."""

    whom: str
    reason: str = ""


class ConflictError(StaleError):
    """Somebody else changed this answer since it was read; ``theirs`` is what they made of it."""

    def __init__(self, theirs: Answer) -> None:
        super().__init__("Somebody else changed this answer; compare both.")
        self.theirs = theirs


@transaction.atomic
def save_answer(
    *,
    assessment: Assessment,
    question_id: str,
    version: int,
    value: Any,
    note: str,
    asked: Asked | None,
    by: User,
    source: str = Answer.Source.PERSON,
) -> Answer:
    """The answer as it stands now; one that says the same already is not touched.

    ``version`` is that of the answer which was read, 0 for none. FactsError where the value does
    not fit the question; FrozenError, ConflictError.
    """
    value = plain_answers({question_id: value})[question_id]
    assessment = _locked_and_open(assessment)
    answer = _answer_to(assessment, question_id)
    if answer.version and _says(answer, value, note, asked):
        return answer
    # An answer that nobody has given yet has version 0; another version was never ours to give.
    if answer.version != version:
        raise ConflictError(answer)
    before, asked_before = answer.value, asked_of(answer)
    answer.value, answer.note = value, note
    keep(answer, by, source)
    if version and before != value:
        forget_checks([answer])
    _ask(answer, asked, by)
    assessment.revision += 1
    assessment.changed_at = timezone.now()
    assessment.save(update_fields=["revision", "changed_at"])
    redetermine(assessment=assessment)
    detail: dict[str, Any] = {
        "revision": assessment.revision,
        "before": {question_id: before} if version else {},
        "after": {question_id: value},
    }
    if asked != asked_before:
        detail["asked"] = {"whom": asked.whom, "reason": asked.reason} if asked else None
    record(
        organisation=assessment.organisation,
        actor=by,
        kind="assessment.answered",
        subject=assessment,
        detail=detail,
    )
    return answer


def _locked_and_open(assessment: Assessment) -> Assessment:
    # One save of an assessment at a time, since each writes its summary anew.
    rows = Assessment.objects.select_related("organisation").select_for_update(of=("self",))
    locked = rows.get(pk=assessment.pk)
    if locked.is_frozen:
        raise FrozenError("This assessment can no longer be changed; start a new one.")
    return locked


def _answer_to(assessment: Assessment, question_id: str) -> Answer:
    rows = Answer.objects.select_related("answered_by", "inquiry")
    found = rows.filter(assessment=assessment, question_id=question_id).first()
    return found or Answer(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        question_id=question_id,
        version=0,
    )


def asked_of(answer: Answer) -> Asked | None:
    """Who is being asked about an answer."""
    inquiry: Inquiry | None = getattr(answer, "inquiry", None)
    return Asked(inquiry.whom, inquiry.reason) if inquiry else None


def _says(answer: Answer, value: Any, note: str, asked: Asked | None) -> bool:
    return (value_of(answer), answer.note, asked_of(answer)) == (value, note, asked)


def _ask(answer: Answer, asked: Asked | None, by: User) -> None:
    if asked == asked_of(answer):
        return
    if asked is None:
        Inquiry.objects.filter(answer=answer).delete()
        return
    inquiry = getattr(answer, "inquiry", None) or Inquiry(
        organisation_id=answer.organisation_id, answer=answer
    )
    inquiry.whom, inquiry.reason, inquiry.asked_by = asked.whom, asked.reason, by
    inquiry.clean_fields(exclude=["organisation", "answer", "asked_by"])
    inquiry.save()
