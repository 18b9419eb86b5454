import shutil

import pytest

from law.reading import read_yaml
from models_registry.checks.catalogue import FOLDER, Catalogue, CatalogueError, load
from models_registry.checks.compute import training_compute
from models_registry.checks.exemption_material import circumstances_of
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import Confidence, MeasuredBy
from tests.models_registry.checks.making import context

CATALOGUE = load()
STARTER = starter(CATALOGUE)
MODELS = STARTER.models.values()
KIMI = STARTER.models["kimi-k2-thinking"]


def stated():
    for model in MODELS:
        for name, value in model.values.items():
            if value is not None:
                yield model, name, value


def test_all_models_and_providers_are_there():
    assert (len(STARTER.models), len(STARTER.providers)) == (64, 25)
    assert {model.provider.id for model in MODELS} == STARTER.providers.keys()


def test_every_licence_is_one_that_we_know():
    assert {model.licence for model in MODELS} <= licences(CATALOGUE).by_id.keys()


def test_every_value_has_its_source_date_and_confidence():
    assert all(value.source and value.as_of and value.confidence for _, _, value in stated())


def test_every_source_is_used():
    used = {value.source.id for _, _, value in stated()}
    used |= {run.source.id for model in MODELS for run in model.benchmarks}
    for provider in STARTER.providers.values():
        facts = (provider.country, provider.code_of_practice, provider.transparency_index)
        used |= {fact.source.id for fact in facts if fact}
    assert STARTER.sources.keys() == used


def test_general_knowledge_is_unverified_and_of_low_confidence():
    vague = [value for _, _, value in stated() if value.source.id == "background"]
    assert vague
    assert all(value.unverified for value in vague)
    assert {value.confidence for value in vague} == {Confidence.LOW}


def test_what_is_not_known_is_neither_no_nor_nothing():
    assert KIMI.values["training_content_summary"] is None
    assert STARTER.models["gpt-5"].values["training_content_summary"].value == "not_found"
    assert STARTER.models["gpt-5"].values["parameters_total"] is None
    assert STARTER.providers["swiss-ai"].code_of_practice is None


def test_compute_from_parameters_and_tokens_is_a_lower_bound_and_adds_up():
    derived = [
        (model, value)
        for model, _, value in stated()
        if value.source.id == "derived_from_parameters_and_tokens"
    ]
    assert len(derived) > 10
    assert all(value.lower_bound for _, value in derived)
    for model, value in derived:
        active, tokens = model.values["parameters_active"], model.values["training_tokens"]
        if tokens:
            assert value.value == pytest.approx(
                training_compute(active.value, tokens.value), rel=0.05
            )


def test_a_lower_bound_below_a_threshold_leaves_it_open():
    near = STARTER.models["deepseek-v4-pro"]
    assert near.values["training_compute"].value < 1e25
    given = context({}, designated_systemic_risk=False, **near.claims())
    assert circumstances_of(given).systemic_risk is None
    assert circumstances_of(given).general_purpose is True


def test_kimi_k2_thinking_stands_with_who_measured_what():
    figures = {
        (run.name, run.settings, run.by): (run.value, run.version, run.measured_by)
        for run in KIMI.benchmarks
    }
    own, others = MeasuredBy.PROVIDER, MeasuredBy.INDEPENDENT
    exam = "Humanity's Last Exam"
    index = ("Artificial Analysis Intelligence Index", (), others)
    assert figures[index] == (67, "3.0", "Artificial Analysis")
    assert figures[exam, ("no_tools",), others] == (22.3, "", "Artificial Analysis")
    assert figures[exam, ("text_only", "no_tools"), own] == (23.9, "", "Moonshot AI")
    assert figures[exam, ("with_tools",), own] == (44.9, "", "Moonshot AI")
    assert figures["BrowseComp", ("agentic",), own] == (60.2, "", "Moonshot AI")
    assert KIMI.values["parameters_total"].value == 10**12
    assert KIMI.values["context_length_tokens"].value == 262_144


def test_kimi_k2_thinkings_tool_calls_are_the_providers_own_claim():
    (calls,) = (run for run in KIMI.benchmarks if run.unit == "calls")
    assert (calls.value, calls.up_to, calls.by) == (200, 300, MeasuredBy.PROVIDER)


def test_kimi_k2_thinkings_cost_is_a_figure_of_the_press():
    cost = KIMI.values["training_cost_usd"]
    assert cost.value < 5_000_000
    assert (cost.source.kind, cost.confidence) == ("reported", Confidence.LOW)
    assert "unaudited" in cost.note.en


def test_an_index_always_says_its_version():
    runs = [run for model in MODELS for run in model.benchmarks if "Index" in run.name]
    assert runs
    assert all(run.version for run in runs)


def test_access_is_open_only_where_nothing_stands_before_the_weights():
    access = {name: model.access for name, model in STARTER.models.items()}
    assert access["kimi-k2-thinking"] == "open_weights"
    assert access["gpt-5"] == "api_only"
    assert access["llama-3.1-405b"] == "gated"
    assert access["glm-5"] in ("", "open_weights")


def test_a_derived_model_names_its_ancestor():
    claims = STARTER.models["llama-nemotron-super-49b"].claims()
    assert claims["lineage"] == (("llama-3.3-70b", "finetune"),)


def test_no_value_stands_bare():
    for path in sorted((FOLDER / "models").glob("*.yaml")):
        for row in read_yaml(path.read_text(encoding="utf-8"), name=path.name).data["models"]:
            for name, value in row["values"].items():
                assert value is None or "source" in value or value["value"] is None, (row, name)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "catalogue")
    return tmp_path / "catalogue"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("source: kimi_k2_thinking_card", "source: hearsay", "there is no source 'hearsay'"),
        ("licence: moonshot-modified-mit-k2\n", "licence: own\n", "there is no licence 'own'"),
        ("provider: moonshot-ai", "provider: nobody", "there is no provider 'nobody'"),
        ("{value: true, source: kimi_k2_thinking_card}", "true", "is not valid"),
    ],
)
def test_a_catalogue_with_a_fault_is_refused_with_its_place(copy, old, new, fault):
    path = copy / "models" / "moonshot_ai.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=fault):
        starter(Catalogue(copy))
