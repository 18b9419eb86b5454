import hashlib
import time

import pytest

from models_registry.checks import bills, documents, licences, weights
from models_registry.checks.bills.schemas import VERSIONS
from models_registry.checks.coverage.openness import State, openness
from models_registry.checks.running import run
from tests.models_registry.checks.licences.samples import APACHE
from tests.models_registry.checks.making import as_bytes, context, mixture, safetensors
from tests.models_registry.checks.telling_cases import (
    FAIL,
    NOT_CHECKABLE,
    OPEN,
    PARTIAL,
    PASS,
    Case,
    judge,
    result,
    untold,
)

GROUPS = (licences.CHECKS, weights.CHECKS, documents.CHECKS, bills.CHECKS)
OWNED = {"owners": [{"organization": {"name": "Example Lab"}}]}
WEIGHTS = {"model.safetensors": safetensors({"a": ("F32", [2])})}
DIGEST = hashlib.sha256(as_bytes(WEIGHTS["model.safetensors"])).hexdigest()
CARD = {
    "modelParameters": {
        "approach": {"type": "supervised"},
        "task": "text-generation",
        "architectureFamily": "transformer",
        "modelArchitecture": "Tiny",
        "datasets": [{"type": "dataset", "name": "corpus", "governance": OWNED}],
        "inputs": [{"format": "text"}],
        "outputs": [{"format": "text"}],
    },
    "quantitativeAnalysis": {"performanceMetrics": [{"type": "acc", "value": "0.5"}]},
    "considerations": {
        "users": ["firms"],
        "useCases": ["chat"],
        "technicalLimitations": ["small"],
        "performanceTradeoffs": ["slow"],
        "ethicalConsiderations": [{"name": "bias"}],
    },
}


def model(**changes):
    made = {
        "type": "machine-learning-model",
        "name": "model.safetensors",
        "version": "1.0",
        "hashes": [{"alg": "SHA-256", "content": DIGEST}],
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "supplier": {"name": "Example Lab"},
        "modelCard": CARD,
    } | changes
    return {name: value for name, value in made.items() if value is not None}


def bill(*components, version="1.6", **more):
    made = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, **more}
    return {"bom.json": made | {"components": list(components)}}


def data(name, governed):
    inner = {"type": "dataset", "name": name}
    return {
        "type": "data",
        "name": name,
        "data": [inner | ({"governance": OWNED} if governed else {})],
    }


def spdx(**package):
    graph = [{"type": "ai_AIPackage", "name": "Tiny", **package}]
    return {"tiny.spdx.json": {"@context": "https://spdx.org/rdf/3.0.1/x.jsonld", "@graph": graph}}


MANDATORY = {
    "releaseTime": "2026-01-01T00:00:00Z",
    "suppliedBy": "x",
    "software_downloadLocation": "x",
    "software_packageVersion": "1",
    "software_primaryPurpose": "model",
}
AI = dict.fromkeys(
    [f"ai_{name}" for name in ("domain", "limitation", "metric", "typeOfModel", "hyperparameter")]
    + ["ai_informationAboutTraining", "ai_energyConsumption", "ai_autonomyType"],
    "x",
)


def mof(*names):
    rows = "\n".join(f"  - name: {name}\n    license: Apache-2.0" for name in names)
    return {
        "mof.yml": f"framework: {{name: Model Openness Framework}}\nrelease:\n  components:\n{rows}"
    }


