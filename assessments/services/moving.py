"""What every step in the life of an assessment shares: the locked row, the signer, the event."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, OrganisationScoped, Role
from assessments.models import Assessment, AssessmentQuerySet
from assessments.selectors import with_answers
from assessments.services.answering import StaleError
from events.services import record


def locked(assessment: Assessment) -> Assessment:
    """The row as it stands now, held until the transaction ends, with what a result needs."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    rows: AssessmentQuerySet = Assessment.objects.filter(pk=assessment.pk)
    return with_answers(rows).get()


def require_state(assessment: Assessment, *states: str) -> None:
    if assessment.state not in states:
        words = _("This is not possible while the assessment is: %(state)s.")
        state = {"state": assessment.get_state_display()}
        raise ValidationError(words % state, code="wrong_state")


def require_revision(assessment: Assessment, revision: int) -> None:
    if assessment.revision != revision:
        raise StaleError("Somebody else changed this assessment; look at their changes first.")


def still_a(member: Membership, row: OrganisationScoped, *roles: Role) -> Membership:
    """The membership as it is now; PermissionDenied where it ended or never held such a role."""
    colleagues = Membership.objects.in_force().filter(organisation=row.organisation_id)
    found = colleagues.select_related("user").filter(pk=member.pk).first()
    if found is None or not found.has_role(*roles):
        raise PermissionDenied
    return found


def role_of(member: Membership, *preferred: Role) -> Role:
    """In which of the preferred roles somebody signs; they hold at least one of them."""
    return next(role for role in preferred if member.has_role(role))


def move(
    assessment: Assessment, state: str, by: Membership, kind: str, detail: dict[str, Any]
) -> None:
    """Into the next state, with the event that tells of it."""
    assessment.state, assessment.changed_at = state, timezone.now()
    assessment.save(update_fields=["state", "changed_at"])
    tell(assessment, by, kind, detail)


def tell(assessment: Assessment, by: Membership | None, kind: str, detail: dict[str, Any]) -> None:
    record(
        organisation=assessment.organisation,
        actor=by.user if by else None,
        kind=kind,
        subject=assessment,
        detail={"revision": assessment.revision, **detail},
    )
