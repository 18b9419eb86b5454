"""What pages and the apps above read about organisations and their people."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.countries import MEMBER_STATES
from accounts.models import Invitation, Membership, Organisation, User


def members_of(actor: Membership) -> QuerySet[Membership]:
    """Everybody who belongs to the actor's organisation today."""
    return Membership.objects.visible_to(actor).in_force().select_related("user")


def former_members_of(actor: Membership) -> QuerySet[Membership]:
    """Those whose membership has ended, or whose account is closed."""
    rows = Membership.objects.visible_to(actor).exclude(is_active=True, user__is_active=True)
    return rows.select_related("user")


def pending_invitations_of(actor: Membership) -> QuerySet[Invitation]:
    rows = Invitation.objects.visible_to(actor).pending()
    return rows.select_related("organisation", "invited_by")


def organisation_facts(organisation: Organisation) -> dict[str, str]:
    """What the profile answers of the questions about an organisation, by question id."""
    facts = {
        "organisation_kind": organisation.kind,
        "size_class": organisation.size_class,
    }
    if organisation.seat:
        facts["seat"] = "union" if organisation.seat in MEMBER_STATES else "third_country"
    return facts


def facts_known_since(organisation: Organisation) -> datetime:
    """When somebody last went through these facts, to show their age where they are offered."""
    return organisation.profile_checked_at or organisation.created_at


def guest_of(invitation: Invitation) -> User | None:
    """The account of the invited address, if there is one already."""
    return User.objects.filter(email=invitation.email).first()


def obstacle_to(invitation: Invitation, *, is_latest: bool, now: datetime) -> str:
    """Why the link no longer works: used, withdrawn, replaced, expired; empty while it does."""
    if invitation.accepted_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    if not is_latest:
        return "replaced"
    return "expired" if invitation.has_expired(now) else ""
