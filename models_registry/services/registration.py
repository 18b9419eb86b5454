from collections.abc import Iterable
from typing import Unpack

from django.db import transaction

from accounts.models import Organisation, User
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from models_registry.services.facts import ModelFacts, facts_of, refuse_more_active_than_all
from models_registry.services.identifiers import Identifiers, exchange_identifiers
from models_registry.services.keeping import kept
from models_registry.services.lineage import Bases, exchange_bases
from models_registry.services.parts import Part, Parts, put_in


@transaction.atomic
def register_supplier(
    *,
    organisation: Organisation,
    by: User | None,
    name: str,
    country: str = "",
    eu_representative: str = "",
    identifiers: Identifiers = (),
    is_example: bool = False,
) -> Supplier:
    supplier = Supplier(
        organisation=organisation,
        name=name,
        country=country,
        eu_representative=eu_representative,
        is_example=is_example,
    )
    detail = {"name": name, "country": country}
    if eu_representative:
        detail["eu_representative"] = eu_representative
    kept(supplier, by, "supplier.registered", detail)
    exchange_identifiers(supplier, identifiers)
    return supplier


def the_supplier(
    given: Supplier | str | None, organisation: Organisation, by: User | None
) -> Supplier | None:
    """The supplier, or the one of this name, registered where the name is new."""
    if not isinstance(given, str):
        return given
    if not given:
        return None
    known = Supplier.objects.filter(organisation=organisation, name__iexact=given)
    return known.order_by("name").first() or register_supplier(
        organisation=organisation, by=by, name=given
    )


@transaction.atomic
def register_model(
    *,
    organisation: Organisation,
    by: User | None,
    name: str,
    access: str,
    version: str = "",
    provider: Supplier | str | None = None,
    licence: str = "",
    training_compute: float | None = None,
    bases: Bases = (),
    is_example: bool = False,
    **facts: Unpack[ModelFacts],
) -> AIModel:
    """A model, with those that it was made from."""
    model = AIModel(
        organisation=organisation,
        name=name,
        version=version,
        provider=the_supplier(provider, organisation, by),
        access=access,
        licence=licence,
        training_compute=training_compute,
        is_example=is_example,
        **facts_of(facts),
    )
    refuse_more_active_than_all(model.parameters_total, model.parameters_active)
    detail = {"name": name, "version": version, "access": access, "licence": licence}
    kept(model, by, "model.registered", detail)
    exchange_bases(model, bases)
    return model


@transaction.atomic
def register_system(
    *,
    organisation: Organisation,
    by: User | None,
    name: str,
    version: str = "",
    supplier: Supplier | str | None = None,
    models: Parts = (),
    is_example: bool = False,
) -> AISystem:
    """A system with the models in it, each with its role."""
    system = AISystem(
        organisation=organisation,
        name=name,
        version=version,
        supplier=the_supplier(supplier, organisation, by),
        is_example=is_example,
    )
    parts = [Part(*part) for part in models]
    detail = {"name": name, "version": version, "models": [str(part.model.pk) for part in parts]}
    kept(system, by, "system.registered", detail)
    put_in(system, parts)
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
    is_example: bool = False,
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
        is_example=is_example,
    )
    detail = {"name": name, "purpose": purpose, "subject": str(subject.pk)}
    return kept(use_case, by, "use_case.registered", detail)
