"""Under which terms the models stand that this one was made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models_registry.checks.context import Context
from models_registry.checks.licences.catalogue import Licence, plain
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.material import card, known
from models_registry.checks.results import Value

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A model further up; ``licence`` is None where we do not know it."""

    model: str
    relation: str
    licence: Licence | None


def ancestors(context: Context) -> tuple[Ancestor, ...]:
    """Those the register names in its claim ``lineage``, then those that only the card names.

    The claim holds for each ancestor (model, relation, licence); the last two may be missing.
    """
    claimed = {ancestor.model: ancestor for ancestor in _claimed(context)}
    front = card(context)
    for model in front.many("base_model") if front else ():
        relation = front.one("base_model_relation") if front else ""
        claimed.setdefault(model, _ancestor(context, model, relation, None))
    return tuple(claimed.values())[:_DEEPEST]


def conflicts(own: Licence, above: Licence) -> bool:
    """Whether a model under ``own`` cannot have been made from one under ``above``."""
    if own.id == above.id or own.kind != "licence":
        return False
    passed_on = set(above.effects) - {Effect.ENDS_ON_BREACH}
    return above.conditions["free_terms_for_derivatives"] is False or not passed_on <= set(
        own.effects
    )


def _claimed(context: Context) -> Iterator[Ancestor]:
    lineage = context.claims.get("lineage")
    for row in lineage if isinstance(lineage, tuple) else ():
        parts = row if isinstance(row, tuple) else (row,)
        model, relation, licence = (*parts, None, None)[:3]
        if isinstance(model, str):
            yield _ancestor(context, model, str(relation or ""), licence)


def _ancestor(context: Context, model: str, relation: str, licence: Value) -> Ancestor:
    name = licence if isinstance(licence, str) else _in_catalogue(context, model)
    found = known(context).declared(name) if name else ()
    return Ancestor(model, relation, found[0] if len(found) == 1 else None)


def _in_catalogue(context: Context, model: str) -> str:
    if "models" not in context.catalogue.sections():
        return ""
    wanted = {plain(model), plain(model.rpartition("/")[2])}
    for row in context.catalogue.section("models").values():
        if wanted & {plain(str(name)) for name in _names(row)}:
            return str(row.get("licence", ""))
    return ""


def _names(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[key] for key in ("id", "name", "repository") if row.get(key))
