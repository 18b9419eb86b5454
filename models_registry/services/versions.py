from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from models_registry.models import AISystem, UseCase
from models_registry.services.keeping import changed, kept, tell_of
from models_registry.services.parts import part_of, put_in


@transaction.atomic
def register_new_version(
    *, system: AISystem, by: User | None, version: str, moving: Iterable[UseCase] = ()
) -> AISystem:
    """The next version, with the same models in it, and with the uses that move on to it."""
    successor = AISystem(
        organisation=system.organisation,
        name=system.name,
        version=version,
        supplier=system.supplier,
        previous=system,
    )
    parts = [part_of(row) for row in system.parts.select_related("model")]
    detail = {
        "name": system.name,
        "version": version,
        "previous": str(system.pk),
        "models": [str(part.model.pk) for part in parts],
    }
    kept(successor, by, "system.registered", detail)
    put_in(successor, parts)
    for use_case in moving:
        if use_case.system_id != system.pk:
            raise ValueError(f"Use {use_case.pk} is of another system.")
        tell_of(changed(use_case, {"system": successor}), by, "use_case.changed")
    return successor


@transaction.atomic
def clone_use_case(*, use_case: UseCase, by: User | None, name: str) -> UseCase:
    """The same use under another name; its assessments are the business of the layer above."""
    twin = UseCase(
        organisation=use_case.organisation,
        name=name,
        purpose=use_case.purpose,
        unit=use_case.unit,
        member_states=use_case.member_states,
        affected_persons=use_case.affected_persons,
        system=use_case.system,
        model=use_case.model,
    )
    detail = {"name": name, "purpose": twin.purpose, "cloned_from": str(use_case.pk)}
    return kept(twin, by, "use_case.registered", detail)
