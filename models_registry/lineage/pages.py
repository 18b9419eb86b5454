"""The models that a model was made from, what it inherits of them, and what was made from it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from models_registry.checks.licences.catalogue import Licence, licences
from models_registry.checks.licences.lineage import conflicts
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.telling import filled
from models_registry.checks.words import Words
from models_registry.comparison.words import CONDITIONS, value_words
from models_registry.lineage.ancestors import MOST_SHOWN, ancestors_of
from models_registry.lineage.modifying_pages import exclusion_told, standing_of_step, words
from models_registry.model_access import access_in_words
from models_registry.models import AIModel, Derivation
from models_registry.pages import address
from models_registry.sovereignty.knowledge import check_catalogue, knowledge_of_many
from models_registry.starter.words import flop_words

Page = dict[str, Any]
Steps = Mapping[UUID, list[Derivation]]
Known = Mapping[UUID, Deployment]
_MOST_DESCENDANTS = 25
_PASSED_ON = ("attribution", "share_alike")


def lineage_part(model: AIModel) -> Page:
    """For the page of the model: a tree upwards, what comes with it, and models made from it."""
    steps = ancestors_of(model)[:MOST_SHOWN]
    above = {step.base_id: step.base for step in steps}
    known = knowledge_of_many([model, *above.values()])
    made = model.descent.select_related("model").order_by("created_at", "pk")[:_MOST_DESCENDANTS]
    own = [step for step in steps if step.model_id == model.pk]
    exclusions = (exclusion_told(one, known[one.pk]) for one in (model, *above.values()))
    return {
        "name": str(model),
        "tree": _tree(model.pk, _by_model(steps), set()),
        "inherited": [
            _inherited(one, known, [model, *_made_of(one, steps)]) for one in above.values()
        ],
        "beyond": _beyond(known[key] for key in above),
        "standings": [standing_of_step(step, known[step.base_id]) for step in own]
        + [one for one in exclusions if one],
        "made_from_it": [
            {"name": str(step.model), "url": address(step.model), "how": _how(step)}
            for step in made
        ],
    }


def _by_model(steps: list[Derivation]) -> Steps:
    found: dict[UUID, list[Derivation]] = defaultdict(list)
    for step in steps:
        found[step.model_id].append(step)
    return found


def _tree(model_id: UUID, steps: Steps, told: set[UUID]) -> list[Page]:
    """The models above, each with those above it; what stands there twice is opened once."""
    nodes = []
    for step in steps.get(model_id, ()):
        repeated = step.base_id in told
        told.add(step.base_id)
        nodes.append(
            {
                "name": str(step.base),
                "url": address(step.base),
                "how": _how(step),
                "access": access_in_words(step.base),
                "provider": step.base.provider.name if step.base.provider else "",
                "repeated": repeated,
                "above": [] if repeated else _tree(step.base_id, steps, told),
            }
        )
    return nodes


def _how(step: Derivation) -> str:
    relation = str(step.get_relation_display())
    if step.compute is None:
        return relation
    flop = flop_words(step.compute, at_least=False)
    return _("%(relation)s with %(n)s operations") % {"relation": relation, "n": flop}


def _made_of(base: AIModel, steps: list[Derivation]) -> list[AIModel]:
    return [step.model for step in steps if step.base_id == base.pk]


def _inherited(ancestor: AIModel, known: Known, heirs: list[AIModel]) -> Page:
    given = known[ancestor.pk]
    disclosed = given.value("training_data_disclosure")
    return {
        "name": str(ancestor),
        "url": address(ancestor),
        "licence": given.licence.name if given.licence else ancestor.licence,
        "conditions": _conditions(given.licence) if given.licence else [],
        "warning": _warning(ancestor, given.licence, heirs, known),
        "disclosed": value_words("training_data_disclosure", disclosed) if disclosed else "",
    }


def _conditions(licence: Licence) -> list[str]:
    spoken, effects = words(), licences(check_catalogue()).effects
    plain = [str(CONDITIONS[name]) for name in _PASSED_ON if licence.conditions.get(name) is True]
    return [spoken.text(effects[effect].title) for effect in licence.effects] + plain


def _warning(ancestor: AIModel, above: Licence | None, heirs: list[AIModel], known: Known) -> str:
    """What the check of stacked licences would say, of this model or of one in between."""
    spoken, name = words(), str(ancestor)
    if above is None:
        return _reason("unknown_ancestor", spoken, unknown=name)
    for heir in heirs:
        own = known[heir.pk].licence
        if own is not None and conflicts(own, above):
            values = {"own": own.name, "model": name, "licence": above.name}
            return f"{heir}: {_reason('conflict', spoken, **values)}"
    return ""


def _reason(name: str, spoken: Words, **values: str) -> str:
    text = check_catalogue().checks["L07"].reasons[name].in_language(spoken.language)
    return filled(text, values, spoken.language)


def _beyond(known: Any) -> list[str]:
    """What can never be verified of an ancestor whose weights nobody gets."""
    if not any(given.closed for given in known):
        return []
    rows = check_catalogue().section("beyond_checks").values()
    return [words().text(row["text"]) for row in rows if row["of"] == "closed"]
