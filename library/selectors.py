"""What a search finds in the organisation's register."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.db.models.functions import Lower

from accounts.models import Actor
from assessments.models import Assessment
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from models_registry.selectors import occurs, with_words

MOST_SIGNS = 200


@dataclass(frozen=True)
class Rows:
    """The first rows of one kind, and whether there are more."""

    kind: str
    rows: list[Any]
    more: bool


def cleaned(text: str) -> str:
    """What was typed, in one line, without signs that no name has."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: 10 * MOST_SIGNS])
    return " ".join(printable.split())[:MOST_SIGNS]


def rows_found(actor: Actor, text: str, most: int) -> list[Rows]:
    """Uses, systems, models and suppliers with all these words; what is named so comes first."""
    uses = UseCase.objects.visible_to(actor).select_related("system", "model")
    systems = AISystem.objects.visible_to(actor).select_related("supplier")
    models = AIModel.objects.visible_to(actor).select_related("provider")
    searched: list[tuple[str, QuerySet[Any], tuple[str, ...]]] = [
        ("use", uses, ("name", "purpose", "unit", "system__name", "model__name")),
        ("system", systems, ("name", "version", "supplier__name")),
        ("model", models, ("name", "version", "licence", "provider__name")),
        ("supplier", Supplier.objects.visible_to(actor), ("name",)),
    ]
    if not text:
        return []
    found = [(kind, _first(rows, text, fields, most)) for kind, rows, fields in searched]
    return [Rows(kind, rows[:most], len(rows) > most) for kind, rows in found if rows]


def _first(rows: QuerySet[Any], text: str, fields: tuple[str, ...], most: int) -> list[Model]:
    named = Case(
        When(occurs(text, "name"), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = with_words(rows, text, *fields)
    return list(found.order_by(named, Lower("name"), "pk")[: most + 1])


def classes_of(actor: Actor, uses: list[UseCase]) -> dict[Any, str]:
    """The class of each use, as its current assessment has it."""
    rows = Assessment.objects.visible_to(actor).current().filter(use_case__in=uses).order_by()
    return dict(rows.values_list("use_case_id", "headline"))
