"""How a row of the register is written: whole, never across organisations, with its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet

from accounts.models import OrganisationScoped, User
from events.services import record
from models_registry.models import RegisterRow

Row = TypeVar("Row", bound=OrganisationScoped)
Entry = TypeVar("Entry", bound=RegisterRow)


class StaleError(ValueError):
    """Somebody else changed the row since it was read."""


def kept(row: Row, by: User | None, kind: str, detail: Mapping[str, Any]) -> Row:
    """The new row, written and told of."""
    written(row, force_insert=True)
    record(organisation=row.organisation, actor=by, kind=kind, subject=row, detail=detail)
    return row


@dataclass(frozen=True)
class Change(Generic[Entry]):
    """A row after its change, and what differs."""

    row: Entry
    before: dict[str, Any]
    after: dict[str, Any]


def changed(row: Entry, values: Mapping[str, Any], *, seen: str = "") -> Change[Entry]:
    """The row with the new values; nothing is told of yet.

    `seen` says which state of the row the person had before her; StaleError where it is gone.
    """
    row = locked(row)
    if seen and seen != stamp(row):
        raise StaleError(f"{row._meta.label} {row.pk} was changed meanwhile.")
    names = [name for name, value in values.items() if getattr(row, name) != value]
    before = {name: told(getattr(row, name)) for name in names}
    for name in names:
        setattr(row, name, values[name])
    if names:
        written(row)
    return Change(row, before, {name: told(values[name]) for name in names})


def tell_of(change: Change[Entry], by: User | None, kind: str) -> Entry:
    """The changed row, once its event is recorded; what changed nothing is not told of."""
    row = change.row
    if change.before or change.after:
        detail = {"before": change.before, "after": change.after}
        record(organisation=row.organisation, actor=by, kind=kind, subject=row, detail=detail)
    return row


def locked(row: Entry) -> Entry:
    """The row as it stands now, held until the transaction ends."""
    rows = cast("QuerySet[Entry]", type(row)._default_manager.select_for_update())
    return rows.get(pk=row.pk)


def stamp(row: RegisterRow) -> str:
    """The state of a row, for a form to hand back with what was typed."""
    return row.changed_at.isoformat()


def written(row: OrganisationScoped, *, force_insert: bool = False) -> None:
    """Checked and saved; ValidationError in people's words, also for the later of two writers."""
    refuse_rows_of_others(row)
    row.full_clean()
    try:
        with transaction.atomic():
            row.save(force_insert=force_insert)
    except IntegrityError:
        row.validate_constraints()
        raise


def refuse_rows_of_others(row: OrganisationScoped) -> None:
    """A row never points to a row of another organisation."""
    for field in row._meta.fields:
        target = getattr(row, field.name) if field.is_relation else None
        if isinstance(target, OrganisationScoped) and target.organisation_id != row.organisation_id:
            raise ValueError(f"{target._meta.label} {target.pk} belongs to another organisation.")


def told(value: Any) -> Any:
    """A value as an event can hold it."""
    return str(value.pk) if isinstance(value, models.Model) else value
