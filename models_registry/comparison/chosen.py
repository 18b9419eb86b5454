"""Models that an address names: rows of the own register and entries of the starter catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import Actor
from models_registry.checks.results import Value
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import StarterModel
from models_registry.models import AIModel
from models_registry.pages import address
from models_registry.selectors import models_of
from models_registry.sovereignty.knowledge import (
    check_catalogue,
    knowledge_of_many,
    starter_knowledge,
)

# Far more than can be compared, and few enough for one query.
MOST_NAMED = 24


class NotHereError(LookupError):
    """No such model in the reader's register, nor in the starter catalogue."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model to look at: ``key`` is its name in an address, ``url`` its own page."""

    key: str
    name: str
    provider: str
    url: str
    registered: bool
    given: Deployment


def keys_in(values: Iterable[str]) -> list[str]:
    """The keys of an address, each once, in their order."""
    return list(dict.fromkeys(filter(None, (value.strip() for value in values))))[:MOST_NAMED]


def chosen_models(
    actor: Actor, keys: Iterable[str], answers: Mapping[str, Value] | None = None
) -> list[Chosen]:
    """What is known of each, in the order of the keys; NotHereError where one names nothing."""
    listed = list(keys)
    ids = {key: row_id for key in listed if (row_id := _row_id(key))}
    found = {row.pk: row for row in models_of(actor).filter(pk__in=list(ids.values()))}
    rows = [_one(key, ids.get(key), found) for key in listed]
    known = knowledge_of_many(found.values(), answers)
    return [_chosen(key, row, known, answers) for key, row in zip(listed, rows, strict=True)]


def by_name(chosen: Iterable[Chosen]) -> dict[str, Deployment]:
    """What is known under names for people; a name that stands twice gets a number."""
    named: dict[str, Deployment] = {}
    for one in chosen:
        name, number = one.name, 2
        while name in named:
            name, number = f"{one.name} ({number})", number + 1
        named[name] = one.given
    return named


def _row_id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _one(key: str, row_id: UUID | None, found: Mapping[UUID, AIModel]) -> AIModel | StarterModel:
    row = found.get(row_id) if row_id else starter(check_catalogue()).models.get(key)
    if row is None:
        raise NotHereError(key)
    return row


def _chosen(
    key: str,
    row: AIModel | StarterModel,
    known: Mapping[UUID, Deployment],
    answers: Mapping[str, Value] | None,
) -> Chosen:
    if isinstance(row, AIModel):
        provider = row.provider.name if row.provider else ""
        return Chosen(str(row.pk), str(row), provider, address(row), True, known[row.pk])
    url = reverse("models_registry:starter-model", args=[key])
    return Chosen(key, row.name, row.provider.name, url, False, starter_knowledge(key, answers))
