import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.account import account_of
from models_registry.checks.catalogue import load
from models_registry.checks.claims import read_claims
from models_registry.checks.comparison import compare
from models_registry.checks.evidence import evidence_of
from models_registry.checks.examining import examine
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.keeping import (
    deployment_of_run,
    results_as_data,
    results_from_data,
    run_summary,
    values_as_data,
    values_from_data,
)
from models_registry.checks.opening import opened
from models_registry.checks.results import Fact, Proof, Result, Strength, Verdict, term
from models_registry.checks.sovereignty.deployment import of_examination, of_starter
from models_registry.checks.starter import starter
from tests.models_registry.checks.making import ON, material_of, mixture

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ANSWERS = {"hosting": "on_premises", "purpose": "commercial", "suppliers": 3}

names = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True)
texts = st.text(st.characters(), max_size=12) | st.builds(term, names)
single = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(single, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)
places = st.none() | st.integers(0, 2**60)
proofs = st.builds(
    Proof,
    path=texts,
    quote=texts,
    line=places,
    start=places,
    end=places,
    sha256=st.sampled_from(["", "ab" * 32]),
    page=places,
)
facts = st.builds(
    Fact,
    name=names,
    value=values,
    strength=st.sampled_from(Strength),
    check=names,
    unit=texts,
    proof=st.none() | proofs,
)
results = st.builds(
    Result,
    check=names,
    verdict=st.sampled_from(Verdict),
    reason=names,
    strength=st.sampled_from(Strength),
    values=st.dictionaries(names, values, max_size=3),
    proofs=st.lists(proofs, max_size=2).map(tuple),
    facts=st.lists(facts, max_size=2).map(tuple),
)


def through_json(data):
    """As a column keeps it: strict JSON, in which a whole number has no type."""
    text = json.dumps(data, allow_nan=False)
    assert "\\u0000" not in text
    return json.loads(text)


def examined(folder, claims=None):
    stated = read_claims(EXAMPLES / "claims" / claims) if claims else {}
    with opened(EXAMPLES / folder) as material:
        return examine(hashed(material), load(), on=ON, claims=stated)


RUNS = {
    "open": ("model", "model.yaml"),
    "closed": ("model-closed", "model-closed.yaml"),
    "without claims": ("model", None),
}


@pytest.fixture(scope="module", params=RUNS, ids=list(RUNS))
def found(request):
    return examined(*RUNS[request.param])


@given(st.lists(results, max_size=3).map(tuple))
def test_whatever_results_hold_comes_back_as_it_was(before):
    after = results_from_data(through_json(results_as_data(before)))
    assert after == before
    # 1 and 1.0 are equal, and yet they are told in different ways.
    assert repr(after) == repr(before)


@pytest.mark.parametrize(
    "value", [1.04e12, -0.0, float("inf"), 1e26, 2**80, -(2**53), "a\0b", "\ud83d", True, (), ((),)]
)
def test_a_value_that_databases_change_comes_back_as_it_was(value):
    kept = through_json(values_as_data({"a": value}))
    assert repr(values_from_data(kept)) == repr({"a": value})
    assert not isinstance(kept["a"], float)


def test_results_of_a_run_come_back_and_are_told_in_the_same_words(found):
    after = results_from_data(through_json(results_as_data(found.results)))
    assert after == found.results
    catalogue = found.context.catalogue
    for old, new in zip(found.results, after, strict=True):
        assert catalogue.reason(old, "de") == catalogue.reason(new, "de")


@pytest.mark.parametrize("registered", [None, "kimi-k2-thinking"])
@pytest.mark.parametrize("answers", [None, ANSWERS])
def test_a_kept_run_gives_the_deployment_that_the_examination_gave(found, answers, registered):
    catalogue = found.context.catalogue
    register = of_starter(starter(catalogue).models[registered], catalogue) if registered else None
    kept = through_json(run_summary(found))
    rebuilt = deployment_of_run(
        results_from_data(through_json(results_as_data(found.results))),
        values_from_data(through_json(values_as_data(found.context.claims))),
        catalogue,
        licence_ids=kept["licence_ids"],
        exemption=kept["exemption"],
        answers=answers,
        register=register,
    )
    fresh = of_examination(found, answers, register=register)
    assert rebuilt == fresh
    assert evidence_of(rebuilt) == evidence_of(fresh)
    both = compare({"kept": rebuilt, "fresh": fresh}, differences_only=True)
    assert (both.facts, both.evidence) == ((), ())


def test_a_licence_that_the_catalogue_no_longer_has_counts_as_not_recognised():
    found = examined("model")
    given = deployment_of_run(
        found.results, {}, load(), licence_ids=("gone-1.0",), exemption="unknown"
    )
    assert given.licence is None


def test_a_summary_says_what_a_list_shows(found):
    kept = through_json(run_summary(found))
    account = account_of(found, "en")
    assert kept["verdicts"] == account["verdicts"]
    assert kept["licence_names"] == account["licence"]["names"]
    assert kept["licence_verdict"] == account["licence"]["verdict"]["value"]
    assert kept["plan_on"] == account["licence"]["plan_on"]["value"]
    assert kept["exemption"] == account["exemption"]["verdict"]["value"]
    assert kept["root"] == account["material"]["root"]
    assert kept["closed"] == found.closed


def test_the_summary_names_the_text_that_a_decision_is_bound_to():
    found = examined("model")
    text = next(e for e in found.context.material.entries() if e.path == "LICENSE")
    assert run_summary(found)["licence_text"] == text.sha256


def test_without_a_licence_text_there_are_no_licences_of_one():
    found = examine(hashed(material_of(mixture())), load(), on=date(2026, 11, 23))
    kept = run_summary(found)
    assert (kept["licence_ids"], kept["licence_text"]) == (None, "")


def test_a_told_account_holds_nothing_that_a_column_refuses():
    card = "# Model\n\nIntended use\0 is chat.\n"
    found = examine(hashed(material_of({"README.md": card})), load(), on=ON)
    assert "\\u0000" not in json.dumps(account_of(found, "en"))
