"""The models inside what is assessed, with everything known of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessments.models import Assessment
from models_registry.checks.answer_facts import Said, facts_for_answers
from models_registry.checks.compute import modification
from models_registry.checks.results import Value
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.models import AIModel, CheckRun, SystemModel
from models_registry.sovereignty.knowledge import check_catalogue, knowledge_of_many, newest_runs


@dataclass(frozen=True)
class KnownModel:
    """A model, what it is known by, and the run that found it where there is one."""

    model: AIModel
    knowledge: Deployment
    run: CheckRun | None
    part: SystemModel | None = None


def known_models(assessment: Assessment) -> list[KnownModel]:
    """In a constant number of queries; empty where nothing is registered inside."""
    parts = dict(_parts(assessment))
    if not parts:
        return []
    knowledge = knowledge_of_many(parts)
    runs = newest_runs(model.pk for model in parts)
    return [
        KnownModel(model, knowledge[model.pk], runs.get(model.pk), part)
        for model, part in parts.items()
    ]


def _parts(assessment: Assessment) -> Iterator[tuple[AIModel, SystemModel | None]]:
    use = assessment.use_case
    if use.model:
        yield use.model, None
    elif use.system:
        rows = SystemModel.objects.filter(system=use.system).select_related("model__provider")
        for part in rows.order_by("created_at", "pk"):
            yield part.model, part


def answer_facts(known: KnownModel, assessment: Assessment) -> dict[str, Said]:
    """What the table of proposed answers asks for."""
    return facts_for_answers(known.knowledge, dict(_own_facts(known, assessment)))


def _own_facts(known: KnownModel, assessment: Assessment) -> Iterator[tuple[str, Value]]:
    yield "maker", _maker(known.model, assessment)
    part, system = known.part, assessment.use_case.system
    # Only what one builds oneself was modified by oneself. Words alone may tell of prompts or
    # settings; compute was spent on training.
    if not part or not system or system.supplier_id or not part.modification_compute:
        return
    yield "modified", True
    yield "modification_compute", part.modification_compute
    yield "modification_share", _share(part, known.knowledge)


def _maker(model: AIModel, assessment: Assessment) -> str:
    if model.access == AIModel.Access.IN_HOUSE:
        return "own"
    if model.provider is None:
        return ""
    ours = assessment.organisation.name.strip().casefold()
    return "own" if model.provider.name.strip().casefold() == ours else "other"


def _share(part: SystemModel, knowledge: Deployment) -> str:
    original = knowledge.value("training_compute")
    if isinstance(original, bool) or not isinstance(original, int | float) or not original:
        return "original_unknown"
    found = modification(
        float(part.modification_compute or 0),
        check_catalogue(),
        original=float(original),
        systemic_risk=False,
    )
    return "above_third" if found.becomes_provider else "up_to_third"


def facts_by_model(
    models: list[KnownModel], assessment: Assessment
) -> Mapping[str, Mapping[str, Said]]:
    """By the key of the model, as text."""
    return {str(known.model.pk): answer_facts(known, assessment) for known in models}
