"""The only writers of assessments: answers, findings and the summary change together."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment, Finding, FindingStatus
from assessments.selectors import determination_of
from events.services import record
from law import explain
from law.facts import plain_answer, read_answer
from models_registry.models import UseCase


class FrozenError(ValueError):
    """The assessment is in review or decided; a change needs a new draft."""


class StaleError(ValueError):
    """Somebody else changed the assessment since it was read."""


@transaction.atomic
def start_assessment(
    *,
    use_case: UseCase,
    as_of: date,
    by: User | None,
    answers: Mapping[str, Any] | None = None,
    notes: Mapping[str, str] | None = None,
    source: str = Answer.Source.PERSON,
) -> Assessment:
    """A draft for the use, with the answers that are known already."""
    assessment = Assessment(
        organisation_id=use_case.organisation_id, use_case=use_case, as_of=as_of
    )
    _summarise(assessment)
    assessment.save(force_insert=True)
    record(
        organisation=assessment.organisation,
        actor=by,
        kind="assessment.started",
        subject=assessment,
        detail={"use_case": use_case.name, "as_of": as_of.isoformat()},
    )
    if answers:
        save_answers(
            assessment=assessment, revision=1, answers=answers, by=by, notes=notes, source=source
        )
    return assessment


@transaction.atomic
def save_answers(
    *,
    assessment: Assessment,
    revision: int,
    answers: Mapping[str, Any],
    by: User | None,
    notes: Mapping[str, str] | None = None,
    source: str = Answer.Source.PERSON,
) -> Assessment:
    """A batch of answers on top of one revision, and everything that follows from them.

    ValueError where an answer does not fit its question; FrozenError, StaleError.
    """
    _claim_revision(assessment, revision)
    before = {answer.question_id: answer for answer in assessment.answers.all()}
    for question_id, value in answers.items():
        given = _plain(question_id, value)
        note = (notes or {}).get(question_id, "")
        _keep(assessment, before.get(question_id), question_id, given, note, by, source)
    assessment.refresh_from_db()
    redetermine(assessment=assessment)
    record(
        organisation=assessment.organisation,
        actor=by,
        kind="assessment.answered",
        subject=assessment,
        detail={
            "revision": assessment.revision,
            "before": {name: before[name].value for name in answers if name in before},
            "after": {name: _plain(name, value) for name, value in answers.items()},
        },
    )
    return assessment


@transaction.atomic
def redetermine(*, assessment: Assessment) -> None:
    """Brings the findings and the summary in line with the answers; findings keep their state."""
    result = determination_of(assessment)
    owed = [duty.id for duty in result.determination.duties if duty.truth and duty.kind == "duty"]
    known = {finding.duty_id: finding for finding in assessment.findings.all()}
    Finding.objects.bulk_create(
        (
            Finding(
                organisation_id=assessment.organisation_id, assessment=assessment, duty_id=duty_id
            )
            for duty_id in owed
            if duty_id not in known
        ),
        batch_size=500,
    )
    assessment.findings.filter(duty_id__in=owed).update(applies=True)
    assessment.findings.exclude(duty_id__in=owed).update(applies=False)
    _summarise(assessment)
    assessment.save()


def _summarise(assessment: Assessment) -> None:
    result = determination_of(assessment)
    found = result.determination
    explanation = explain(
        catalogue(), result.facts, on=assessment.as_of, readings=assessment.readings
    )
    assessment.law_version = found.law_version
    assessment.catalogue_digest = found.digest
    assessment.headline, assessment.gpai = str(found.headline), str(found.gpai)
    assessment.at_best, assessment.at_worst = str(found.at_best), str(found.at_worst)
    assessment.outcomes = [outcome.id for outcome in found.outcomes if outcome.truth]
    assessment.roles = [role.id for role in found.roles if role.truth]
    assessment.open_questions = sum(waiting.shown for waiting in explanation.open_questions)
    assessment.next_day = found.next_day
    statuses = _statuses(assessment)
    assessment.duties = sum(statuses.values())
    assessment.findings_by_status = statuses


def _statuses(assessment: Assessment) -> dict[str, int]:
    if assessment._state.adding:
        return {}
    current = assessment.findings.filter(applies=True)
    found = Counter(current.values_list("status", flat=True))
    return {status: found[status] for status in FindingStatus.values if found[status]}


def _claim_revision(assessment: Assessment, revision: int) -> None:
    """One conditional update decides who of two writers goes on."""
    assessment.refresh_from_db()
    if assessment.is_frozen:
        raise FrozenError("This assessment can no longer be changed; start a new one.")
    claimed = Assessment.objects.filter(pk=assessment.pk, revision=revision).update(
        revision=F("revision") + 1
    )
    if not claimed:
        raise StaleError("Somebody else changed this assessment; look at their changes first.")


def _plain(question_id: str, value: Any) -> Any:
    if value is None or value == "unknown":
        return None
    question = catalogue().entries.questions.get(question_id)
    if question is None:
        raise ValueError(f"There is no question '{question_id}'.")
    return plain_answer(read_answer(question, value))


def _keep(
    assessment: Assessment,
    answer: Answer | None,
    question_id: str,
    value: Any,
    note: str,
    by: User | None,
    source: str,
) -> None:
    if answer is None:
        answer = Answer(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            question_id=question_id,
        )
    else:
        answer.version += 1
    answer.value, answer.note, answer.source, answer.answered_by = value, note, source, by
    answer.full_clean(exclude=["organisation", "assessment"])
    answer.save()
