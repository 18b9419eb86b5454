"""Signing a decision, and taking it back."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.freezing import latest_submission
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Decision, Submission
from assessments.services.moving import (
    locked,
    move,
    require_revision,
    require_state,
    role_of,
    still_a,
    tell,
)
from assessments.services.reviewing import hand_in, refuse_authors

State = Assessment.State
# A lone member records in whichever of these roles they have.
RECORDERS = (Role.APPROVER, Role.OFFICER, Role.ADMIN)


@transaction.atomic
def decide(
    *,
    assessment: Assessment,
    by: Membership,
    revision: int,
    outcome: str,
    on: date,
    valid_until: date | None = None,
    conditions: str = "",
    reason: str = "",
) -> Decision:
    """An approver signs the revision in review, in which they changed no answer themselves."""
    assessment = locked(assessment)
    require_state(assessment, State.IN_REVIEW)
    require_revision(assessment, revision)
    member = still_a(by, assessment, Role.APPROVER)
    refuse_authors(assessment, member)
    decision = Decision(
        outcome=outcome,
        conditions=conditions.strip(),
        reason=reason.strip(),
        valid_until=None if outcome == Decision.Outcome.REJECTED else valid_until,
        decided_as=Role.APPROVER,
    )
    return _sign(decision, assessment, member, on)


@transaction.atomic
def record_alone(
    *, assessment: Assessment, by: Membership, revision: int, on: date, valid_until: date
) -> Decision:
    """The only member of an organisation records the result; it stays marked as not reviewed."""
    assessment = locked(assessment)
    member = still_a(by, assessment, *RECORDERS)
    if not is_alone(member):
        words = _("There are colleagues who can review this; submit it for review.")
        raise ValidationError(words, code="not_alone")
    if assessment.state in Assessment.OPEN_STATES:
        hand_in(assessment, member, revision)
        assessment = locked(assessment)
    require_state(assessment, State.IN_REVIEW)
    require_revision(assessment, revision)
    decision = Decision(
        outcome=Decision.Outcome.APPROVED,
        valid_until=valid_until,
        decided_as=role_of(member, *RECORDERS),
        not_reviewed=True,
    )
    return _sign(decision, assessment, member, on)


def is_alone(member: Membership) -> bool:
    """Whether nobody else belongs to the organisation today."""
    colleagues = Membership.objects.in_force().filter(organisation=member.organisation_id)
    return not colleagues.exclude(pk=member.pk).exists()


def may_withdraw(member: Membership) -> bool:
    """Approvers, and whoever recorded results because there was nobody else."""
    if member.has_role(Role.APPROVER):
        return True
    return member.has_role(*RECORDERS) and is_alone(member)


def _sign(decision: Decision, assessment: Assessment, member: Membership, on: date) -> Decision:
    submission = _unchanged(latest_submission(assessment), assessment)
    if decision.valid_until and decision.valid_until <= on:
        raise ValidationError({"valid_until": _("Choose a day after today.")}, code="past")
    decision.organisation, decision.assessment = assessment.organisation, assessment
    decision.submission, decision.revision = submission, submission.revision
    decision.law_version = submission.law_version
    decision.catalogue_digest = submission.catalogue_digest
    decision.subject_id, decision.subject_version = (
        submission.subject_id,
        submission.subject_version,
    )
    decision.decided_by = member.user
    decision.full_clean()
    decision.save(force_insert=True)
    _supersede(assessment, member)
    move(assessment, State.DECIDED, member, "assessment.decided", _signed(decision))
    return decision


def _unchanged(submission: Submission | None, assessment: Assessment) -> Submission:
    """What is signed must be what was handed in, for the same system under the same law."""
    subject = assessment.use_case.subject
    now = (catalogue().digest, subject.pk, subject.version)
    if submission is None or now != (
        submission.catalogue_digest,
        submission.subject_id,
        submission.subject_version,
    ):
        words = _(
            "The system or the law data have changed since this was handed in. Ask for changes, so "
            "that it is handed in again."
        )
        raise ValidationError(words, code="changed_since")
    return submission


def _signed(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else None,
        "not_reviewed": decision.not_reviewed,
        "conditions": decision.conditions,
        "reason": decision.reason,
        "snapshot": decision.submission.sha256,
    }


def _supersede(assessment: Assessment, member: Membership) -> None:
    former = assessment.reassesses
    if former and former.state == State.DECIDED:
        detail = {"by_assessment": str(assessment.pk)}
        move(former, State.SUPERSEDED, member, "assessment.superseded", detail)


@transaction.atomic
def withdraw_decision(*, assessment: Assessment, by: Membership, reason: str) -> Decision:
    """The decision no longer holds; what was signed stays readable, and frozen."""
    assessment = locked(assessment)
    require_state(assessment, State.DECIDED)
    member = still_a(by, assessment, *RECORDERS)
    if not may_withdraw(member):
        raise PermissionDenied
    decision = assessment.decision
    if decision.withdrawn_at:
        raise ValidationError(_("This decision has been withdrawn already."), code="withdrawn")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the decision is withdrawn.")}, code="no_reason")
    decision.withdrawn_at, decision.withdrawn_by = timezone.now(), member.user
    decision.withdrawal_reason = reason.strip()
    decision.clean_fields()
    decision.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    tell(assessment, member, "assessment.decision_withdrawn", {"reason": reason.strip()})
    return decision
