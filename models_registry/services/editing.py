from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from models_registry.services.keeping import changed, tell_of
from models_registry.services.parts import Parts, exchange
from models_registry.services.registration import the_supplier


@transaction.atomic
def update_supplier(
    *, supplier: Supplier, by: User | None, name: str, country: str, seen: str = ""
) -> Supplier:
    values = {"name": name, "country": country}
    return tell_of(changed(supplier, values, seen=seen), by, "supplier.changed")


@transaction.atomic
def update_model(
    *,
    model: AIModel,
    by: User | None,
    name: str,
    version: str,
    provider: Supplier | str | None,
    access: str,
    licence: str,
    training_compute: float | None,
    seen: str = "",
) -> AIModel:
    values = {
        "name": name,
        "version": version,
        "provider": the_supplier(provider, model.organisation, by),
        "access": access,
        "licence": licence,
        "training_compute": training_compute,
    }
    return tell_of(changed(model, values, seen=seen), by, "model.changed")


@transaction.atomic
def update_system(
    *,
    system: AISystem,
    by: User | None,
    name: str,
    version: str,
    supplier: Supplier | str | None,
    models: Parts,
    seen: str = "",
) -> AISystem:
    """The system with new values and exactly these models in it."""
    values = {
        "name": name,
        "version": version,
        "supplier": the_supplier(supplier, system.organisation, by),
    }
    change = changed(system, values, seen=seen)
    parts_before, parts_after = exchange(change.row, models)
    if parts_before != parts_after:
        change.before["models"], change.after["models"] = parts_before, parts_after
        # So that another form, which shows the old parts, is known to be out of date.
        change.row.save(update_fields=["changed_at"])
    return tell_of(change, by, "system.changed")


@transaction.atomic
def update_use_case(
    *,
    use_case: UseCase,
    by: User | None,
    name: str,
    purpose: str,
    subject: AISystem | AIModel,
    unit: str,
    member_states: Iterable[str],
    affected_persons: str,
    seen: str = "",
) -> UseCase:
    values = {
        "name": name,
        "purpose": purpose,
        "unit": unit,
        "member_states": list(member_states),
        "affected_persons": affected_persons,
        "system": subject if isinstance(subject, AISystem) else None,
        "model": subject if isinstance(subject, AIModel) else None,
    }
    return tell_of(changed(use_case, values, seen=seen), by, "use_case.changed")
