"""The only writers of organisations."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Membership, Organisation, Role, User
from accounts.services.people import one_line, person
from events.services import record

PROFILE = ("name", "kind", "size_class", "seat", "turnover")


class ProfileChangedError(ValueError):
    """Somebody else changed the profile since it was read."""


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
    example_of: Organisation | None = None,
    by: User | None = None,
) -> Membership:
    """The organisation's first member, who is its admin."""
    organisation = Organisation(
        name=one_line(name),
        slug=slug or slugify(name)[:60].strip("-"),
        size_class=size_class,
        kind=kind,
        seat=seat.upper(),
        is_example=is_example,
        example_of=example_of,
    )
    organisation.full_clean()
    organisation.save(force_insert=True)
    user = person(email=admin_email, name=admin_name, language=language)
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
def update_organisation(
    *,
    organisation: Organisation,
    by: User | None,
    seen: datetime | None,
    name: str,
    kind: str,
    size_class: str,
    seat: str,
    turnover: Decimal | None,
) -> Organisation:
    """The facts that duties and fines follow from; ceilings and new reports read them at once.

    `seen` is `profile_checked_at` as it was when the form was shown; ProfileChangedError where it
    has moved on.
    """
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if kept.profile_checked_at != seen:
        raise ProfileChangedError("Somebody else changed the profile.")
    before = profile_of(kept)
    kept.name, kept.kind, kept.size_class = one_line(name), kind, size_class
    kept.seat, kept.turnover, kept.profile_checked_at = seat.upper(), turnover, timezone.now()
    kept.full_clean()
    kept.save(update_fields=[*PROFILE, "profile_checked_at"])
    after = profile_of(kept)
    changed = [field for field in PROFILE if before[field] != after[field]]
    record(
        organisation=kept,
        actor=by,
        kind="organisation.changed" if changed else "organisation.confirmed",
        subject=kept,
        detail={
            "before": {field: before[field] for field in changed},
            "after": {field: after[field] for field in changed},
        },
    )
    return kept


def profile_of(organisation: Organisation) -> dict[str, Any]:
    return {field: getattr(organisation, field) for field in PROFILE}
