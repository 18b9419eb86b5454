from dataclasses import replace

import pytest

from law.citations import parse_citation, provision_index
from models_registry.checks.catalogue import load
from models_registry.checks.coverage.annexes import Covered, Frame, Owed, coverage
from models_registry.checks.coverage.limits import MODEL_FACTS, capped, is_capped, limits
from models_registry.checks.results import Fact, Result, Strength, Verdict
from models_registry.checks.running import GROUPS, run
from tests.models_registry.checks.licences.samples import APACHE
from tests.models_registry.checks.making import context, mixture
from tests.models_registry.checks.paper import pdf

OPEN = {"access": "open_weights"}
CLOSED = {"access": "api_only"}
CARD = """# Tiny
Developed by: Example Lab, ask@example.org

## Capabilities
It answers questions in text and is made for assistants and agents of firms.

## Limitations
It may be wrong about facts, names and numbers of many kinds.

## Training data
It was trained on Wikipedia (10 %), 15T tokens. Training took 3.8e25 FLOPs.
"""
SYSTEM_CARD = (
    "Example System Card\nTrained with 3.8e25 FLOPs. 7 billion parameters. " + "word " * 30
)


def judged(files, **claims):
    made = context(files, **claims)
    results = {each.check: each for each in run(made, GROUPS)}
    return replace(made, results=results)


def opened():
    return judged(mixture(**{"README.md": CARD, "LICENSE": APACHE}), **OPEN)


def closed():
    return judged({"card.pdf": pdf(SYSTEM_CARD)}, **CLOSED)


def test_every_topic_and_provision_named_exists():
    catalogue = load()
    topics = catalogue.section("coverage_topics")
    known = provision_index().provisions
    for row in catalogue.section("coverage_items").values():
        assert set(row["topics"]) <= topics.keys()
        assert str(parse_citation(row["cite"])) in known
    checks = {check for row in topics.values() for check in row.get("checks", ())}
    assert checks <= catalogue.checks.keys()
    terms = catalogue.section("terms")
    assert {f"topic_{name}" for name in topics} <= terms.keys()
    fields = catalogue.section("summary_fields")
    assert {f"summary_{name}" for name in fields} <= terms.keys()
    assert len(fields) == 30


def test_an_item_is_covered_wholly_in_part_or_not():
    items = {one.id: one for one in coverage(opened(), Frame.ANNEX_XI, exempt=False).items}
    assert items["xi_1_1_f"].covered is Covered.WHOLE
    assert items["xi_1_1_f"].strength is Strength.VERIFIED
    assert items["xi_1_2_c"].covered is Covered.PART
    assert "unsuitable" in items["xi_1_2_c"].missing
    assert items["xi_1_2_e"].covered is Covered.NOTHING
    assert items["xi_1_2_e"].strength is Strength.NONE


def test_completeness_and_assurance_are_two_figures():
    found = coverage(opened(), Frame.ANNEX_XII, exempt=False)
    assert 0 < found.completeness < 1
    total = sum(len(item.topics) for item in found.items)
    assert sum(found.assurance.values()) == total
    assert found.assurance[Strength.NONE] == round(total * (1 - found.completeness))


def test_the_part_on_systemic_risk_is_asked_only_where_there_is_one():
    made = opened()
    without = coverage(made, Frame.ANNEX_XI, exempt=False)
    with_risk = coverage(made, Frame.ANNEX_XI, exempt=False, systemic_risk=True)
    assert (len(without.items), len(with_risk.items)) == (11, 14)


@pytest.mark.parametrize(
    ("frame", "exempt", "owed"),
    [
        (Frame.ANNEX_XI, False, {Owed.NOTHING, Owed.TO_AUTHORITIES}),
        (Frame.ANNEX_XII, False, {Owed.NOTHING, Owed.TO_YOU}),
        (Frame.FORM, False, {Owed.NOTHING, Owed.TO_YOU, Owed.TO_AUTHORITIES}),
        (Frame.ANNEX_XII, True, {Owed.NOTHING, Owed.NOT_OWED}),
        (Frame.ANNEX_XII, None, {Owed.NOTHING, Owed.OPEN}),
        (Frame.ALWAYS, True, {Owed.TO_PUBLIC}),
    ],
)
def test_what_is_missing_is_owed_to_somebody_or_not(frame, exempt, owed):
    assert {item.owed for item in coverage(opened(), frame, exempt=exempt).items} == owed


def test_energy_and_compute_reach_no_downstream_provider_by_the_form():
    items = {one.id: one for one in coverage(closed(), Frame.FORM, exempt=False).items}
    assert items["energy"].owed is Owed.TO_AUTHORITIES
    assert items["compute_method"].owed is Owed.TO_AUTHORITIES
    assert len(items) == 38


def test_words_alone_are_asserted_and_to_be_confirmed():
    items = {one.id: one for one in coverage(closed(), Frame.ANNEX_XII, exempt=False).items}
    evidence = items["xii_1_f"].topics["parameters"]
    assert evidence.strength is Strength.ASSERTED
    assert evidence.to_confirm
    assert evidence.proof.page == 1


def test_no_fact_about_a_closed_model_is_more_than_documented():
    made = closed()
    facts = [f for result in made.results.values() for f in result.facts if f.name in MODEL_FACTS]
    assert facts
    assert max(fact.strength for fact in facts) <= Strength.DOCUMENTED


def test_the_cap_holds_whatever_a_check_says():
    made = closed()
    fact = Fact("training_compute", 1e25, Strength.INDEPENDENT, "R01")
    other = Fact("training_summary", True, Strength.VERIFIED, "T01")
    result = Result("R01", Verdict.PASS, "x", Strength.INDEPENDENT, facts=(fact, other))
    (held,) = capped(made, [result])
    assert [one.strength for one in held.facts] == [Strength.DOCUMENTED, Strength.VERIFIED]
    assert capped(opened(), [result]) == (result,)


def test_what_can_never_be_verified_is_told_for_both_kinds():
    assert is_capped(closed())
    assert not is_capped(opened())
    assert len(limits(closed()).beyond) == 8
    assert len(limits(closed()).notes) == 2
    assert len(limits(opened()).beyond) == 4
    assert len(limits(opened()).notes) == 1


def test_without_weights_every_check_of_them_is_not_checkable():
    verdicts = {r.verdict for name, r in closed().results.items() if name.startswith("W")}
    assert verdicts == {Verdict.NOT_CHECKABLE}
