"""The models inside a system."""

from collections.abc import Iterable

from models_registry.models import AIModel, AISystem, SystemModel
from models_registry.services.keeping import written

Parts = Iterable[tuple[AIModel, str]]


def put_in(system: AISystem, parts: Parts) -> None:
    for model, role in parts:
        part = SystemModel(organisation=system.organisation, system=system, model=model, role=role)
        written(part, force_insert=True)


def exchange(system: AISystem, parts: Parts) -> tuple[dict[str, str], dict[str, str]]:
    """Leaves exactly these models in the system; the roles by model, before and after."""
    wanted = list(parts)
    before = {str(part.model_id): part.role for part in system.parts.all()}
    after = {str(model.pk): role for model, role in wanted}
    if before == after and len(wanted) == len(after):
        return {}, {}
    system.parts.all().delete()
    put_in(system, wanted)
    return before, after
