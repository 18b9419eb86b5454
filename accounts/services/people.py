"""The only writers of people: accounts, passwords, names and languages."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Membership, User
from events.services import record


@transaction.atomic
def set_first_password(*, user: User, password: str) -> None:
    """For an account that has none yet; ValueError where it has one."""
    if user.has_usable_password():
        raise ValueError("This person has set a password.")
    user.set_password(password)
    user.save(update_fields=["password"])
    record_password_change(user=user)


def set_language(*, user: User, language: str) -> None:
    """A person's own preference: no organisation's trail needs to know."""
    user.language = language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["language"])


@transaction.atomic
def update_profile(*, user: User, name: str, language: str) -> None:
    """A person's own name and language; a new name is told to their organisations."""
    before, user.name, user.language = user.name, one_line(name), language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "language"])
    if user.name == before:
        return
    detail = {"before": before, "after": user.name}
    for membership in user.memberships.in_force().select_related("organisation"):
        record_about(membership, by=user, kind="member.name_changed", detail=detail)


def record_password_change(*, user: User) -> None:
    for membership in user.memberships.in_force().select_related("organisation"):
        record_about(membership, by=user, kind="member.password_changed", detail={})


def record_email_change(*, user: User, before: str, after: str) -> None:
    detail = {"before": before, "after": after}
    for membership in user.memberships.in_force().select_related("organisation"):
        record_about(membership, by=user, kind="member.email_changed", detail=detail)


def person(*, email: str, name: str, language: str) -> User:
    """The account with this address; a new one can sign in once it has set a password."""
    email = clean_email(email)
    if known := User.objects.filter(email=email).first():
        return known
    user = User(email=email, name=one_line(name), language=language)
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    # Verified, because the only way in is the link that is sent to this address.
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def clean_email(email: str) -> str:
    """The address as we keep it; ValidationError where it is none."""
    email = email.strip().lower()
    validate_email(email)
    return email


def one_line(text: str) -> str:
    """Names go into the heads of mails, where a line break would start another header."""
    return " ".join(text.split())


def record_about(
    membership: Membership, *, by: User | None, kind: str, detail: dict[str, Any]
) -> None:
    record(
        organisation=membership.organisation,
        actor=by,
        kind=kind,
        subject=membership,
        detail=detail,
    )
