"""What is known of a model: its newest run of checks, then the register, then the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from uuid import UUID

from django.db.models import OuterRef, Subquery, prefetch_related_objects

from accounts.countries import IN_THE_UNION
from models_registry.checks.catalogue import Catalogue, load
from models_registry.checks.exemption_register import exemption_by_register
from models_registry.checks.keeping import deployment_of_run, results_from_data, values_from_data
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.results import Strength, Value
from models_registry.checks.sovereignty.deployment import Deployment, Known, of_starter
from models_registry.checks.sovereignty.levels import Origin
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import StarterModel
from models_registry.model_access import gated
from models_registry.models import AIModel, CheckRun

REGISTER = "register"
_FIGURES = ("training_compute", "parameters_total", "parameters_active", "training_tokens")
_WITH_WEIGHTS = {"open_weights": True, "gated": True, "api_only": False}


@cache
def check_catalogue() -> Catalogue:
    """The catalogue of checks, read once for each process."""
    return load()


def knowledge_of(model: AIModel, answers: Mapping[str, Value] | None = None) -> Deployment:
    """Everything known of one model, under the answers of whoever operates it."""
    return knowledge_of_many([model], answers)[model.pk]


def knowledge_of_many(
    models: Iterable[AIModel], answers: Mapping[str, Value] | None = None
) -> dict[UUID, Deployment]:
    """The same for several models, in two or three queries however many they are."""
    listed = list(models)
    prefetch_related_objects(listed, "provider")
    runs = newest_runs(model.pk for model in listed)
    return {model.pk: _known(model, runs.get(model.pk), answers) for model in listed}


def newest_runs(model_ids: Iterable[UUID]) -> dict[UUID, CheckRun]:
    """The newest finished run of each model that has one."""
    done = CheckRun.objects.filter(model=OuterRef("pk"), state=CheckRun.State.DONE)
    newest = done.order_by("-created_at", "-id").values("pk")[:1]
    models = AIModel.objects.order_by().filter(pk__in=list(model_ids))
    ids = [key for key in models.values_list(Subquery(newest), flat=True) if key]
    kept = CheckRun.objects.filter(pk__in=ids).defer("accounts")
    return {run.model_id: run for run in kept}


def starter_knowledge(entry: str, answers: Mapping[str, Value] | None = None) -> Deployment:
    """What the starter catalogue says of one of its models; KeyError where it has none."""
    return _of_entry(starter(check_catalogue()).models[entry], answers)


def _of_entry(entry: StarterModel, answers: Mapping[str, Value] | None) -> Deployment:
    given = of_starter(entry, check_catalogue(), answers)
    compute = entry.values["training_compute"]
    values = dict(given.values)
    if compute:
        values["training_compute_is_lower_bound"] = Known(
            compute.lower_bound, Strength.ASSERTED, Origin.REGISTER, compute.source.id
        )
    return _judged(replace(given, values=values))


def _judged(given: Deployment) -> Deployment:
    return replace(given, exemption=exemption_by_register(given).verdict)


def _known(model: AIModel, run: CheckRun | None, answers: Mapping[str, Value] | None) -> Deployment:
    register = _of_register(model, answers)
    if run is None:
        return register
    return deployment_of_run(
        results_from_data(run.results),
        values_from_data(run.claims),
        check_catalogue(),
        licence_ids=run.summary.get("licence_ids"),
        exemption=run.summary.get("exemption", "unknown"),
        answers=answers,
        register=register,
    )


def _of_register(model: AIModel, answers: Mapping[str, Value] | None) -> Deployment:
    """What the row says, and the entry that it was copied from where the row says nothing."""
    entry = starter(check_catalogue()).models.get(model.catalogue_id)
    given = of_starter(entry, check_catalogue(), answers) if entry else None
    values = dict(given.values) if given else {}
    stated = {name: value for name, value in _stated(model).items() if value not in (None, ())}
    for name, value in stated.items():
        values[name] = Known(value, Strength.ASSERTED, Origin.REGISTER, REGISTER)
    own = licences(check_catalogue()).by_id.get(model.licence_id)
    licence = own or (given.licence if given else None)
    return _judged(
        Deployment(
            catalogue=check_catalogue(),
            values=values,
            licence=licence,
            licence_strength=Strength.ASSERTED if licence else Strength.NONE,
            answers=answers or {},
        )
    )


def _stated(model: AIModel) -> dict[str, Value]:
    weights = _WITH_WEIGHTS.get(model.access)
    stated: dict[str, Value] = {
        "access": model.access,
        "weights_available": weights,
        "gated": gated(model),
        "general_purpose": model.general_purpose,
        "release_date": model.released_on.isoformat() if model.released_on else None,
        "context_length_tokens": model.context_length,
        "input_modalities": tuple(model.input_modalities),
        "output_modalities": tuple(model.output_modalities),
        "in_union": _in_union(model),
        **{name: getattr(model, name) for name in _FIGURES},
    }
    if model.training_compute is not None:
        stated["training_compute_is_lower_bound"] = model.compute_is_lower_bound
    return stated


def _in_union(model: AIModel) -> bool | None:
    country = model.provider.country if model.provider else ""
    return country in IN_THE_UNION if country else None
