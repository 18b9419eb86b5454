"""Where somebody stands who changed a model or builds it in, in the words of a language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from law.wording import cites_in_words
from models_registry.checks.exemption_register import circumstances_by_register
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.telling import filled
from models_registry.checks.words import Words
from models_registry.lineage.modifying import Answer, Original, Standing, exclusion_of, standing_of
from models_registry.models import AIModel, Derivation, SystemModel
from models_registry.pages import address
from models_registry.sovereignty.knowledge import check_catalogue, knowledge_of_many
from models_registry.starter.words import flop_words

Page = dict[str, Any]
GUIDELINES = "C(2025) 5045"


def words() -> Words:
    return Words(check_catalogue(), (get_language() or "en")[:2])


def standing_of_step(step: Derivation, base: Deployment) -> Page:
    """Whether whoever made a model out of another one became a provider."""
    found = standing_of(
        step.compute, _original(base), check_catalogue(), relation=str(step.relation)
    )
    return _told(found, step.base)


def exclusion_told(model: AIModel, given: Deployment) -> Page | None:
    """What it means to build in a model whose licence leaves the Union out; else None."""
    found = exclusion_of(
        circumstances_by_register(given).excluded_from_union,
        may_be_meant=Effect.GEOGRAPHIC_EXCLUSION in given.effects(),
    )
    return _told(found, model) if found else None


def standings_of_parts(parts: Iterable[SystemModel]) -> list[Page]:
    """For each model in a system that was changed, or that the Union is left out of."""
    listed = list(parts)
    known = knowledge_of_many([part.model for part in listed]) if listed else {}
    found: list[Page] = []
    for part in listed:
        given = known[part.model_id]
        if part.modification or part.modification_compute is not None:
            standing = standing_of(part.modification_compute, _original(given), check_catalogue())
            found.append(_told(standing, part.model))
        if exclusion := exclusion_told(part.model, given):
            found.append(exclusion)
    return found


def _original(given: Deployment) -> Original:
    known = circumstances_by_register(given)
    flop = given.value("training_compute")
    return Original(
        compute=float(flop) if isinstance(flop, int | float) and flop > 0 else None,
        compute_is_lower_bound=given.value("training_compute_is_lower_bound") is True,
        general_purpose=known.general_purpose,
        systemic_risk=known.systemic_risk,
    )


def _told(standing: Standing, model: AIModel) -> Page:
    spoken = words()
    values = {
        name: flop_words(flop, at_least=False) if flop else "0"
        for name, flop in standing.amounts.items()
    }
    values["base"] = str(model)

    def row(name: str) -> Page:
        entry = check_catalogue().section("modifications")[name]
        text = filled(spoken.text(entry["text"]), values, spoken.language)
        return {"text": text, "cites": _cites(entry, spoken)}

    return {
        "model": {"name": str(model), "url": address(model)},
        "answer": standing.answer.value,
        "tag": _tag(standing.answer),
        "reason": row(standing.reason),
        "readings": [*map(row, standing.readings), *_note(spoken)],
        "changes": [row(name)["text"] for name in standing.changes],
    }


def _tag(answer: Answer) -> Page:
    tone, icon, label = {
        Answer.PROVIDER: ("high", "warning", _("Becomes a provider")),
        Answer.NO_PROVIDER: ("good", "check", _("No provider by this")),
        Answer.OPEN: ("open", "question", _("Open")),
    }[answer]
    return {"tone": tone, "icon": icon, "label": label}


def _cites(entry: Any, spoken: Words) -> list[Page]:
    found: list[Page] = [*cites_in_words(tuple(entry.get("act", ())), spoken.language)]
    found += [
        {"text": _("recital %(n)s") % {"n": number}, "url": ""}
        for number in entry.get("recitals", ())
    ]
    if numbers := entry.get("guidelines"):
        told = {"name": GUIDELINES, "numbers": _run(numbers)}
        found.append({"text": _("Guidelines %(name)s, §%(numbers)s") % told, "url": ""})
    return found


def _run(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _note(spoken: Words) -> list[Page]:
    row = check_catalogue().section("exemption_notes")["numbering"]
    return [{"text": spoken.text(row["text"]), "cites": []}]
