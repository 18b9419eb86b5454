"""The only writers of invitations; mails leave after the change is kept."""

import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.links import send_invitation_mail
from accounts.models import Invitation, Membership, Organisation, Role, User
from accounts.services.members import join, lock_people_of, role_flags
from accounts.services.people import clean_email, one_line, person, set_first_password
from events.services import record

logger = logging.getLogger(__name__)


class InvitationUsedError(ValueError):
    """The invitation was accepted, withdrawn, sent anew or has expired."""


class WrongPersonError(ValueError):
    """Somebody else than the invited person is signed in."""


class AccountClosedError(ValueError):
    """The invited person's account may not sign in."""


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    roles: Iterable[Role | str],
    language: str,
    by: User,
) -> Invitation:
    """Sends a link that makes its reader a member with these roles, once and for a week."""
    email = clean_email(email)
    lock_people_of(organisation.pk)
    _refuse_whoever_needs_none(organisation, email)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        language=_language_of(email) or language,
        invited_by=by,
        expires_at=timezone.now() + Invitation.VALID_FOR,
        **role_flags(roles),
    )
    invitation.full_clean()
    invitation.save(force_insert=True)
    _record(invitation, by, "invitation.sent", {"email": email, "roles": invitation.roles})
    transaction.on_commit(partial(_deliver, invitation))
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> Invitation:
    """A new mail with a new week; links of earlier mails stop working."""
    invitation = _still_pending(invitation)
    invitation.sends = F("sends") + 1
    invitation.expires_at = timezone.now() + Invitation.VALID_FOR
    invitation.mailed_at = None
    invitation.save(update_fields=["sends", "expires_at", "mailed_at"])
    invitation.refresh_from_db(fields=["sends"])
    _record(invitation, by, "invitation.sent_again", {"sends": invitation.sends})
    transaction.on_commit(partial(_deliver, invitation))
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    invitation = _still_pending(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record(invitation, by, "invitation.withdrawn", {})
    return invitation


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    by: User | None = None,
    name: str = "",
    password: str = "",
    language: str = "en",
) -> Membership:
    """The membership that was offered; without `by`, a person who sets name and password first.

    InvitationUsedError, WrongPersonError, AccountClosedError; ValidationError for a member.
    """
    invitation = _claimed(invitation)
    if by is not None and by.email != invitation.email:
        raise WrongPersonError("The invitation is for another address.")
    user = by or _newcomer(invitation.email, name, password, language)
    if not user.is_active:
        raise AccountClosedError("This account is closed.")
    return join(
        user=user,
        organisation=invitation.organisation,
        roles=invitation.roles,
        by=user,
        invitation=str(invitation.pk),
    )


def _newcomer(email: str, name: str, password: str, language: str) -> User:
    user = person(email=email, name=name, language=language)
    if not user.is_active:
        return user
    user.name, user.language = one_line(name) or user.name, language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "language"])
    set_first_password(user=user, password=password)
    return user


def _claimed(invitation: Invitation) -> Invitation:
    """One conditional update decides who of two clicks uses the link."""
    now = timezone.now()
    claimed = (
        Invitation.objects.pending()
        .filter(pk=invitation.pk, sends=invitation.sends, expires_at__gt=now)
        .update(accepted_at=now)
    )
    if not claimed:
        raise InvitationUsedError("This invitation is no longer open.")
    return Invitation.objects.select_related("organisation").get(pk=invitation.pk)


def _still_pending(invitation: Invitation) -> Invitation:
    lock_people_of(invitation.organisation_id)
    rows = Invitation.objects.pending().select_related("organisation", "invited_by")
    found = rows.filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationUsedError("This invitation is no longer open.")
    return found


def _refuse_whoever_needs_none(organisation: Organisation, email: str) -> None:
    if organisation.example_of_id:
        raise ValidationError(
            _("Colleagues open the example themselves. Invite people to your own organisation."),
            code="no_guests",
        )
    members = Membership.objects.filter(organisation=organisation, user__email=email)
    if members.filter(is_active=True).exists():
        raise ValidationError(_("This person is a member already."), code="member_already")
    known = Invitation.objects.pending().filter(organisation=organisation, email=email)
    known.filter(expires_at__lte=timezone.now()).update(withdrawn_at=timezone.now())
    if known.exists():
        raise ValidationError(
            _("This person is invited already. Send the invitation again, or withdraw it first."),
            code="invited_already",
        )


def _language_of(email: str) -> str | None:
    return User.objects.filter(email=email).values_list("language", flat=True).first()


def _deliver(invitation: Invitation) -> None:
    """Hands the mail over; where that fails the list of invitations says so."""
    try:
        send_invitation_mail(invitation)
    except (SMTPException, OSError) as error:
        logger.warning("The mail of invitation %s was not sent: %s", invitation.pk, error)
        return
    invitation.mailed_at = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=invitation.mailed_at)


def _record(invitation: Invitation, by: User, kind: str, detail: dict[str, Any]) -> None:
    record(
        organisation=invitation.organisation,
        actor=by,
        kind=kind,
        subject=invitation,
        detail=detail,
    )
