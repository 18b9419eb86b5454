"""What is no longer used is hidden, never deleted; worked examples are thrown away."""

from typing import TypeVar

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from events.services import record
from models_registry.models import AIModel, AISystem, RegisterRow, Supplier, UseCase
from models_registry.services.keeping import Change, changed, locked, tell_of

Entry = TypeVar("Entry", bound=RegisterRow)
_WORDS: dict[type[RegisterRow], str] = {
    Supplier: "supplier",
    AIModel: "model",
    AISystem: "system",
    UseCase: "use_case",
}


@transaction.atomic
def retire(*, row: Entry, by: User | None) -> Entry:
    """Hides a supplier, model, system or use from lists and choices; what refers to it stays."""
    return _moved(row, by, retired=True)


@transaction.atomic
def restore(*, row: Entry, by: User | None) -> Entry:
    return _moved(row, by, retired=False)


@transaction.atomic
def discard_example(*, use_case: UseCase, by: User | None) -> None:
    """Throws a worked example away, with what came with it and nothing else needs; events stay."""
    if not use_case.is_example:
        raise ValueError("Only a worked example is thrown away; retire the use instead.")
    system, model = use_case.system, use_case.model
    models = [part.model for part in system.parts.all()] if system else []
    models += [model] if model else []
    suppliers = [system.supplier if system else None, *(model.provider for model in models)]
    record(
        organisation=use_case.organisation,
        actor=by,
        kind="use_case.discarded",
        subject=use_case,
        detail={"name": use_case.name},
    )
    use_case.delete()
    for row in (system, *models, *suppliers):
        _discard_with_the_example(row)


@transaction.atomic
def give_up_name(*, example: UseCase, by: User | None) -> UseCase:
    """Lets another use have the name of a retired example, which then bears when it was retired."""
    if not example.is_example or example.retired_at is None:
        raise ValueError("Only a retired example gives up its name.")
    when = timezone.localtime(example.retired_at)
    name = f"{example.name[:170]} ({when:%Y-%m-%d %H:%M:%S})"
    return tell_of(changed(example, {"name": name}), by, "use_case.changed")


def _discard_with_the_example(row: RegisterRow | None) -> None:
    if row is None or not row.is_example:
        return
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        # Something else in the register needs it by now.
        return


def _moved(row: Entry, by: User | None, *, retired: bool) -> Entry:
    row = locked(row)
    if (row.retired_at is not None) == retired:
        return row
    change = changed(row, {"retired_at": timezone.now() if retired else None})
    deed = "retired" if retired else "restored"
    # The moment is the event's own.
    told = Change(change.row, {"retired": not retired}, {"retired": retired})
    return tell_of(told, by, f"{_WORDS[type(row)]}.{deed}")
