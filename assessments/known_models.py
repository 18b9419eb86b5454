"""The models inside what is assessed, with everything known of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Assessment
from models_registry.checks.answer_facts import Said, facts_for_answers
from models_registry.checks.compute import modification
from models_registry.checks.results import Value
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.models import AIModel, CheckRun, SystemModel
from models_registry.sovereignty.knowledge import check_catalogue, knowledge_of_many, newest_runs

Part = tuple[AIModel, SystemModel | None]


@dataclass(frozen=True)
class KnownModel:
    """A model, what it is known by, and the run that found it where there is one."""

    model: AIModel
    knowledge: Deployment
    run: CheckRun | None
    part: SystemModel | None = None


def known_models(assessment: Assessment) -> list[KnownModel]:
    """In a constant number of queries; empty where nothing is registered inside."""
    return known_models_of([assessment])[assessment.pk]


def known_models_of(assessments: Iterable[Assessment]) -> dict[UUID, list[KnownModel]]:
    """The same for several assessments, in as many queries."""
    listed = list(assessments)
    inside = _inside(listed)
    models = {model.pk: model for parts in inside.values() for model, _part in parts}
    if not models:
        return {one.pk: [] for one in listed}
    knowledge, runs = knowledge_of_many(models.values()), newest_runs(models)
    return {
        key: [
            KnownModel(model, knowledge[model.pk], runs.get(model.pk), part)
            for model, part in parts
        ]
        for key, parts in inside.items()
    }


def _inside(assessments: list[Assessment]) -> dict[UUID, list[Part]]:
    uses = {one.pk: one.use_case for one in assessments}
    systems = {use.system_id for use in uses.values() if not use.model_id and use.system_id}
    rows = SystemModel.objects.filter(system__in=systems).select_related("model__provider")
    by_system: dict[UUID, list[Part]] = {}
    for row in rows.order_by("created_at", "pk") if systems else ():
        by_system.setdefault(row.system_id, []).append((row.model, row))
    return {
        key: [(use.model, None)] if use.model else by_system.get(use.system_id, [])  # type: ignore[arg-type]
        for key, use in uses.items()
    }


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
