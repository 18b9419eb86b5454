import hashlib
import time

import pytest

from models_registry.checks import documents, licences, own_runs, weights
from models_registry.checks.intake.hashing import merkle_root
from models_registry.checks.results import Strength
from models_registry.checks.running import run
from tests.models_registry.checks.making import as_bytes, context, safetensors
from tests.models_registry.checks.telling_cases import (
    CLOSED,
    FAIL,
    NOT_CHECKABLE,
    PARTIAL,
    PASS,
    Case,
    judge,
    result,
    untold,
)

GROUPS = (licences.CHECKS, weights.CHECKS, documents.CHECKS, own_runs.CHECKS)
WEIGHTS = {"model.safetensors": safetensors({"a": ("F32", [2])})}
DIGEST = hashlib.sha256(as_bytes(WEIGHTS["model.safetensors"])).hexdigest()
ROOT = merkle_root([("model.safetensors", DIGEST)])


def lm_eval(value=0.715, *, fingerprint=ROOT, seed=7, date=1.76e9, error=0.01, **more):
    made = {
        "results": {"mmlu": {"acc,none": value, "acc_stderr,none": error, "alias": "mmlu"}},
        "versions": {"mmlu": 1},
        "configs": {},
        "config": {"random_seed": seed, "metadata": {"weights_fingerprint": fingerprint}},
        "model_name": "tiny",
        "date": date,
    } | more
    return {name: value for name, value in made.items() if value is not None}


def inspect(model="example/tiny-2026-05-01", value=0.715, **metadata):
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "created": "2026-11-01T10:00:00Z",
            "task": "inspect_evals/mmlu",
            "task_version": 1,
            "model": model,
            "metadata": metadata,
        },
        "plan": {"config": {"seed": 7}},
        "results": {
            "scores": [
                {"metrics": {"accuracy": {"value": value}, "stderr": {"value": 0.01}}},
            ]
        },
    }


def claim(value, task="MMLU"):
    index = f"model-index:\n- results:\n  - dataset: {{name: {task}}}\n"
    return {"README.md": f"---\n{index}    metrics: [{{type: acc, value: {value}}}]\n---\n# Tiny\n"}


def bias(**values):
    return {"bias_test.json": {"metric": "gap", "value": 0.04, "threshold": 0.05} | values}


