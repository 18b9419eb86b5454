from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.citations import parse_citation, provision_index
from models_registry.checks.catalogue import load
from models_registry.checks.examining import examine
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Result, Strength, Verdict
from models_registry.checks.sovereignty.deployment import (
    HOSTING,
    PURPOSES,
    Deployment,
    of_examination,
    of_starter,
)
from models_registry.checks.sovereignty.gates import Gate
from models_registry.checks.sovereignty.levels import Level, NotApplicable, Origin
from models_registry.checks.sovereignty.profile import (
    RULES,
    by_objective,
    mean_of,
    profile_of,
    weighted,
)
from models_registry.checks.starter import starter
from tests.models_registry.checks.making import ON, material_of, mixture

CATALOGUE = load()
MODELS = starter(CATALOGUE).models
HERE = {"hosting": "eu_operator", "purpose": "commercial"}


def deployed(name, *passed, results=(), **answers):
    checks = {check: Result(check, Verdict.PASS, "found", Strength.VERIFIED) for check in passed}
    checks |= {result.check: result for result in results}
    return replace(of_starter(MODELS[name], CATALOGUE, HERE | answers), results=checks)


def spans(deployment):
    levels = profile_of(deployment).criteria
    return {
        name: (level.low, level.high) if isinstance(level, Level) else level
        for name, level in levels.items()
    }


def test_there_are_thirty_criteria_in_five_dimensions_and_each_has_its_rule():
    rows = CATALOGUE.section("sovereignty_criteria")
    assert rows.keys() == RULES.keys()
    per_dimension = [row["dimension"] for row in rows.values()]
    assert {per_dimension.count(name) for name in CATALOGUE.section("sovereignty_dimensions")} == {
        6
    }


def test_objectives_and_provisions_that_are_named_exist():
    rows = CATALOGUE.section("sovereignty_criteria").values()
    objectives = CATALOGUE.section("sovereignty_objectives")
    assert sum(row["weight"] for row in objectives.values()) == 100
    assert {name for row in objectives.values() for name in row["criteria"]} <= RULES.keys()
    named = {one for row in rows for one in row.get("crosswalk", {}).get("csf", ())}
    assert named == set(objectives)
    cited = {one for row in rows for one in row.get("crosswalk", {}).get("act", ())}
    assert {str(parse_citation(one)) for one in cited} <= set(provision_index().provisions)


# The four worked profiles of the rubric, where the catalogue's facts and the hosting assumed there
# decide the value. A pair is a level that the facts leave between two.
WORKED = {
    "kimi-k2-thinking": {
        "TRA-1": (2, 2),
        "TRA-3": (1, 1),
        "TRA-4": None,
        "ICL-1": (2, 2),
        "ICL-6": (0, 1),
        "INN-1": (2, 2),
        "REG-2": (1, 1),
        "REG-3": (2, 2),
        "REG-5": (0, 0),
    },
    "gpt-5": {
        "TRA-1": (0, 0),
        "TRA-3": (1, 1),
        "TRA-4": (0, 0),
        "ICL-1": (0, 0),
        "ICL-2": (0, 0),
        "ICL-6": NotApplicable(("access",)),
        "INN-1": (0, 0),
        "REG-2": (2, 3),
        "REG-5": (2, 3),
    },
    "mistral-large-3": {
        "TRA-1": (2, 2),
        "TRA-3": (0, 0),
        "TRA-4": None,
        "ICL-1": (3, 3),
        "ICL-6": (0, 1),
        "INN-1": (3, 3),
        "EUI-1": (2, 3),
        "REG-3": (0, 0),
        "REG-5": (2, 3),
    },
    "apertus-70b": {
        "TRA-1": (2, 2),
        "TRA-3": (3, 3),
        "TRA-4": (1, 3),
        "ICL-1": (3, 3),
        "ICL-6": (1, 2),
        "INN-1": (3, 3),
        "REG-3": (1, 1),
        "REG-5": None,
    },
}


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_profiles_follow_from_the_facts(name):
    hosting = "vendor" if name == "gpt-5" else "eu_operator"
    found = spans(deployed(name, hosting=hosting))
    assert {key: found[key] for key in WORKED[name]} == WORKED[name]


