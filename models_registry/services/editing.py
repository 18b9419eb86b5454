from collections.abc import Iterable
from typing import Any, TypeVar, Unpack

from django.db import transaction

from accounts.models import User
from models_registry.lineage.ancestors import with_descent
from models_registry.models import AIModel, AISystem, RegisterRow, Supplier, UseCase
from models_registry.services.checking import check_again
from models_registry.services.facts import ModelFacts, facts_of, refuse_more_active_than_all
from models_registry.services.identifiers import Identifiers, exchange_identifiers
from models_registry.services.keeping import Change, changed, tell_of
from models_registry.services.lineage import Bases, exchange_bases
from models_registry.services.parts import Parts, exchange
from models_registry.services.registration import the_supplier

Entry = TypeVar("Entry", bound=RegisterRow)


@transaction.atomic
def update_supplier(
    *,
    supplier: Supplier,
    by: User | None,
    name: str,
    country: str,
    eu_representative: str | None = None,
    identifiers: Identifiers | None = None,
    seen: str = "",
) -> Supplier:
    """The supplier with new values; None leaves representative and numbers as they are."""
    values = {"name": name, "country": country}
    if eu_representative is not None:
        values["eu_representative"] = eu_representative
    change = changed(supplier, values, seen=seen)
    if identifiers is not None:
        _with_rows(change, "identifiers", *exchange_identifiers(change.row, identifiers))
    supplier = tell_of(change, by, "supplier.changed")
    check_again(models=supplier.models.all(), by=by)
    return supplier


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
    bases: Bases | None = None,
    seen: str = "",
    **facts: Unpack[ModelFacts],
) -> AIModel:
    """The model with new values; with None as bases those that it was made from stay."""
    values = {
        "name": name,
        "version": version,
        "provider": the_supplier(provider, model.organisation, by),
        "access": access,
        "licence": licence,
        "training_compute": training_compute,
        **facts_of(facts),
    }
    change = changed(model, values, seen=seen)
    refuse_more_active_than_all(change.row.parameters_total, change.row.parameters_active)
    if bases is not None:
        _with_rows(change, "bases", *exchange_bases(change.row, bases))
    model = tell_of(change, by, "model.changed")
    check_again(models=with_descent(model), by=by)
    return model


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
    _with_rows(change, "models", *exchange(change.row, models))
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


def _with_rows(
    change: Change[Entry], name: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Counts rows that belong to a row as a part of its change."""
    if before == after:
        return
    change.before[name], change.after[name] = before, after
    # So that another form, which shows the old rows, is known to be out of date.
    change.row.save(update_fields=["changed_at"])
