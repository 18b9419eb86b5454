"""What comes after a decision, or beside it: a new assessment, a twin of the use, retirement."""

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Membership, Role
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment, Author, Finding, Inquiry
from assessments.services.answering import redetermine, summarise
from assessments.services.moving import locked, require_state, still_a, tell
from assessments.services.supporting import copy_supports
from models_registry.models import UseCase
from models_registry.services import clone_use_case, restore, retire

State = Assessment.State
KEPT_OF_A_FINDING = ("duty_id", "applies", "status", "strength", "severity", "reason")


@transaction.atomic
def start_reassessment(*, assessment: Assessment, by: Membership, on: date) -> Assessment:
    """A draft with the answers as they were; until it is decided, the former decision counts."""
    assessment = locked(assessment)
    require_state(assessment, State.DECIDED)
    member = still_a(by, assessment, Role.OFFICER)
    draft = _draft(assessment.use_case, assessment, member, on, reassesses=assessment)
    _copy_answers(assessment, draft, source=Answer.Source.CARRIED_OVER)
    _copy_findings(assessment, draft)
    # Who carries the answers over vouches for them, even where none is changed.
    Author.objects.create(organisation=draft.organisation, assessment=draft, person=member.user)
    _copy_supports(assessment, draft)
    redetermine(assessment=draft)
    tell(draft, member, "assessment.started", {"reassesses": str(assessment.pk)})
    return draft


@transaction.atomic
def clone_use(*, assessment: Assessment, by: Membership, name: str, on: date) -> Assessment:
    """A twin of the use under another name, with the same answers as a draft.

    Whoever gave them is an author of the draft too: nobody has approved them for this use.
    """
    assessment = locked(assessment)
    member = still_a(by, assessment, Role.OFFICER)
    twin = clone_use_case(use_case=assessment.use_case, by=member.user, name=name)
    draft = _draft(twin, assessment, member, on)
    _copy_answers(assessment, draft)
    Author.objects.get_or_create(
        assessment=draft,
        person=member.user,
        defaults={"organisation": draft.organisation},
    )
    _copy_supports(assessment, draft)
    redetermine(assessment=draft)
    tell(draft, member, "assessment.started", {"cloned_from": str(assessment.pk)})
    return draft


def _draft(
    use_case: UseCase,
    pattern: Assessment,
    member: Membership,
    on: date,
    reassesses: Assessment | None = None,
) -> Assessment:
    draft = Assessment(
        organisation_id=use_case.organisation_id,
        use_case=use_case,
        as_of=on,
        readings=pattern.readings,
        reassesses=reassesses,
        responsible=member.user,
    )
    summarise(draft)
    draft.validate_constraints()
    draft.save(force_insert=True)
    return draft


def _copy_answers(former: Assessment, draft: Assessment, source: str | None = None) -> None:
    """With who gave them and when, so that their age shows; dropped questions stay behind."""
    kept = [a for a in former.answers.all() if a.question_id in catalogue().entries.questions]
    copies = [
        Answer(
            organisation_id=draft.organisation_id,
            assessment=draft,
            question_id=answer.question_id,
            value=answer.value,
            note=answer.note,
            source=source or answer.source,
            answered_by=answer.answered_by,
        )
        for answer in kept
    ]
    Answer.objects.bulk_create(copies, batch_size=500)
    for copy, answer in zip(copies, kept, strict=True):
        copy.answered_at = answer.answered_at
    Answer.objects.bulk_update(copies, ["answered_at"], batch_size=500)
    _copy_inquiries(draft, dict(zip((answer.pk for answer in kept), copies, strict=True)))


def _copy_inquiries(draft: Assessment, copies: dict[UUID, Answer]) -> None:
    """Who is still being asked; the question to them is as open here."""
    asked = Inquiry.objects.filter(answer__in=copies)
    Inquiry.objects.bulk_create(
        [
            Inquiry(
                organisation_id=draft.organisation_id,
                answer=copies[inquiry.answer_id],
                whom=inquiry.whom,
                reason=inquiry.reason,
                asked_by_id=inquiry.asked_by_id,
            )
            for inquiry in asked
        ],
        batch_size=500,
    )


def _copy_findings(former: Assessment, draft: Assessment) -> None:
    Finding.objects.bulk_create(
        (
            Finding(
                organisation_id=draft.organisation_id,
                assessment=draft,
                **{name: getattr(finding, name) for name in KEPT_OF_A_FINDING},
            )
            for finding in former.findings.all()
        ),
        batch_size=500,
    )


def _copy_supports(former: Assessment, draft: Assessment) -> None:
    copy_supports(former, draft, {answer.question_id: answer for answer in draft.answers.all()})


@transaction.atomic
def retire_use(*, use_case: UseCase, by: Membership) -> UseCase:
    """Out of the register, with the assessments that stand; what was decided stays readable."""
    return put_away(use_case, still_a(by, use_case, Role.OFFICER))


def put_away(use_case: UseCase, member: Membership) -> UseCase:
    """Archives what stands and retires the use; whether the member may is the caller's to ask."""
    rows = Assessment.objects.filter(use_case=use_case).select_for_update()
    standing = list(rows.exclude(state__in=[State.SUPERSEDED, State.ARCHIVED]))
    for assessment in standing:
        assessment.archived_from = assessment.state
        assessment.state = State.ARCHIVED
        assessment.save(update_fields=["archived_from", "state"])
        tell(assessment, member, "assessment.archived", {"from": assessment.archived_from})
    return retire(row=use_case, by=member.user)


@transaction.atomic
def restore_use(*, use_case: UseCase, by: Membership) -> UseCase:
    """Back into the register, each assessment where it stood."""
    member = still_a(by, use_case, Role.OFFICER)
    rows = Assessment.objects.filter(use_case=use_case, state=State.ARCHIVED)
    for assessment in rows.select_for_update():
        assessment.state = assessment.archived_from or State.DRAFT
        assessment.archived_from = ""
        assessment.save(update_fields=["archived_from", "state"])
        tell(assessment, member, "assessment.restored", {"to": assessment.state})
    return restore(row=use_case, by=member.user)
