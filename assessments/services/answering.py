"""The only writers of assessments: answers, findings and the summary change together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment, Finding, FindingStatus, Support
from assessments.selectors import Result, determination_of, interview_of
from events.services import record
from law.determination import DutyResult
from law.facts import FactsError, plain_answer, read_facts
from models_registry.models import UseCase

SUMMARY = (
    "law_version",
    "catalogue_digest",
    "headline",
    "gpai",
    "at_best",
    "at_worst",
    "outcomes",
    "roles",
    "open_questions",
    "next_day",
    "since_day",
    "duties",
    "findings_by_status",
)


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
        organisation_id=use_case.organisation_id, use_case=use_case, as_of=as_of, responsible=by
    )
    summarise(assessment)
    assessment.validate_constraints()
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

    An answer without a new note keeps the one it has. FactsError, which is a ValueError, where
    answers do not fit their questions; FrozenError, StaleError.
    """
    values, notes = plain_answers(answers), notes or {}
    if lost := notes.keys() - answers.keys():
        raise FactsError(dict.fromkeys(lost, "a note needs an answer, or unknown"))
    _claim_revision(assessment, revision)
    before = {answer.question_id: answer for answer in assessment.answers.all()}
    replaced = {name: before[name].value for name in values if name in before}
    for question_id, value in values.items():
        answer = before.get(question_id) or Answer(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            question_id=question_id,
            version=0,
        )
        answer.value, answer.note = value, notes.get(question_id, answer.note)
        keep(answer, by, source)
    forget_checks(before[name] for name, former in replaced.items() if former != values[name])
    redetermine(assessment=assessment)
    record(
        organisation=assessment.organisation,
        actor=by,
        kind="assessment.answered",
        subject=assessment,
        detail={
            "revision": assessment.revision,
            "before": replaced,
            "after": values,
        },
    )
    return assessment


@transaction.atomic
def redetermine(*, assessment: Assessment) -> None:
    """Brings the findings and the summary in line with the answers; findings keep their state."""
    result = determination_of(assessment)
    owed = [duty.id for duty in result.determination.duties if duty.truth and duty.kind == "duty"]
    known = set(assessment.findings.values_list("duty_id", flat=True))
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
    assessment.findings.filter(applies=False, duty_id__in=owed).update(applies=True)
    assessment.findings.filter(applies=True).exclude(duty_id__in=owed).update(applies=False)
    summarise(assessment, result)
    # Only these: another column may have changed since the row was read.
    assessment.save(update_fields=SUMMARY)


@transaction.atomic
def rebuild_summary(*, assessment_id: UUID, by: User | None) -> bool:
    """Whether the findings or the summary of an open assessment had to be made anew."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if assessment.is_frozen:
        return False
    before = _standing(assessment)
    redetermine(assessment=assessment)
    after = _standing(assessment)
    if after == before:
        return False
    changed = [name for name in after if after[name] != before[name]]
    record(
        organisation=assessment.organisation,
        actor=by,
        kind="assessment.redetermined",
        subject=assessment,
        detail={
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        },
    )
    return True


def _standing(assessment: Assessment) -> dict[str, Any]:
    """Everything that a new determination may change, as JSON can hold it."""
    findings = assessment.findings.filter(applies=True).order_by("duty_id")
    standing = {name: getattr(assessment, name) for name in SUMMARY}
    for name in ("next_day", "since_day"):
        standing[name] = standing[name].isoformat() if standing[name] else None
    return standing | {"findings": list(findings.values_list("duty_id", flat=True))}


def summarise(assessment: Assessment, result: Result | None = None) -> None:
    """Computes the summary columns anew; the caller saves them."""
    result = result or determination_of(assessment)
    found = result.determination
    assessment.law_version = found.law_version
    assessment.catalogue_digest = found.digest
    assessment.headline, assessment.gpai = str(found.headline), str(found.gpai)
    assessment.at_best, assessment.at_worst = str(found.at_best), str(found.at_worst)
    assessment.outcomes = [outcome.id for outcome in found.outcomes if outcome.truth]
    assessment.roles = [role.id for role in found.roles if role.truth]
    assessment.open_questions = len(interview_of(assessment, result).shown)
    assessment.next_day, assessment.since_day = found.next_day, _since(found.duties)
    statuses = _statuses(assessment)
    assessment.duties = sum(statuses.values())
    assessment.findings_by_status = statuses


def _since(duties: Iterable[DutyResult]) -> date | None:
    """The last of the days that have come on which a duty began."""
    begun = [duty for duty in duties if duty.truth and duty.kind == "duty" and duty.bites]
    return max((duty.applies_from for duty in begun if duty.applies_from), default=None)


def _statuses(assessment: Assessment) -> dict[str, int]:
    if assessment._state.adding:
        return {}
    current = assessment.findings.filter(applies=True)
    found = Counter(current.values_list("status", flat=True))
    return {status: found[status] for status in FindingStatus.values if found[status]}


def _claim_revision(assessment: Assessment, revision: int) -> None:
    """One conditional update decides who of two writers goes on; the row is read again after it."""
    open_rows = Assessment.objects.filter(state__in=Assessment.OPEN_STATES)
    claimed = open_rows.filter(pk=assessment.pk, revision=revision).update(
        revision=F("revision") + 1, changed_at=timezone.now()
    )
    assessment.refresh_from_db()
    if assessment.is_frozen:
        raise FrozenError("This assessment can no longer be changed; start a new one.")
    if not claimed:
        raise StaleError("Somebody else changed this assessment; look at their changes first.")


def plain_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as JSON can hold them; what is not known becomes null."""
    facts = read_facts(catalogue(), answers)
    return {name: plain_answer(facts[name]) if name in facts else None for name in answers}


def keep(answer: Answer, by: User | None, source: str) -> None:
    """Saves an answer as given by that person now."""
    answer.version += 1
    answer.source, answer.answered_by = source, by
    # The rows it points to are ours; asking for them again would cost a query for each answer.
    answer.clean_fields(exclude=["organisation", "assessment", "answered_by"])
    answer.save()


def forget_checks(answers: Iterable[Answer]) -> None:
    """What checks found supports the value that was accepted from them, and no other."""
    if changed := list(answers):
        Support.objects.filter(answer__in=changed, run__isnull=False).delete()
