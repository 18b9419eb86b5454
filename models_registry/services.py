"""The only writers of the register: one transaction and one event each."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import Organisation, OrganisationScoped, User
from events.services import record
from models_registry.models import AIModel, AISystem, Supplier, SystemModel, UseCase

Row = TypeVar("Row", bound=OrganisationScoped)


@transaction.atomic
def register_supplier(
    *, organisation: Organisation, by: User | None, name: str, country: str = ""
) -> Supplier:
    supplier = Supplier(organisation=organisation, name=name, country=country)
    return _kept(supplier, by, "supplier.registered", {"name": name, "country": country})


@transaction.atomic
def register_model(
    *,
    organisation: Organisation,
    by: User | None,
    name: str,
    access: str,
    version: str = "",
    provider: Supplier | None = None,
    licence: str = "",
    training_compute: float | None = None,
) -> AIModel:
    model = AIModel(
        organisation=organisation,
        name=name,
        version=version,
        provider=provider,
        access=access,
        licence=licence,
        training_compute=training_compute,
    )
    detail = {"name": name, "version": version, "access": access, "licence": licence}
    return _kept(model, by, "model.registered", detail)


@transaction.atomic
def register_system(
    *,
    organisation: Organisation,
    by: User | None,
    name: str,
    version: str = "",
    supplier: Supplier | None = None,
    models: Iterable[tuple[AIModel, str]] = (),
) -> AISystem:
    """A system with the models in it, each with its role."""
    system = AISystem(organisation=organisation, name=name, version=version, supplier=supplier)
    parts = list(models)
    detail = {"name": name, "version": version, "models": [str(model.pk) for model, _ in parts]}
    _kept(system, by, "system.registered", detail)
    for model, role in parts:
        part = SystemModel(organisation=organisation, system=system, model=model, role=role)
        _refuse_rows_of_others(part)
        part.full_clean()
        part.save(force_insert=True)
    return system


@transaction.atomic
def register_use_case(
    *,
    organisation: Organisation,
    by: User | None,
    name: str,
    purpose: str,
    subject: AISystem | AIModel,
    unit: str = "",
    member_states: Iterable[str] = (),
    affected_persons: str = "",
) -> UseCase:
    use_case = UseCase(
        organisation=organisation,
        name=name,
        purpose=purpose,
        unit=unit,
        member_states=list(member_states),
        affected_persons=affected_persons,
        system=subject if isinstance(subject, AISystem) else None,
        model=subject if isinstance(subject, AIModel) else None,
    )
    detail = {"name": name, "purpose": purpose, "subject": str(subject.pk)}
    return _kept(use_case, by, "use_case.registered", detail)


def _kept(row: Row, by: User | None, kind: str, detail: dict[str, Any]) -> Row:
    _refuse_rows_of_others(row)
    row.full_clean()
    row.save(force_insert=True)
    record(organisation=row.organisation, actor=by, kind=kind, subject=row, detail=detail)
    return row


def _refuse_rows_of_others(row: OrganisationScoped) -> None:
    """A row never points to a row of another organisation."""
    for field in row._meta.fields:
        target = getattr(row, field.name) if field.is_relation else None
        if isinstance(target, OrganisationScoped) and target.organisation_id != row.organisation_id:
            raise ValueError(f"{target._meta.label} {target.pk} belongs to another organisation.")
