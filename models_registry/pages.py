"""Rows of the register as the pages show them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.countries import country_name
from accounts.models import Actor, Membership, Role
from models_registry.model_access import access_in_words
from models_registry.model_facts import facts_of_model, licence_fact, repository_fact
from models_registry.models import AIModel, AISystem, RegisterRow, Supplier, UseCase
from models_registry.selectors import (
    listed_models,
    systems_of,
    systems_with_model,
    tally,
    uses_of,
)

Page = dict[str, Any]

MAY_REGISTER = (Role.ADMIN, Role.OFFICER, Role.CONTRIBUTOR)
MAY_RETIRE = (Role.ADMIN, Role.OFFICER)
ROWS_ON_A_DETAIL = 25
_NOUNS: dict[type[RegisterRow], str] = {Supplier: "supplier", AIModel: "model", AISystem: "system"}


def address(row: RegisterRow, deed: str = "detail") -> str:
    """The page of a row, or of something to do with it."""
    return reverse(f"models_registry:{_NOUNS[type(row)]}-{deed}", args=[row.pk])


def what_she_may(member: Membership, row: RegisterRow | None = None) -> Page:
    """Addresses of what the member may do with a row, or with none yet."""
    register, retire = member.has_role(*MAY_REGISTER), member.has_role(*MAY_RETIRE)
    if row is None:
        return {"may_register": register}
    return {
        "may_register": register,
        "edit_url": address(row, "edit") if register else "",
        "retire_url": address(row, "retire") if retire and not row.retired_at else "",
        "restore_url": address(row, "restore") if retire and row.retired_at else "",
    }


def supplier_lines(suppliers: Iterable[Supplier]) -> list[Page]:
    listed = list(suppliers)
    ids = [row.pk for row in listed]
    systems = tally(AISystem.objects.in_use(), "supplier_id", ids)
    models = tally(AIModel.objects.in_use(), "provider_id", ids)
    return [
        {
            **_line(row),
            "country": country_name(row.country),
            "systems": systems[row.pk],
            "models": models[row.pk],
        }
        for row in listed
    ]


def model_lines(models: Iterable[Any]) -> list[Page]:
    """Models as `selectors.listed_models` reads them."""
    return [
        {
            **_line(row),
            "key": str(row.pk),
            "provider": _link(row.provider),
            "access": access_in_words(row),
            "licence": row.licence,
            "systems": row.in_systems,
        }
        for row in models
    ]


def system_lines(systems: Iterable[AISystem]) -> list[Page]:
    listed = list(systems)
    uses = tally(UseCase.objects.in_use(), "system_id", [row.pk for row in listed])
    return [
        {
            **_line(row),
            "supplier": _link(row.supplier),
            "models": [_link(part.model) for part in row.parts.all()],
            "uses": uses[row.pk],
        }
        for row in listed
    ]


def _line(row: RegisterRow) -> Page:
    return {
        "name": str(row),
        "url": address(row),
        "changed": row.changed_at,
        "retired": row.retired_at,
    }


def _link(row: RegisterRow | None) -> Page | None:
    return None if row is None else {"name": str(row), "url": address(row)}


def supplier_page(supplier: Supplier, actor: Actor) -> Page:
    systems = systems_of(actor).in_use().filter(supplier=supplier).in_order()
    models = listed_models(actor).in_use().filter(provider=supplier).in_order()
    return {
        **_line(supplier),
        "country": country_name(supplier.country),
        "eu_representative": supplier.eu_representative,
        "identifiers": [
            {"scheme": row.get_scheme_display(), "number": row.value}
            for row in supplier.identifiers.all()
        ],
        "systems": system_lines(systems[:ROWS_ON_A_DETAIL]),
        "systems_total": systems.count(),
        "models": model_lines(models[:ROWS_ON_A_DETAIL]),
        "models_total": models.count(),
        "all_systems_url": f"{reverse('models_registry:system-list')}?supplier={supplier.pk}",
        "all_models_url": f"{reverse('models_registry:model-list')}?supplier={supplier.pk}",
    }


def model_page(model: AIModel, actor: Actor) -> Page:
    systems = systems_with_model(systems_of(actor).in_use(), model.pk).in_order()
    uses = uses_of(actor).in_use().filter(model=model).in_order()
    return {
        **_line(model),
        "provider": _link(model.provider),
        "access": access_in_words(model),
        "licence_fact": licence_fact(model),
        "repository": repository_fact(model),
        "facts": facts_of_model(model),
        "systems": system_lines(systems[:ROWS_ON_A_DETAIL]),
        "systems_total": systems.count(),
        "all_systems_url": f"{reverse('models_registry:system-list')}?model={model.pk}",
        "uses": [_use(use) for use in uses[:ROWS_ON_A_DETAIL]],
        "uses_total": uses.count(),
        "all_uses_url": f"{reverse('assessments:use-list')}?model={model.pk}",
        "use_url": f"{reverse('assessments:use-register')}?model={model.pk}",
    }


def system_page(system: AISystem, actor: Actor) -> Page:
    uses = uses_of(actor).in_use().filter(system=system).in_order()
    return {
        **_line(system),
        "key": str(system.pk),
        "supplier": _link(system.supplier),
        "parts": [_part(part) for part in system.parts.select_related("model__provider")],
        "previous": _link(system.previous),
        "successors": [_link(row) for row in system.successors.order_by("created_at")],
        "uses": [_use(use) for use in uses[:ROWS_ON_A_DETAIL]],
        "uses_total": uses.count(),
        "all_uses_url": f"{reverse('assessments:use-list')}?system={system.pk}",
        "use_url": f"{reverse('assessments:use-register')}?system={system.pk}",
        "renew_url": address(system, "renew"),
    }


def _part(part: Any) -> Page:
    model = part.model
    notes = [access_in_words(model), model.licence]
    return {
        **_line(model),
        "role": part.role,
        "modification": part.modification,
        "provider": _link(model.provider),
        "note": ", ".join(note for note in notes if note),
    }


def _use(use: UseCase) -> Page:
    return {
        "name": use.name,
        "unit": use.unit,
        "purpose": use.purpose,
        "url": reverse("assessments:use-detail", args=[use.pk]),
    }


def sections(current: str) -> list[Page]:
    """Models, systems and suppliers as neighbouring lists, and what there is to know of models."""
    labels = {
        "model-list": _("Models"),
        "system-list": _("Systems"),
        "supplier-list": _("Suppliers"),
        "evidence-list": _("Evidence"),
        "starter-list": _("Starter catalogue"),
        "open-and-closed": _("Open and closed"),
    }
    return [
        {
            "label": label,
            "url": reverse(f"models_registry:{name}"),
            "current": name in (current, f"{current}-list"),
        }
        for name, label in labels.items()
    ]
