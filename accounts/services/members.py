"""The only writers of memberships: who belongs to an organisation, and with which roles."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.belongings import kinds_of_belongings
from accounts.models import Invitation, Membership, Organisation, Role, User
from accounts.services.people import person, record_about


@transaction.atomic
def add_member(
    *,
    organisation: Organisation,
    email: str,
    roles: Iterable[Role | str],
    by: User | None,
    name: str = "",
    language: str = "en",
) -> Membership:
    """A new membership, or a former one that is in force again with the new roles."""
    user = person(email=email, name=name, language=language)
    return join(user=user, organisation=organisation, roles=roles, by=by)


def join(
    *,
    user: User,
    organisation: Organisation,
    roles: Iterable[Role | str],
    by: User | None,
    **detail: Any,
) -> Membership:
    """The membership of a person who has an account, inside the transaction of the caller."""
    flags = role_flags(roles)
    former = Membership.objects.filter(organisation=organisation, user=user).first()
    if former and former.is_active:
        raise ValidationError(_("This person is a member already."), code="member_already")
    membership, _created = Membership.objects.update_or_create(
        organisation=organisation, user=user, defaults={**flags, "is_active": True}
    )
    detail |= {"email": user.email, "name": user.name, "roles": membership.roles}
    record_about(membership, by=by, kind="member.added", detail=detail)
    return membership


@transaction.atomic
def change_roles(
    *, membership: Membership, roles: Iterable[Role | str], by: User | None
) -> Membership:
    flags = role_flags(roles)
    membership = _locked(membership)
    if not flags["is_admin"]:
        _refuse_losing_the_last_admin(membership)
    before = membership.roles
    for column, value in flags.items():
        setattr(membership, column, value)
    membership.save(update_fields=list(flags))
    detail = {"before": before, "after": membership.roles}
    record_about(membership, by=by, kind="member.roles_changed", detail=detail)
    return membership


@transaction.atomic
def remove_member(
    *, membership: Membership, by: User | None, heir: Membership | None = None
) -> Membership:
    """Ends the membership and gives what it owns to the heir.

    The row stays, because answers and signatures refer to it. ValidationError where something is
    owned and nobody takes it.
    """
    membership = _locked(membership)
    if not membership.is_active:
        return membership
    _refuse_losing_the_last_admin(membership)
    handed_over = hand_over(leaver=membership, heir=heir)
    _end(membership)
    _end_play(membership)
    withdrawn = _withdraw_invitations_to(membership)
    detail = {
        "email": membership.user.email,
        "heir": str(heir.user_id) if heir else None,
        "handed_over": handed_over,
        "invitations_withdrawn": withdrawn,
    }
    record_about(membership, by=by, kind="member.removed", detail=detail)
    return membership


def hand_over(*, leaver: Membership, heir: Membership | None) -> dict[str, int]:
    """Gives everything the leaver owns to a colleague, inside the transaction of the caller.

    How many things of each kind changed hands. Later apps add theirs in settings.BELONGINGS.
    """
    kinds = [(kind, kind.owned_by(leaver)) for kind in kinds_of_belongings()]
    owned = [(kind, rows) for kind, rows in kinds if rows.exists()]
    if owned and (heir is None or not _may_inherit(heir, leaver)):
        raise ValidationError(_("Choose a colleague who takes over."), code="no_heir")
    return {kind.name: kind.give(rows, heir) for kind, rows in owned if heir is not None}


def _may_inherit(heir: Membership, leaver: Membership) -> bool:
    colleagues = Membership.objects.in_force().filter(organisation_id=leaver.organisation_id)
    return colleagues.exclude(pk=leaver.pk).filter(pk=heir.pk).exists()


def _end(membership: Membership) -> None:
    membership.is_active = False
    membership.save(update_fields=["is_active"])


def _end_play(membership: Membership) -> None:
    """Whoever leaves an organisation leaves its example too."""
    played = Membership.objects.filter(
        organisation__example_of=membership.organisation_id,
        user=membership.user_id,
        is_active=True,
    )
    for play in played.select_related("organisation", "user"):
        _end(play)
        record_about(play, by=None, kind="member.removed", detail={"email": play.user.email})


def _withdraw_invitations_to(membership: Membership) -> int:
    # One that came by another way while a link was still open must not come back by that link.
    sent = Invitation.objects.pending().filter(
        organisation=membership.organisation_id, email=membership.user.email
    )
    return sent.update(withdrawn_at=timezone.now())


def role_flags(roles: Iterable[Role | str]) -> dict[str, bool]:
    flags = Membership.flags(roles)
    if not any(flags.values()):
        raise ValidationError(_("Choose at least one role."), code="no_role")
    return flags


def lock_people_of(organisation_id: UUID) -> None:
    """The organisation's row serialises such changes: two admins cannot remove each other."""
    Organisation.objects.select_for_update().get(pk=organisation_id)


def _locked(membership: Membership) -> Membership:
    lock_people_of(membership.organisation_id)
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)


def _refuse_losing_the_last_admin(membership: Membership) -> None:
    admins = Membership.objects.in_force().holding(Role.ADMIN)
    others = admins.filter(organisation_id=membership.organisation_id).exclude(pk=membership.pk)
    if membership.is_admin and membership.is_active and not others.exists():
        raise ValidationError(
            _("An organisation needs an administrator: name another one first."), code="last_admin"
        )
