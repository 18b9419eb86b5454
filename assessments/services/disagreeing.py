"""What a person holds against the computed class: told to the reviewers, never computed with."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.models import Assessment, Disagreement
from assessments.services.moving import locked, require_state, still_a, tell

State = Assessment.State
WHILE_OPEN = (*Assessment.OPEN_STATES, State.IN_REVIEW)


@transaction.atomic
def disagree(*, assessment: Assessment, by: Membership, reason: str) -> Disagreement:
    """An officer's reason, to the reviewers; the class stays as it was computed."""
    assessment = locked(assessment)
    require_state(assessment, *WHILE_OPEN)
    member = still_a(by, assessment, Role.OFFICER)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you see it differently.")}, code="no_reason")
    stated = Disagreement(
        organisation=assessment.organisation,
        assessment=assessment,
        revision=assessment.revision,
        headline=assessment.headline,
        reason=reason.strip(),
        stated_by=member.user,
    )
    stated.full_clean()
    stated.save(force_insert=True)
    detail = {"headline": stated.headline, "reason": stated.reason}
    tell(assessment, member, "assessment.disagreed", detail)
    return stated


@transaction.atomic
def take_back_disagreement(*, assessment: Assessment, by: Membership) -> None:
    """Only one's own, and only before the decision."""
    assessment = locked(assessment)
    require_state(assessment, *WHILE_OPEN)
    stated = assessment.disagreements.filter(stated_by=by.user_id, withdrawn_at=None)
    if stated.update(withdrawn_at=timezone.now()):
        tell(assessment, by, "assessment.disagreement_taken_back", {})