@pytest.mark.parametrize("name", ["kimi-k2-thinking", "mistral-large-3", "apertus-70b"])
def test_running_offline_is_full_only_once_it_was_shown(name):
    assert spans(deployed(name))["ICL-2"] == (2, 3)
    assert spans(deployed(name, "R05"))["ICL-2"] == (3, 3)


def test_a_foreign_provider_may_have_an_entity_in_the_union_until_the_operator_says():
    assert spans(deployed("kimi-k2-thinking"))["EUI-1"] == (0, 1)
    assert spans(deployed("kimi-k2-thinking", entity_in_union=False))["EUI-1"] == (0, 0)


def test_the_essays_nuance_holds_open_weights_from_abroad_are_independent_and_not_european():
    profile = profile_of(
        deployed("deepseek-v3.2", "R05", "W04", suppliers=8, supplier_in_union=True)
    )
    assert profile.dimensions["independence"].low > 2
    assert profile.criteria["EUI-1"].high <= 1


def test_a_european_provider_can_fail_by_its_licence():
    profile = profile_of(deployed("pharia-1-7b"))
    assert profile.stopped == ("G3",)
    assert profile.criteria["INN-1"].high == 1


def test_unknown_is_not_nought_and_lowers_the_coverage():
    found = profile_of(Deployment(CATALOGUE))
    asked = {name: level for name, level in found.criteria.items() if level is not None}
    assert asked.keys() == {"REG-3"}
    assert found.dimensions["transparency"].low is None
    assert found.dimensions["transparency"].coverage == 0
    half = [Level(3, 3, Strength.VERIFIED, Origin.CHECKS), None]
    assert (mean_of(half).low, mean_of(half).coverage) == (3, 0.5)


def test_what_does_not_apply_counts_neither_way():
    one = [Level(2, 2, Strength.VERIFIED, Origin.CHECKS), NotApplicable()]
    assert mean_of(one).coverage == 1


def test_a_span_of_more_than_one_level_is_open():
    assert not Level(1, 3, Strength.ASSERTED, Origin.REGISTER).known
    assert mean_of([Level(1, 3, Strength.ASSERTED, Origin.REGISTER)]).low is None


def test_the_strength_stands_beside_the_level():
    profile = profile_of(deployed("kimi-k2-thinking", "W01"))
    assert profile.criteria["TRA-1"].strength is Strength.VERIFIED
    assert profile.criteria["TRA-3"].strength is Strength.ASSERTED
    strengths = profile.dimensions["transparency"].strengths
    assert (strengths[Strength.VERIFIED], strengths[Strength.ASSERTED]) == (1, 1)


def test_minimum_levels_are_reached_missed_or_open():
    found = deployed("apertus-70b")
    profile = profile_of(found, minimums={"transparency": 1, "independence": 3, "regulation": 3})
    assert profile.minimums == {"transparency": True, "independence": False, "regulation": False}
    assert profile_of(Deployment(CATALOGUE), minimums={"transparency": 1}).minimums == {
        "transparency": None
    }


@pytest.mark.parametrize(
    ("name", "answers", "stops"),
    [
        ("llama-4-scout", {}, ("G1",)),
        ("kimi-k2-thinking", {}, ()),
        ("pharia-1-7b", {"purpose": "administrative"}, ("G3",)),
        ("pharia-1-7b", {"purpose": "research"}, ()),
    ],
)
def test_gates_stop_whatever_the_levels_are(name, answers, stops):
    assert profile_of(deployed(name, **answers)).stopped == stops


