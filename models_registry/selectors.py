"""What pages read of the register; every list starts from `visible_to`."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Actor
from models_registry.models import (
    AIModel,
    AISystem,
    RegisterQuerySet,
    Supplier,
    SystemModel,
    UseCase,
    UseCaseQuerySet,
)

Found = TypeVar("Found", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])
MOST_WORDS = 8


def with_words(rows: Rows, text: str, *fields: str) -> Rows:
    """The rows in which each word occurs in one of the fields, in capitals or not."""
    for word in text.split()[:MOST_WORDS]:
        rows = rows.filter(occurs(word, *fields))
    return rows


def occurs(word: str, *fields: str) -> Q:
    """A condition: the word is in one of the fields; its %, _ and quotes are plain signs."""
    found = Q()
    # SQLite knows capitals of ASCII letters only.
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    for field in fields:
        for spelling in spellings:
            found |= Q(**{f"{field}__icontains": spelling})
    return found


def suppliers_of(actor: Actor) -> RegisterQuerySet[Supplier]:
    return Supplier.objects.visible_to(actor)


def models_of(actor: Actor) -> RegisterQuerySet[AIModel]:
    return AIModel.objects.visible_to(actor).select_related("provider")


def listed_models(actor: Actor) -> RegisterQuerySet[AIModel]:
    """The models as a list shows them, each with how many systems in use it is in: one query."""
    parts = SystemModel.objects.filter(model=OuterRef("pk"), system__retired_at=None)
    counted = parts.order_by().values("model").annotate(n=Count("pk")).values("n")
    return models_of(actor).annotate(in_systems=Coalesce(Subquery(counted), 0))


def systems_of(actor: Actor) -> RegisterQuerySet[AISystem]:
    systems = AISystem.objects.visible_to(actor).select_related("supplier", "previous")
    return systems.prefetch_related("parts__model")


def uses_of(actor: Actor) -> UseCaseQuerySet:
    return UseCase.objects.visible_to(actor).with_parts()


def systems_with_model(
    rows: RegisterQuerySet[AISystem], model_id: UUID
) -> RegisterQuerySet[AISystem]:
    parts = SystemModel.objects.filter(model_id=model_id)
    return rows.filter(pk__in=parts.values("system_id"))


def tally(rows: QuerySet[Found], key: str, ids: Iterable[UUID]) -> Counter[UUID]:
    """How many rows point to each of the ids: one query for a page of them.

    The ids are of rows that the reader may see, and no row points to another organisation's; asked
    for the organisation as well, SQLite would read all of its rows instead of these.
    """
    counted = rows.order_by().filter(**{f"{key}__in": list(ids)}).values_list(key)
    return Counter(dict(counted.annotate(n=Count("pk"))))


def supplier_choices(actor: Actor, most: int) -> list[tuple[str, str]]:
    """Suppliers to filter by, retired ones too, since their systems are still there."""
    rows = suppliers_of(actor).in_order().values_list("pk", "name")
    return [(str(key), name) for key, name in rows[:most]]


def supplier_names(actor: Actor, most: int) -> list[str]:
    return list(suppliers_of(actor).in_use().in_order().values_list("name", flat=True)[:most])


def unit_names(actor: Actor, most: int) -> list[str]:
    """The units that use AI so far, in order."""
    rows = UseCase.objects.visible_to(actor).exclude(unit="").order_by("unit")
    return list(rows.values_list("unit", flat=True).distinct()[:most])
