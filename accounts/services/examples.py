"""The example beside each organisation: opened by its members, emptied and filled again."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, OrganisationScoped, Role, User
from accounts.services.members import change_roles, join, lock_people_of
from accounts.services.organisations import create_organisation
from events.services import record

# Whoever plays may try each part, so that two colleagues can act out a review.
PLAYER = (Role.ADMIN, Role.OFFICER, Role.REVIEWER, Role.APPROVER, Role.CONTRIBUTOR)


@transaction.atomic
def open_example(*, membership: Membership, on: date) -> Membership:
    """The member's place in the example of their organisation, made when first asked for."""
    home, user = membership.organisation, membership.user
    if home.is_example:
        return membership
    lock_people_of(home.pk)
    example = Organisation.objects.filter(example_of=home).first()
    if example is None:
        return _new_example(home, user, on)
    known = Membership.objects.filter(organisation=example, user=user, is_active=True)
    playing = known.select_related("organisation", "user").first()
    return playing or join(user=user, organisation=example, roles=PLAYER, by=user)


def _new_example(home: Organisation, user: User, on: date) -> Membership:
    player = create_organisation(
        name=_("Example of %(name)s") % {"name": home.name[:150]},
        slug=f"example-{home.pk.hex}",
        admin_email=user.email,
        language=user.language,
        kind=home.kind,
        size_class=home.size_class,
        seat=home.seat,
        is_example=True,
        example_of=home,
        by=user,
    )
    player = change_roles(membership=player, roles=PLAYER, by=user)
    _load(player.organisation, user, on)
    return player


@transaction.atomic
def reset_example(*, organisation: Organisation, by: User, on: date) -> int:
    """Throws away all that was registered in an example and loads its uses again; their number.

    The people stay, and so does the event log: what was thrown away was written in it before.
    """
    lock_people_of(organisation.pk)
    if not Organisation.objects.filter(pk=organisation.pk, is_example=True).exists():
        raise ValueError("Only an example is ever emptied.")
    thrown_away = _throw_away(organisation)
    loaded = _load(organisation, by, on)
    record(
        organisation=organisation,
        actor=by,
        kind="example.reset",
        subject=organisation,
        detail={"thrown_away": thrown_away, "loaded": loaded},
    )
    return loaded


def _load(organisation: Organisation, by: User, on: date) -> int:
    load = import_string(settings.EXAMPLE_LOADER)
    return cast(int, load(organisation=organisation, by=by, on=on))


def _throw_away(organisation: Organisation) -> dict[str, int]:
    """Deletes the rows of every app above this one; both databases check the keys at the end."""
    counts = {}
    for model in _models_above():
        rows = model._base_manager.filter(organisation_id=organisation.pk)
        for field in _file_fields(model):
            _delete_files_after_commit(field.storage, rows, field.name)
        # Not `delete()`: it refuses protected rows even where those that point to them go as well.
        if count := rows._raw_delete(rows.db):
            counts[model._meta.label_lower] = count
    return counts


def _models_above() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if issubclass(model, OrganisationScoped) and model._meta.app_label != "accounts":
            yield model


def _file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [field for field in model._meta.fields if isinstance(field, models.FileField)]


def _delete_files_after_commit(storage: Storage, rows: models.QuerySet[Any], field: str) -> None:
    for name in rows.exclude(**{field: ""}).values_list(field, flat=True):
        transaction.on_commit(partial(storage.delete, name), robust=True)
