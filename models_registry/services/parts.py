"""The models inside a system."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from models_registry.models import AIModel, AISystem, SystemModel
from models_registry.services.keeping import written


class Part(NamedTuple):
    """A model in a system: what it does there, and how whoever built the system changed it."""

    model: AIModel
    role: str = ""
    modification: str = ""
    modification_compute: float | None = None


Parts = Iterable[Part | tuple[AIModel, str]]
Told = dict[str, Any]


def put_in(system: AISystem, parts: Parts) -> None:
    for part in parts:
        row = SystemModel(organisation=system.organisation, system=system, **Part(*part)._asdict())
        written(row, force_insert=True)


def exchange(system: AISystem, parts: Parts) -> tuple[Told, Told]:
    """Leaves exactly these models in the system; what each does there, before and after."""
    wanted = [Part(*part) for part in parts]
    before = {str(row.model_id): _told(part_of(row)) for row in system.parts.all()}
    after = {str(part.model.pk): _told(part) for part in wanted}
    if before == after and len(wanted) == len(after):
        return {}, {}
    system.parts.all().delete()
    put_in(system, wanted)
    return before, after


def part_of(row: SystemModel) -> Part:
    return Part(row.model, row.role, row.modification, row.modification_compute)


def _told(part: Part) -> Told | str:
    """A model that was taken as it is has a role and nothing else to tell."""
    changes = {"modification": part.modification, "compute": part.modification_compute}
    said = {name: value for name, value in changes.items() if value not in ("", None)}
    return {"role": part.role, **said} if said else part.role