RESULTS = "results_1.json"
CASES = [
    Case("R01", PASS, "bound", WEIGHTS | {RESULTS: lm_eval()}),
    Case("R01", PASS, "bound", WEIGHTS | {"inspect.json": inspect(weights_fingerprint=ROOT)}),
    Case("R01", PASS, "snapshot", {"inspect.json": inspect()}, CLOSED),
    Case("R01", PARTIAL, "alias", {"inspect.json": inspect("example/tiny")}, CLOSED),
    Case("R01", PARTIAL, "unbound", WEIGHTS | {RESULTS: lm_eval(config={})}),
    Case("R01", PARTIAL, "nothing_to_bind_to", {RESULTS: lm_eval()}),
    Case("R01", PARTIAL, "incomplete", WEIGHTS | {RESULTS: lm_eval(date=None)}),
    Case("R01", FAIL, "other_weights", WEIGHTS | {RESULTS: lm_eval(fingerprint="0" * 64)}),
    Case("R01", NOT_CHECKABLE, "no_run", WEIGHTS),
    Case("R02", PASS, "agree", WEIGHTS | claim(72) | {RESULTS: lm_eval()}),
    Case("R02", PASS, "agree", WEIGHTS | claim(0.73) | {"inspect.json": inspect()}),
    Case("R02", FAIL, "apart", WEIGHTS | claim(85) | {RESULTS: lm_eval()}),
    Case(
        "R02",
        PARTIAL,
        "some_apart",
        WEIGHTS
        | {
            "README.md": "---\nmodel-index:\n- results:\n"
            "  - dataset: {name: MMLU}\n    metrics: [{type: acc, value: 71.5}]\n"
            "  - dataset: {name: ARC}\n    metrics: [{type: acc, value: 99}]\n---\n",
            RESULTS: lm_eval(
                results={"mmlu": {"acc,none": 0.715}, "arc": {"acc,none": 0.5}},
                versions={"mmlu": 1, "arc": 1},
            ),
        },
    ),
    Case("R02", NOT_CHECKABLE, "nothing_in_common", claim(85, "GPQA") | {RESULTS: lm_eval()}),
    Case("R02", NOT_CHECKABLE, "no_run", claim(85)),
    Case("R03", PASS, "same", WEIGHTS | {RESULTS: lm_eval(), "results_2.json": lm_eval()}),
    Case("R03", FAIL, "differ", WEIGHTS | {RESULTS: lm_eval(), "results_2.json": lm_eval(0.7)}),
    Case(
        "R03", NOT_CHECKABLE, "no_two_runs", {RESULTS: lm_eval(), "results_2.json": lm_eval(seed=8)}
    ),
    Case("R03", NOT_CHECKABLE, "closed", {RESULTS: lm_eval(), "results_2.json": lm_eval()}, CLOSED),
    Case("R04", PASS, "kept", WEIGHTS | bias(weights_fingerprint=ROOT)),
    Case("R04", FAIL, "exceeded", bias(value=-0.06)),
    Case("R04", PARTIAL, "no_threshold", bias(threshold=None)),
    Case("R04", NOT_CHECKABLE, "no_test", {"bias.json": "["}),
    Case("R05", PASS, "started", {"offline.log": "HF_HUB_OFFLINE=1\nModel loaded\n"}),
    Case("R05", PARTIAL, "not_started", {"offline.log": "HF_HUB_OFFLINE=1\n"}),
    Case("R05", PARTIAL, "network_unknown", {"offline.log": "Model loaded\n"}),
    Case("R05", FAIL, "reached", {"offline.log": "Downloading shards\nModel loaded\n"}),
    Case("R05", FAIL, "says_nothing", {"offline.log": "hello"}),
    Case("R05", NOT_CHECKABLE, "no_log"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_reason_is_given_where_it_should_be(case):
    judge(case, GROUPS)


def test_no_reason_is_left_without_a_case():
    assert untold(CASES, "R") == set()


@pytest.mark.parametrize(
    ("case", "strength"),
    [
        (CASES[0], Strength.INDEPENDENT),
        (CASES[2], Strength.VERIFIED),
        (CASES[4], Strength.DOCUMENTED),
        (Case("R04", PASS, "", WEIGHTS | bias(weights_fingerprint=ROOT)), Strength.INDEPENDENT),
        (Case("R04", PASS, "", WEIGHTS | bias()), Strength.DOCUMENTED),
        (
            Case("R05", PASS, "", WEIGHTS | {"offline.log": f"--network none {ROOT} model loaded"}),
            Strength.INDEPENDENT,
        ),
    ],
)
def test_only_what_names_the_weights_seen_here_is_independent(case, strength):
    assert result(case, GROUPS).strength is strength


@pytest.mark.parametrize(
    "content",
    [
        "[" * 200_000,
        '{"results": {"a": {"acc,none": 1e999}}, "versions": {}}',
        '{"results": {"a": 1, "b": {"acc,none": true}}, "versions": []}',
        '{"eval": {"metadata": ' + '{"metadata": ' * 500 + "1" + "}" * 502,
        '{"eval": {}, "results": {"scores": [1, {"metrics": {"a": 1}}]}}',
        '{"results": {"a": {"acc,none": ' + "9" * 400 + '}}, "versions": {}}',
    ],
)
def test_hostile_results_break_nothing(content):
    started = time.process_time()
    made = context({RESULTS: content, "bias.json": content, "offline.log": content})
    for each in run(made, (own_runs.CHECKS,)):
        assert each.verdict != "error", each
    assert time.process_time() - started < 3
