"""The only writers of organisations and their people: one transaction and one event each."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, Role, User
from events.services import record


@transaction.atomic
def create_organisation(
    *,
    name: str,
    admin_email: str,
    admin_name: str = "",
    language: str = "en",
    slug: str = "",
    size_class: str = Organisation.SizeClass.OTHER,
    kind: str = Organisation.Kind.COMPANY,
    seat: str = "",
    is_example: bool = False,
    by: User | None = None,
) -> Membership:
    """The organisation's first member, who is its admin."""
    organisation = Organisation(
        name=name.strip(),
        slug=slug or slugify(name)[:60].strip("-"),
        size_class=size_class,
        kind=kind,
        seat=seat.upper(),
        is_example=is_example,
    )
    organisation.full_clean()
    organisation.save(force_insert=True)
    user = _person(email=admin_email, name=admin_name, language=language)
    flags = Membership.flags([Role.ADMIN])
    membership = Membership.objects.create(user=user, organisation=organisation, **flags)
    record(
        organisation=organisation,
        actor=by,
        kind="organisation.created",
        subject=organisation,
        detail={
            "name": organisation.name,
            "slug": organisation.slug,
            "size_class": organisation.size_class,
            "kind": organisation.kind,
            "seat": organisation.seat,
            "is_example": organisation.is_example,
            "admin": {"id": user.pk, "email": user.email, "name": user.name},
        },
    )
    return membership


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
    flags = _role_flags(roles)
    user = _person(email=email, name=name, language=language)
    former = Membership.objects.filter(organisation=organisation, user=user).first()
    if former and former.is_active:
        raise ValidationError(_("This person is a member already."), code="member_already")
    membership, _created = Membership.objects.update_or_create(
        organisation=organisation, user=user, defaults={**flags, "is_active": True}
    )
    detail = {"email": user.email, "name": user.name, "roles": membership.roles}
    _record_about(membership, by=by, kind="member.added", detail=detail)
    return membership


@transaction.atomic
def change_roles(
    *, membership: Membership, roles: Iterable[Role | str], by: User | None
) -> Membership:
    flags = _role_flags(roles)
    membership = _locked(membership)
    if not flags["is_admin"]:
        _refuse_losing_the_last_admin(membership)
    before = membership.roles
    for column, value in flags.items():
        setattr(membership, column, value)
    membership.save(update_fields=list(flags))
    detail = {"before": before, "after": membership.roles}
    _record_about(membership, by=by, kind="member.roles_changed", detail=detail)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User | None) -> Membership:
    """Ends the membership; the row stays, because answers and signatures refer to it."""
    membership = _locked(membership)
    _refuse_losing_the_last_admin(membership)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    _record_about(membership, by=by, kind="member.removed", detail={"email": membership.user.email})
    return membership


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


def record_password_change(*, user: User) -> None:
    for membership in user.memberships.in_force().select_related("organisation"):
        _record_about(membership, by=user, kind="member.password_changed", detail={})


def record_email_change(*, user: User, before: str, after: str) -> None:
    detail = {"before": before, "after": after}
    for membership in user.memberships.in_force().select_related("organisation"):
        _record_about(membership, by=user, kind="member.email_changed", detail=detail)


def _person(*, email: str, name: str, language: str) -> User:
    """The account with this address; a new one can sign in once it has set a password."""
    email = email.strip().lower()
    validate_email(email)
    if known := User.objects.filter(email=email).first():
        return known
    user = User(email=email, name=name.strip(), language=language)
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    # Verified, because the only way in is the link that is sent to this address.
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def _role_flags(roles: Iterable[Role | str]) -> dict[str, bool]:
    flags = Membership.flags(roles)
    if not any(flags.values()):
        raise ValidationError(_("Choose at least one role."), code="no_role")
    return flags


def _locked(membership: Membership) -> Membership:
    # The organisation's row serialises changes of roles: two admins cannot remove each other.
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)


def _refuse_losing_the_last_admin(membership: Membership) -> None:
    admins = Membership.objects.in_force().holding(Role.ADMIN)
    others = admins.filter(organisation_id=membership.organisation_id).exclude(pk=membership.pk)
    if membership.is_admin and membership.is_active and not others.exists():
        raise ValidationError(
            _("An organisation needs an administrator: name another one first."), code="last_admin"
        )


def _record_about(
    membership: Membership, *, by: User | None, kind: str, detail: dict[str, Any]
) -> None:
    record(
        organisation=membership.organisation,
        actor=by,
        kind=kind,
        subject=membership,
        detail=detail,
    )
