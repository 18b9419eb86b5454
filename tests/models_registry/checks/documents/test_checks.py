from dataclasses import replace

import pytest

from models_registry.checks import documents, licences, weights
from models_registry.checks.coverage.openness import State, openness
from models_registry.checks.exemption_material import circumstances_of
from models_registry.checks.results import Strength
from models_registry.checks.roles import Role
from models_registry.checks.running import run
from models_registry.checks.supplied import library
from tests.models_registry.checks.documents.test_safety import SAFETY_CASES
from tests.models_registry.checks.making import MIXTURE_CONFIG, MIXTURE_TOTAL, context, mixture
from tests.models_registry.checks.paper import pdf
from tests.models_registry.checks.telling_cases import (
    CLOSED,
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

GROUPS = (licences.CHECKS, weights.CHECKS, documents.CHECKS)
FILLER = "One more sentence that says nothing of note but takes room.\n" * 40
FRONT = "---\nlicense: mit\nlanguage: [de, en]\n---\n"


def card(text="", front="", **more):
    return {"README.md": (f"---\n{front}\n---\n" if front else "") + text, **more}


def page(text):
    return {"card.pdf": pdf("Example System Card\n" + text, title="Example System Card")}


LIMITS = "## Limitations\nThe model may be wrong about facts, dates, names and numbers.\n"
CAPABILITIES = (
    "## Capabilities\nIt answers questions, writes summaries and translates between languages.\n"
)
PLAIN = (LIMITS + CAPABILITIES).replace("## ", "")
RESULT = (
    "model-index:\n- results:\n  - dataset: {name: MMLU}\n    metrics: [{type: acc, value: 71.5}]"
)
TITLES = ["Motivation", "Composition", "Collection", "Cleaning", "Uses", "Licence", "Contact"]
SHEET = "".join(f"## {title}\nwords\n" for title in TITLES)
EVERY = "language: [bg, cs, da, de, el, en, es, et, fi, fr, ga, hr, hu, it, lt, lv, mt, nl, pl, pt"
TOKENS = {"training_tokens": 1e12, "parameters_active": 1e9}

CASES = [
    Case("D01", PASS, "card", card(FILLER, "license: mit")),
    Case("D01", PASS, "system_card", page("word " * 20 + "\nword word word" * 150), CLOSED),
    Case("D01", PARTIAL, "short", card("# Tiny")),
    Case("D01", PARTIAL, "no_front_matter", card(FILLER)),
    Case("D01", PARTIAL, "front_matter_broken", card(FILLER, "license: mit\na: [")),
    Case("D01", FAIL, "none", {}, OPEN),
    Case("D01", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D02", PASS, "all", card(LIMITS + CAPABILITIES, "pipeline_tag: text-generation")),
    Case(
        "D02",
        PASS,
        "all",
        page((LIMITS + CAPABILITIES).replace("## ", "") + "Input: text. Output: text."),
        CLOSED,
    ),
    Case("D02", PARTIAL, "some", card(CAPABILITIES + "A language model.")),
    Case("D02", FAIL, "too_little", card(LIMITS)),
    Case("D02", FAIL, "too_little", card("nothing"), OPEN),
    Case("D02", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D03", PASS, "both", card("It is intended for chat. It must not be used for scoring.")),
    Case("D03", PARTIAL, "one", card("It is intended for chat.")),
    Case("D03", FAIL, "neither", card("A model."), OPEN),
    Case("D03", NOT_CHECKABLE, "not_supplied", card("A model."), CLOSED),
    Case("D04", PASS, "pinned", card("Needs transformers>=4.57.1\n```\nimport tiny\n```\n")),
    Case("D04", PARTIAL, "mentioned", card("It runs on one H100.")),
    Case("D04", FAIL, "none", card("A model."), OPEN),
    Case("D04", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case(
        "D05", PASS, "with_source", card("", RESULT + "\n    source: {url: 'https://example.org'}")
    ),
    Case("D05", PARTIAL, "without_source", card("", RESULT)),
    Case("D05", PARTIAL, "table", card("| Benchmark | Tiny |\n|---|---|\n| MMLU | 71.5 |\n")),
    Case("D05", FAIL, "none", card("A model."), OPEN),
    Case("D05", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case(
        "D06",
        PASS,
        "all",
        card("A model.", **{"eval.yaml": "harness: lm-eval\nseed: 7\nnum_fewshot: 5\n"}),
        OPEN,
    ),
    Case("D06", PARTIAL, "some", card("Run with lm-eval, 5-shot."), OPEN),
    Case("D06", FAIL, "none", card("A model."), OPEN),
    Case("D06", NOT_CHECKABLE, "not_supplied", card("Run with lm-eval."), CLOSED),
    Case(
        "D07",
        PASS,
        "sources_and_sizes",
        card("## Training data\nWikipedia (10 %), GitHub (20 %) and books, in all 15T tokens.\n"),
    ),
    Case("D07", PARTIAL, "kinds", card("The model was trained on publicly available web data.")),
    Case(
        "D07",
        PARTIAL,
        "kinds",
        page("4 Training data\nIt was trained on web pages.\n5 Use\nContext: 400,000 tokens."),
        CLOSED,
    ),
    Case(
        "D07",
        PARTIAL,
        "kinds",
        card("## Training data\nWeb pages. The context window is 400,000 tokens.\n"),
    ),
    Case(
        "D07",
        PARTIAL,
        "kinds",
        card("## Training data\nNews, for training in a 128k token context.\n"),
    ),
    Case("D07", PARTIAL, "mentioned", card("The model was trained on much.")),
    Case("D07", FAIL, "none", card("A model."), OPEN),
    Case("D07", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case(
        "D08",
        PASS,
        "all",
        card("", "datasets: [ex/corpus]", **{"data/corpus/README.md": "---\nlicense: mit\n---\n"}),
        OPEN,
    ),
    Case(
        "D08",
        PARTIAL,
        "some",
        card("", "datasets: [ex/corpus, ex/b]", **{"data/corpus/README.md": FRONT}),
        OPEN,
    ),
    Case("D08", FAIL, "no_card", card("", "datasets: [ex/corpus]"), OPEN),
    Case("D08", FAIL, "none", card("A model."), OPEN),
    Case("D08", NOT_CHECKABLE, "not_supplied", card("", "datasets: [ex/corpus]"), CLOSED),
    Case("D09", PASS, "full", {"data/README.md": SHEET}, OPEN),
    Case("D09", PARTIAL, "part", {"data/README.md": SHEET[:60]}, OPEN),
    Case("D09", FAIL, "thin", {"data/README.md": "# Corpus"}, OPEN),
    Case("D09", FAIL, "none", {}, OPEN),
    Case("D09", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D10", PASS, "operations", card("Training took 3.8 x 10^25 FLOPs.")),
    Case("D10", PARTIAL, "hours", card("It took 2.8 million H100 GPU hours.")),
    Case("D10", FAIL, "none", card("A model."), OPEN),
    Case("D10", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D11", PASS, "fits", card("Training took 6e21 FLOPs."), TOKENS),
    Case("D11", PARTIAL, "roughly", card("Training took 2e22 FLOPs."), TOKENS),
    Case("D11", FAIL, "contradicts", card("Training took 6e23 FLOPs."), TOKENS),
    Case("D11", PARTIAL, "estimated", {}, TOKENS),
    Case("D11", NOT_CHECKABLE, "numbers_missing", {}, {"training_tokens": 1e12}),
    Case(
        "D12",
        PASS,
        "with_method",
        card("", "co2_eq_emissions: {emissions: 100, source: x, geographical_location: Bonn}"),
    ),
    Case("D12", PASS, "with_method", page("Training took 5 GWh, measured at the wall."), CLOSED),
    Case("D12", PARTIAL, "figure", card("Training took 5 GWh.")),
    Case("D12", FAIL, "none", card("A model."), OPEN),
    Case("D12", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D13", PASS, "reviewed", card("```\n@inproceedings{tiny}\n```\n")),
    Case("D13", PARTIAL, "preprint", card("See https://arxiv.org/abs/2601.01234")),
    Case(
        "D13",
        PARTIAL,
        "other_title",
        card("# Tiny", **{"tech_report.pdf": pdf("A study of whales\n" + "whale " * 20)}),
    ),
    Case("D13", FAIL, "blog", card("See our blog post.")),
    Case("D13", FAIL, "none", card("A model."), OPEN),
    Case("D13", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D14", PASS, "dated", {"CHANGELOG.md": "## 1.1 2026-05-01\n## 1.0 2026-01-01\n"}),
    Case("D14", PARTIAL, "not_dated", card("", "new_version: ex/tiny-2")),
    Case("D14", FAIL, "none", card("A model."), OPEN),
    Case("D14", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D15", PASS, "agree", mixture(**card("| Number of Layers | 2 |\n"))),
    Case("D15", PARTIAL, "few_conflicts", mixture(**card("# Tiny-9B\n| Number of Layers | 2 |\n"))),
    Case(
        "D15",
        FAIL,
        "conflicts",
        mixture(**card("| Layers | 3 |\n| Hidden size | 99 |\n| Vocabulary size | 7 |\n")),
    ),
    Case("D15", NOT_CHECKABLE, "no_artefact", card("| Layers | 3 |")),
    Case("D15", NOT_CHECKABLE, "nothing_stated", mixture(**card("A model."))),
    Case("D15", FAIL, "none", mixture()),
    Case("D15", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case(
        "D16",
        PASS,
        "all",
        card("Developed by: Example Lab\n\nask@example.org\n\nEU representative: Example EU\n"),
    ),
    Case(
        "D16",
        PASS,
        "all",
        card("Developed by: Example Lab\n\nask@example.org\n"),
        {"provider_outside_union": False},
    ),
    Case("D16", PARTIAL, "some", card("Developed by: Example Lab\n")),
    Case("D16", FAIL, "none", card("A model."), OPEN),
    Case("D16", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case(
        "D17",
        PASS,
        "measured",
        card("## Bias\nWe measured stereotypes in many answers of the model.\n\n| BBQ | 12.5 |\n"),
    ),
    Case("D17", PARTIAL, "described", card("The model is biased and may offend, so evaluate it.")),
    Case("D17", FAIL, "none", card("A model."), OPEN),
    Case("D17", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D18", PASS, "dated", {"USE_POLICY.md": "# Acceptable Use\nOf 1 May 2026."}),
    Case("D18", PARTIAL, "undated", {"USE_POLICY.md": "# Acceptable Use\nBe kind."}),
    Case("D18", PARTIAL, "only_named", card("See our usage policy.")),
    Case("D18", FAIL, "none", card("A model."), OPEN),
    Case("D18", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D19", PASS, "found", card("Knowledge cutoff: June 2025")),
    Case("D19", FAIL, "none", card("A model."), OPEN),
    Case("D19", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("D20", PASS, "every", card("", EVERY + ", ro, sk, sl, sv]")),
    Case("D20", PARTIAL, "several", card("", "language: [de, en, fr, it, es, zh]")),
    Case("D20", FAIL, "few", card("", "language: [zh, en]")),
    Case("D20", FAIL, "none", card("A model."), OPEN),
    Case("D20", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_reason_is_given_where_it_should_be(case):
    found = judge(case, GROUPS)
    # Of these we look at the files themselves.
    if case.check not in ("D06", "D08", "D15"):
        assert found.strength <= Strength.DOCUMENTED


def test_no_reason_is_left_without_a_case():
    assert untold([*CASES, *SAFETY_CASES], "D") == set()


def fact(case, name):
    found = result(case, GROUPS)
    return next(fact for fact in found.facts if fact.name == name)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("trained on 15.5T tokens", 15.5e12),
        ("trained on 36 trillion high-quality tokens", 36e12),
        ("| Training tokens | 4T |", 4e12),
        ("trained on 2.000 Mrd. tokens", 2e12),
    ],
)
def test_training_tokens_are_read(text, tokens):
    case = Case(
        "D07", PARTIAL, "mentioned", card(f"## Training data\nThe model was {text} of all kinds.")
    )
    assert fact(case, "training_tokens").value == tokens


def test_a_context_is_no_training():
    case = Case("D07", PARTIAL, "mentioned", card("Trained on much, with 128K tokens of context."))
    assert [each.name for each in result(case, GROUPS).facts] == ["training_data_described"]


@pytest.mark.parametrize(
    "text", ["3.8e25 FLOP", "3.8 × 10^25 FLOPs", r"3.8*10^{25} FLOP", "3.8*10**25 FLOPs"]
)
def test_operations_are_read(text):
    assert fact(Case("D10", PASS, "x", card(text)), "training_compute").value == pytest.approx(
        3.8e25
    )


def test_an_estimate_is_no_stronger_than_its_weakest_number():
    case = Case("D11", PARTIAL, "x", mixture(**card("Trained on 15T tokens.")))
    found = fact(case, "training_compute_estimate")
    assert found.strength is Strength.DOCUMENTED
    counted = Case("D11", FAIL, "x", mixture(**card("Trained on 15T tokens with 9e25 FLOPs.")))
    assert result(counted, GROUPS).strength is Strength.VERIFIED


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        (f"The model has {MIXTURE_TOTAL} parameters.", True),
        ("The model has 8 thousand friends and 9B parameters.", False),
        ("| Context Length | 4K |", True),
        ("| Context Length | 128K |", False),
        ("Other models have 70B parameters.", None),
    ],
)
def test_what_a_card_says_of_its_own_model_is_compared(text, agrees):
    found = result(Case("D15", PASS, "", mixture(**card(text))), GROUPS)
    expected = {True: "agree", False: "few_conflicts", None: "nothing_stated"}
    assert found.reason == expected[agrees]


@pytest.mark.parametrize(
    ("text", "general_purpose", "systemic_risk"),
    [
        ("Training took 3.8e25 FLOPs.", True, True),
        ("Training took 3e22 FLOPs.", None, None),
        ("Trained on 1T tokens.", None, None),
        ("Trained on 900T tokens of text.", True, None),
    ],
)
def test_compute_in_documents_only_counts_against_exemption(text, general_purpose, systemic_risk):
    claims = {"parameters_active": 1e9, "designated_systemic_risk": False}
    made = context(card(text), **claims)
    results = {each.check: each for each in run(made, GROUPS)}
    known = circumstances_of(replace(made, results=results))
    assert (known.general_purpose, known.systemic_risk) == (general_purpose, systemic_risk)


def test_without_weights_a_configuration_proves_no_more_than_a_document():
    files = {"config.json": MIXTURE_CONFIG, **card("| Layers | 2 |")}
    assert result(Case("D15", PASS, "agree", files), GROUPS).strength is Strength.DOCUMENTED


def test_a_thin_data_sheet_is_no_data_card_of_the_openness_framework():
    sheet = {"data/corpus/README.md": "## Motivation\nTo have one.\n"}
    made = context(card("A model.", **sheet), **OPEN)
    results = {each.check: each for each in run(made, GROUPS)}
    assert results["D09"].reason == "thin"
    found = openness(replace(made, results=results))
    (component,) = [one for one in found.components if one.id == "data_card"]
    assert component.state is State.MISSING


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("licence-study/technical-report.md", Role.REPORT),
        ("my-license-model/training-content-summary.md", Role.SUMMARY),
        ("notices/changelog.md", Role.CHANGELOG),
    ],
)
def test_a_folder_named_after_licences_hides_no_document(path, role):
    found = library(context({path: "# A text\nThat says something.\n"}))
    assert [mine for mine, _ in found.documents] == [role]


@pytest.mark.parametrize("path", ["LICENSES/LLAMA.txt", "docs/LICENSE-agreement.md", "vocab.txt"])
def test_licences_and_lists_for_programs_are_no_documents(path):
    assert library(context({path: "# Community Licence Agreement\nWords.\n"})).documents == ()