def test_gates_are_open_while_it_is_not_known():
    states = {gate.id: gate.state for gate in profile_of(Deployment(CATALOGUE)).gates}
    assert states == dict.fromkeys(("G1", "G2", "G3", "G4"), Gate.OPEN)
    bad = Result("W06", Verdict.FAIL, "dangerous", Strength.VERIFIED)
    assert profile_of(deployed("apertus-70b", results=[bad])).stopped == ("G4",)
    asked = replace(deployed("minimax-m2.7"), answers={})
    assert {gate.id: gate.state for gate in profile_of(asked).gates}["G3"] is Gate.OPEN


def test_an_operator_may_state_what_nobody_found_but_not_against_proof():
    stated = deployed("kimi-k2-thinking", **{"INN-6": 2, "TRA-4": 3, "TRA-1": 3})
    criteria = profile_of(stated).criteria
    assert (criteria["INN-6"].low, criteria["INN-6"].origin) == (2, Origin.OPERATOR)
    assert criteria["TRA-4"].strength is Strength.ASSERTED
    assert criteria["TRA-1"].low == 2
    bounded = profile_of(deployed("apertus-70b", **{"TRA-4": 0})).criteria["TRA-4"]
    assert (bounded.low, bounded.high) == (1, 3)


def test_examined_files_replace_what_the_register_says():
    claims = {"licence": "mit", "access": "open_weights", "parameters_total": 10**12}
    found = examine(hashed(material_of(mixture())), CATALOGUE, on=ON, claims=claims)
    deployment = of_examination(found, HERE)
    profile = profile_of(deployment)
    assert profile.criteria["TRA-1"].strength is Strength.VERIFIED
    assert profile.criteria["ICL-5"].low == 3
    assert profile.criteria["ICL-6"].low == 3
    assert deployment.licence.id == "mit"


def test_a_dispute_on_the_licence_is_level_one_whatever_else_is_open():
    contested = deployed("kimi-k2-thinking")
    assert contested.exemption is LicenceVerdict.UNKNOWN
    assert spans(contested)["REG-2"] == (1, 1)


def test_there_is_a_view_by_objective_and_a_total_only_for_whoever_asks():
    found = deployed("apertus-70b")
    profile = profile_of(found)
    assert not hasattr(profile, "total")
    assert by_objective(found, profile).keys() == CATALOGUE.section("sovereignty_objectives").keys()
    low, high = weighted(found, profile)
    assert 0 <= low < high <= 1


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "hosting": st.sampled_from(HOSTING),
        "purpose": st.sampled_from(PURPOSES),
        "suppliers": st.integers(0, 20),
        "supplier_in_union": st.booleans(),
        "hosting_label": st.booleans(),
        "controlled_in_union": st.booleans(),
        "entity_in_union": st.booleans(),
        "training_location": st.sampled_from(["outside", "partly", "eu_cloud", "eurohpc"]),
        "public_funding": st.sampled_from(["none", "part", "whole"]),
        "compatible_interface": st.booleans(),
        "tuning_by_provider": st.booleans(),
    },
)


@settings(max_examples=60, deadline=None)
@given(
    model=st.sampled_from(sorted(MODELS)),
    answers=ANSWERS,
    verdicts=st.dictionaries(
        st.sampled_from(
            ["W01", "W04", "W05", "W06", "W07", "W08", "D02", "D07", "D20", "T01", "V04"]
        ),
        st.sampled_from(list(Verdict)),
    ),
)
def test_every_deployment_has_a_profile_and_an_objective_total_within_its_bounds(
    model, answers, verdicts
):
    results = {name: Result(name, verdict, "x") for name, verdict in verdicts.items()}
    found = replace(of_starter(MODELS[model], CATALOGUE, answers), results=results)
    profile = profile_of(found)
    assert len(profile.criteria) == 30
    for mean in profile.dimensions.values():
        assert 0 <= mean.coverage <= 1
        assert mean.low is None or 0 <= mean.low <= mean.high <= 3