PAPER = "```\n@inproceedings{tiny}\n```\n| Benchmark | Score |\n| MMLU | 71.5 |\n"
THREE = mixture(
    **{
        "LICENSE": APACHE,
        "README.md": "## Training data\nWikipedia (10 %) and books (90 %), 15T tokens.\n" + PAPER,
    }
)
CLASS_THREE = (
    "Model architecture",
    "Model parameters (Final)",
    "Model card",
    "Data card",
    "Research paper",
    "Evaluation results",
)
CASES = [
    *(Case("B01", PASS, "valid", bill(model(), version=version)) for version in VERSIONS),
    Case("B01", FAIL, "invalid", bill(model(modelCard={"unknown": 1}))),
    Case("B01", PARTIAL, "version_unknown", bill(model(), version="1.4")),
    Case("B01", FAIL, "unreadable_bill", {"bom.json": '{"bomFormat": "CycloneDX", '}),
    Case("B01", NOT_CHECKABLE, "no_bill"),
    Case("B02", PASS, "whole", bill(model())),
    Case("B02", PASS, "whole", bill({"type": "framework", "name": "x", "components": [model()]})),
    Case("B02", PARTIAL, "part", bill(model(hashes=None))),
    Case("B02", FAIL, "no_model", bill()),
    Case("B02", NOT_CHECKABLE, "no_bill"),
    Case("B03", PASS, "full", bill(model())),
    Case("B03", PARTIAL, "part", bill(model(modelCard={**CARD, "considerations": {}}))),
    Case("B03", FAIL, "thin", bill(model(modelCard={"considerations": {"users": ["x"]}}))),
    Case("B03", FAIL, "no_card", bill(model(modelCard=None))),
    Case("B03", FAIL, "no_model", bill()),
    Case("B03", NOT_CHECKABLE, "no_bill"),
    Case("B04", PASS, "match", bill(model()) | WEIGHTS),
    Case(
        "B04",
        PARTIAL,
        "some_match",
        bill(model(), {"type": "library", "hashes": [{"alg": "SHA-256", "content": "0" * 64}]})
        | WEIGHTS,
    ),
    Case(
        "B04",
        FAIL,
        "mismatch",
        bill(model(hashes=[{"alg": "SHA-256", "content": "0" * 64}])) | WEIGHTS,
    ),
    Case("B04", FAIL, "none_here", bill(model(name="elsewhere.bin"))),
    Case("B04", NOT_CHECKABLE, "no_hash", bill(model(hashes=[]))),
    Case("B04", NOT_CHECKABLE, "no_bill"),
    Case("B05", PASS, "all", bill(model(), data("corpus", True))),
    Case("B05", PARTIAL, "some", bill(model(), data("corpus", False))),
    Case("B05", PARTIAL, "no_governance", bill(data("corpus", False))),
    Case("B05", FAIL, "none", bill()),
    Case("B05", NOT_CHECKABLE, "no_bill"),
    Case("B06", PASS, "full", spdx(**MANDATORY, **AI)),
    Case("B06", PARTIAL, "part", spdx(**MANDATORY, ai_domain="x")),
    Case("B06", FAIL, "thin", spdx(ai_domain="x")),
    Case("B06", FAIL, "no_package", spdx(type="software_Package")),
    Case("B06", NOT_CHECKABLE, "no_document"),
    Case("B07", PASS, "borne_out", THREE | mof(*CLASS_THREE), OPEN),
    Case("B07", PARTIAL, "components_not_found", THREE | mof(*CLASS_THREE, "Training code"), OPEN),
    Case("B07", FAIL, "class_not_borne_out", {"LICENSE": APACHE} | mof(*CLASS_THREE), OPEN),
    Case("B07", FAIL, "not_the_form", {"mof.yml": "a: b"}),
    Case("B07", NOT_CHECKABLE, "no_file"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_reason_is_given_where_it_should_be(case):
    judge(case, GROUPS)


def test_hashes_are_not_compared_before_anything_was_hashed():
    results = {each.check: each for each in run(context(bill(model()), hashing=False), GROUPS)}
    assert results["B04"].reason == "not_hashed"


def test_no_reason_is_left_without_a_case():
    assert untold(CASES, "B") == {("B04", "not_hashed")}


@pytest.mark.parametrize(
    "content",
    [
        '{"bomFormat": "CycloneDX", "components": ' + "[" * 100_000,
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "x": ' + "[" * 400 + "]" * 400 + "}",
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": ['
        + ",".join(f'{{"type": "data", "name": "{n}"}}' for n in range(30_000))
        + "]}",
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": {"a": [1, {"type": []}]}}',
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": [], "components": [1, [2]]}',
        '{"@context": "spdx", "@graph": [1, {"type": {}}]}',
    ],
)
def test_hostile_bills_take_little_time_and_break_nothing(content):
    started = time.process_time()
    for each in run(context({"bom.json": content}, hashing=False), (bills.CHECKS,)):
        assert each.verdict != "error", each
    assert time.process_time() - started < 5


def test_a_class_is_worked_out_from_findings():
    made = context(THREE, **OPEN)
    results = {each.check: each for each in run(made, GROUPS)}
    found = openness(type(made)(made.material, made.catalogue, made.on, made.claims, results))
    assert found.reached == 3
    assert len(found.components) == 17
    states = {one.id: one.state for one in found.components}
    assert states["parameters"] is State.INCLUDED
    assert states["training_code"] is State.MISSING
    assert 0 < found.progress[1] < found.progress[2] < found.progress[3] == 1


def test_without_an_open_licence_no_class_is_reached():
    files = {path: content for path, content in THREE.items() if path != "LICENSE"}
    made = context(files, **OPEN)
    results = {each.check: each for each in run(made, GROUPS)}
    found = openness(type(made)(made.material, made.catalogue, made.on, made.claims, results))
    assert found.reached == 0
    assert {one.state for one in found.components} == {State.UNLICENSED, State.MISSING}


def test_a_software_licence_on_weights_is_told():
    made = context(THREE, **OPEN)
    results = {each.check: each for each in run(made, GROUPS)}
    found = openness(type(made)(made.material, made.catalogue, made.on, made.claims, results))
    fits = {one.id: one.type_appropriate for one in found.components}
    assert fits["architecture"] is True
    assert fits["parameters"] is False


def test_a_bill_inside_a_result_is_the_first_with_a_card():
    made = bill(model(name="plain", modelCard=None), model(name="with card"))
    assert result(Case("B02", PASS, "whole", made), GROUPS).values["name"] == "with card"
