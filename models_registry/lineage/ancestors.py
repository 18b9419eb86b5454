"""From which models a model was made, and which were made from it: level by level."""

from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet

from models_registry.models import AIModel, Derivation

# A walk asks once for each level; a longer line is refused when it is registered.
MOST_LEVELS = 10
MOST_SHOWN = 60

Level = list[Derivation]


def levels_above(model_ids: Iterable[UUID]) -> list[Level]:
    """The steps to the models that these were made from, the nearest first."""
    return _walk(model_ids, start="model_id", end="base_id")


def levels_below(model_ids: Iterable[UUID]) -> list[Level]:
    """The steps to the models that were made from these."""
    return _walk(model_ids, start="base_id", end="model_id")


def ancestors_of(model: AIModel) -> list[Derivation]:
    """Every step further up once, the nearest first."""
    return list({row.pk: row for row in chain.from_iterable(levels_above([model.pk]))}.values())


def with_descent(model: AIModel) -> QuerySet[AIModel]:
    """The model and every model that was made from it, at whatever remove."""
    below = {row.model_id for row in chain.from_iterable(levels_below([model.pk]))}
    return AIModel.objects.filter(pk__in={model.pk, *below})


def _walk(model_ids: Iterable[UUID], *, start: str, end: str) -> list[Level]:
    levels: list[Level] = []
    front = set(model_ids)
    # One level more than may be, so that whoever asks sees that a line is too long.
    while front and len(levels) <= MOST_LEVELS:
        steps = Derivation.objects.filter(**{f"{start}__in": front})
        rows = list(steps.select_related("base__provider", "model").order_by("created_at", "pk"))
        if rows:
            levels.append(rows)
        front = {getattr(row, end) for row in rows}
    return levels
