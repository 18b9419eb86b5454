"""Copies a model of the starter catalogue into an organisation's own register."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import Organisation, User
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import Provider, SourcedValue, StarterModel
from models_registry.models import AIModel, Derivation, Supplier
from models_registry.services.keeping import kept, written
from models_registry.services.registration import the_supplier
from models_registry.sovereignty.knowledge import check_catalogue

_RELATIONS = {
    "finetune": Derivation.Relation.FINE_TUNE,
    "quantized": Derivation.Relation.QUANTISED,
    "adapter": Derivation.Relation.ADAPTER,
    "merge": Derivation.Relation.MERGE,
}
_FIGURES = {
    "general_purpose": "general_purpose",
    "parameters_total": "parameters_total",
    "parameters_active": "parameters_active",
    "training_tokens": "training_tokens",
    "training_compute": "training_compute",
    "context_length_tokens": "context_length",
}


def copy_starter_model(*, model_id: str, organisation: Organisation, by: User | None) -> AIModel:
    """The model with its supplier and the models it was made from, or the copy that is there.

    KeyError where the catalogue has no such entry; ValidationError where another model of the
    register bears its name.
    """
    entry = starter(check_catalogue()).models[model_id]
    try:
        with transaction.atomic():
            return _copied(entry, organisation, by)
    except ValidationError:
        # Somebody may have copied it in the same moment.
        there = copy_of(model_id, organisation)
        if there is None:
            raise
        return there


def copy_of(model_id: str, organisation: Organisation) -> AIModel | None:
    """The copy in the register; one in use before one that was retired."""
    copies = AIModel.objects.filter(organisation=organisation, catalogue_id=model_id)
    return copies.order_by(F("retired_at").asc(nulls_first=True), "created_at").first()


def _copied(entry: StarterModel, organisation: Organisation, by: User | None) -> AIModel:
    there = copy_of(entry.id, organisation)
    if there is not None:
        return there
    entries = starter(check_catalogue()).models
    bases = [
        (_copied(entries[above.model], organisation, by), _RELATIONS[above.relation])
        for above in entry.based_on
    ]
    model = AIModel(
        organisation=organisation,
        provider=_supplier(entry.provider, organisation, by),
        **_fields(entry),
    )
    detail = {
        "name": model.name,
        "access": model.access,
        "licence": model.licence,
        "catalogue_id": entry.id,
        "based_on": {str(base.pk): relation.value for base, relation in bases},
    }
    kept(model, by, "model.registered", detail)
    for base, relation in bases:
        derivation = Derivation(
            organisation=organisation, model=model, base=base, relation=relation
        )
        written(derivation, force_insert=True)
    return model


def _supplier(provider: Provider, organisation: Organisation, by: User | None) -> Supplier | None:
    """The supplier of this name; one that is new gets the country of its seat."""
    known = Supplier.objects.filter(organisation=organisation, name__iexact=provider.name)
    if known.exists():
        return the_supplier(provider.name, organisation, by)
    country = provider.country
    supplier = Supplier(
        organisation=organisation,
        name=provider.name,
        country=str(country.value) if country else "",
    )
    detail = {"name": supplier.name, "country": supplier.country}
    return kept(supplier, by, "supplier.registered", detail)


def _fields(entry: StarterModel) -> dict[str, Any]:
    """What the row says of the entry; what the catalogue does not know stays empty."""
    values, licence = entry.values, licences(check_catalogue()).by_id[entry.licence]
    compute, released = values["training_compute"], values["release_date"]
    return {
        "name": entry.name,
        # Whether a gate stands before them may not be known: `model_access.gated` keeps that open.
        "access": entry.access or AIModel.Access.OPEN_WEIGHTS,
        "licence": licence.name,
        "licence_id": licence.id,
        "catalogue_id": entry.id,
        "repository": entry.repository,
        "released_on": _day(released),
        "compute_is_lower_bound": bool(compute and compute.lower_bound),
        "input_modalities": _listed(values["input_modalities"]),
        "output_modalities": _listed(values["output_modalities"]),
        **{field: _plain(values[name]) for name, field in _FIGURES.items()},
    }


def _plain(stated: SourcedValue | None) -> Any:
    return stated.value if stated else None


def _listed(stated: SourcedValue | None) -> list[Any]:
    return list(stated.value) if stated and isinstance(stated.value, tuple) else []


def _day(stated: SourcedValue | None) -> date | None:
    """A day, but no month or year alone."""
    try:
        return date.fromisoformat(str(stated.value)) if stated else None
    except ValueError:
        return None
