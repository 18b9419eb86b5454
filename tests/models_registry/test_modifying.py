"""The modifier question, at and beside each limit."""

import pytest

from law.citations import parse_citation, provision_index
from models_registry.checks.catalogue import load
from models_registry.checks.telling import placeholders
from models_registry.lineage.modifying import Answer, Original, exclusion_of, standing_of

CATALOGUE = load()
GENERAL = {"general_purpose": True}


@pytest.mark.parametrize(
    ("flop", "original", "answer", "reason"),
    [
        (1.01e24, Original(3e24, **GENERAL), Answer.PROVIDER, "above_limit"),
        (1.0e24, Original(3e24, **GENERAL), Answer.NO_PROVIDER, "up_to_limit"),
        (1.01e24, Original(3e24, True, **GENERAL), Answer.OPEN, "bound_open"),
        (1.0e23, Original(3e24, True, **GENERAL), Answer.NO_PROVIDER, "up_to_limit"),
        (3.3e22, Original(**GENERAL), Answer.NO_PROVIDER, "up_to_fallback"),
        (3.4e22, Original(**GENERAL), Answer.OPEN, "systemic_open"),
        (3.4e22, Original(systemic_risk=False, **GENERAL), Answer.PROVIDER, "above_fallback"),
        (3.4e22, Original(systemic_risk=True, **GENERAL), Answer.NO_PROVIDER, "up_to_fallback"),
        (3.4e24, Original(**GENERAL), Answer.PROVIDER, "above_fallback"),
        (3.4e24, Original(), Answer.OPEN, "general_purpose_open"),
        (1e30, Original(3e24, general_purpose=False), Answer.NO_PROVIDER, "not_general_purpose"),
        (None, Original(3e24, **GENERAL), Answer.OPEN, "compute_unknown"),
        (None, Original(), Answer.OPEN, "compute_unknown"),
        (0.0, Original(3e24, **GENERAL), Answer.NO_PROVIDER, "up_to_limit"),
    ],
)
def test_a_change_is_held_against_a_third_of_the_original(flop, original, answer, reason):
    standing = standing_of(flop, original, CATALOGUE)
    assert (standing.answer, standing.reason) == (answer, reason)


def test_what_is_not_known_is_named_as_what_would_change_the_answer():
    assert "if_original_known" in standing_of(3.4e22, Original(), CATALOGUE).changes
    assert "if_true_figure" in standing_of(1e25, Original(3e24, True), CATALOGUE).changes
    assert "if_compute_stated" in standing_of(None, Original(3e24), CATALOGUE).changes


def test_a_change_of_a_model_with_systemic_risk_says_what_follows():
    above = standing_of(1e25, Original(2e25, systemic_risk=True, **GENERAL), CATALOGUE)
    assert "reading_systemic" in above.readings


def test_a_licence_without_the_union_makes_a_provider_of_whoever_builds_the_model_in():
    assert exclusion_of(True).answer is Answer.PROVIDER
    assert exclusion_of(None, may_be_meant=True).answer is Answer.OPEN
    assert exclusion_of(None) is None
    assert exclusion_of(False, may_be_meant=True) is None


def test_every_row_named_exists_and_gets_the_amounts_it_wants():
    rows = CATALOGUE.section("modifications")
    originals = [
        Original(compute, bound, general, systemic)
        for compute in (None, 3e24)
        for bound in (False, True)
        for general in (None, False, True)
        for systemic in (None, False, True)
    ]
    for original in originals:
        for flop in (None, 0.0, 1e22, 1e24, 1e26):
            for relation in ("fine_tune", "distilled", "merge"):
                standing = standing_of(flop, original, CATALOGUE, relation=relation)
                for name in (standing.reason, *standing.readings, *standing.changes):
                    wanted = placeholders(rows[name]["text"]["en"])
                    assert wanted <= standing.amounts.keys(), (name, standing)


def test_every_provision_cited_exists_and_both_languages_want_the_same_amounts():
    known = provision_index().provisions
    for row in CATALOGUE.section("modifications").values():
        assert {str(parse_citation(one)) for one in row.get("act", ())} <= set(known), row["id"]
        assert placeholders(row["text"]["en"]) == placeholders(row["text"]["de"])
