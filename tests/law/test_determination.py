"""Classes and days in the situations where the wording or the dates turn."""

from datetime import date

import pytest

from law import determine, explain
from law.entries import GpaiStanding, Tier
from law.facts import read_facts
from tests.law.cases import BASES, CASES, day_of, facts_of, result_of

TODAY = date(2026, 12, 15)
TOY = {
    "product_law": ["toys"],
    "ai_role_in_product": "component",
    "safety_purpose": "prevents_danger",
    "failure_harms": ["people"],
    "outside_check": ["toys"],
    "own_check_with_standards": [],
    "check_for_other_risks_only": [],
}
RECRUITMENT = {
    "use_areas": ["employment"],
    "employment_tasks": ["evaluates_candidates"],
    "employer_uses_results": True,
    "influences_decision": True,
}


@pytest.fixture
def result(catalogue):
    def of(base="system_provider", on=TODAY, readings=None, **answers):
        facts = read_facts(catalogue, BASES[base] | answers)
        return determine(catalogue, facts, on=on, readings=readings)

    return of


def _duty(result, name):
    return next(duty for duty in result.duties if duty.id == name)


def _truths(result):
    return {outcome.id: outcome.truth for outcome in result.outcomes}


@pytest.mark.parametrize("ask", [determine, explain])
@pytest.mark.parametrize("day", [date.min, date(2024, 7, 31)])
def test_before_the_act_there_is_nothing_to_determine(catalogue, ask, day):
    with pytest.raises(ValueError, match=r"not yet law on .*; choose 2024-08-01 or a later day"):
        ask(catalogue, {}, on=day)


@pytest.mark.parametrize("day", [date(2024, 8, 1), date(2100, 1, 1), date.max])
def test_from_its_first_to_the_last_day_there_is_a_result(catalogue, day):
    assert determine(catalogue, {}, on=day).headline is Tier.OPEN


def test_an_unknown_reading_is_refused(catalogue):
    for readings in ({"art_6_3_test": "whatever"}, {"whatever": "both"}):
        with pytest.raises(ValueError, match="There is no reading"):
            determine(catalogue, {}, on=TODAY, readings=readings)


def test_the_result_says_which_law_and_which_readings_it_used(catalogue, result):
    found = result(readings={"art_6_3_test": "conditions_suffice"})
    assert (found.law_version, found.digest) == ("2026-07-27", catalogue.digest)
    assert found.readings["art_6_3_test"] == "conditions_suffice"
    assert found.readings.keys() == {switch.id for switch in catalogue.readings}


def test_without_answers_all_is_open_from_best_to_worst(catalogue):
    found = determine(catalogue, {}, on=TODAY)
    assert (found.headline, found.at_worst, found.at_best) == (
        Tier.OPEN,
        Tier.PROHIBITED,
        Tier.NOT_A_SYSTEM,
    )
    assert found.gpai is GpaiStanding.OPEN
    assert found.next_day is None


def test_a_graver_open_tier_keeps_a_milder_one_from_being_the_headline(result):
    found = result(
        interacts_with_people=True,
        how_people_notice="nothing",
        crime_work_by_law=[],
        use_areas="unknown",
    )
    assert _truths(found)["art_50_1"] is True
    assert found.headline is Tier.OPEN
    assert found.at_best is Tier.TRANSPARENCY_ART_50
    assert found.at_worst is Tier.HIGH_RISK_ANNEX_III


def test_the_day_of_a_duty_follows_the_route_to_high_risk(result):
    by_use, by_product = result(**RECRUITMENT), result(**TOY)
    assert by_use.headline is Tier.HIGH_RISK_ANNEX_III
    assert by_product.headline is Tier.HIGH_RISK_ANNEX_I
    assert _duty(by_use, "AIA-009-1").applies_from == date(2027, 12, 2)
    assert _duty(by_product, "AIA-009-1").applies_from == date(2028, 8, 2)


def test_where_both_routes_lead_there_the_earlier_day_counts(result):
    both = result(**TOY, **RECRUITMENT)
    assert both.headline is Tier.HIGH_RISK_ANNEX_I
    assert _duty(both, "AIA-009-1").applies_from == date(2027, 12, 2)


def test_while_a_route_is_open_its_earlier_day_counts(result):
    open_use = result(**TOY, **RECRUITMENT | {"influences_decision": "unknown"})
    assert _duty(open_use, "AIA-009-1").applies_from == date(2027, 12, 2)


@pytest.mark.parametrize(
    ("on", "bites"), [(date(2027, 12, 1), False), (date(2027, 12, 2), True), (TODAY, False)]
)
def test_a_duty_bites_from_its_day(result, on, bites):
    duty = _duty(result(on=on, **RECRUITMENT), "AIA-009-1")
    assert (duty.truth, duty.bites) == (True, bites)


def test_the_next_day_is_the_first_on_which_something_begins(result):
    assert result(**RECRUITMENT).next_day == date(2027, 12, 2)
    assert result(**RECRUITMENT, on=date(2031, 1, 1)).next_day is None


def test_an_outcome_says_from_when_it_bites(result):
    before, after = (result(on=day, **RECRUITMENT) for day in (TODAY, date(2027, 12, 2)))
    for found, bites in ((before, False), (after, True)):
        outcome = next(o for o in found.outcomes if o.tier == Tier.HIGH_RISK_ANNEX_III)
        assert (outcome.applies_from, outcome.bites) == (date(2027, 12, 2), bites)


OLD = {"placed_on_market_on": "2027-01-01", "significant_design_change": False}


def test_an_unchanged_older_system_owes_nothing_until_it_changes(result):
    duty = _duty(result(**RECRUITMENT, **OLD, intended_for_public_authorities=False), "AIA-009-1")
    assert (duty.applies_from, duty.bites, duty.transition) == (None, False, "high_risk_legacy")


def test_an_older_system_for_authorities_has_until_2030(result):
    duty = _duty(result(**RECRUITMENT, **OLD, intended_for_public_authorities=True), "AIA-009-1")
    assert (duty.applies_from, duty.transition) == (date(2030, 8, 2), "high_risk_legacy")


def test_a_changed_older_system_has_the_ordinary_day(result):
    changed = OLD | {"significant_design_change": True, "intended_for_public_authorities": True}
    duty = _duty(result(**RECRUITMENT, **changed), "AIA-009-1")
    assert (duty.applies_from, duty.transition) == (date(2027, 12, 2), None)


def test_a_transition_that_is_still_open_moves_nothing(result):
    duty = _duty(result(**RECRUITMENT, placed_on_market_on="2027-01-01"), "AIA-009-1")
    assert (duty.applies_from, duty.transition) == (date(2027, 12, 2), None)


def test_an_older_general_model_has_until_august_2027(result):
    model = {
        "model_inside": "own_model",
        "model_task_range": "many_different",
        "model_availability": "offered_to_others",
        "training_compute": 1e24,
        "systemic_signs": [],
        "model_licence_freedoms": [],
        "placed_on_market_on": "2025-08-01",
    }
    moved = [d for d in result("gpai_provider", **model).duties if d.transition == "gpai_legacy"]
    assert moved
    assert {duty.applies_from for duty in moved} == {date(2027, 8, 2)}


def test_a_reading_can_move_the_day_of_a_duty(catalogue):
    literal = {"art_49_2_day": "day_2026_08_02"}
    exempt = RECRUITMENT | {
        "influences_decision": False,
        "joint_result_influences_decision": False,
        "narrow_procedural_task": True,
        "processes_personal_data": False,
    }
    facts = read_facts(catalogue, BASES["system_provider"] | exempt)
    usual, other = (
        _duty(determine(catalogue, facts, on=TODAY, readings=readings), "AIA-049-2")
        for readings in (None, literal)
    )
    assert (usual.applies_from, usual.bites) == (date(2027, 12, 2), False)
    assert (other.applies_from, other.bites) == (date(2026, 8, 2), True)


def _holding_on(catalogue, rule, days):
    """Whether the rule holds on each day, for the facts of a case that meets it."""
    case = next(c for c in CASES.values() if c["rule"] == rule and c["kind"] == "meets")
    facts = facts_of(catalogue, case)
    return [catalogue.evaluate(facts, day).truth(rule) for day in days]


def test_machinery_moved_from_one_section_of_annex_i_to_the_other(catalogue):
    days = [date(2026, 7, 26), date(2026, 7, 27)]
    assert _holding_on(catalogue, "annex_i_21", days) == [False, True]
    assert _holding_on(catalogue, "annex_i_1", days) == [True, False]


@pytest.mark.parametrize("rule", ["prohibited_5_1_ba", "prohibited_5_1_bb"])
def test_the_added_prohibitions_hold_from_the_day_of_the_amendment(catalogue, rule):
    days = [date(2026, 7, 26), date(2026, 7, 27)]
    assert _holding_on(catalogue, rule, days) == [False, True]


def test_a_prohibition_without_its_day_is_told_with_its_day(catalogue):
    case = next(
        c for c in CASES.values() if c["rule"] == "prohibited_5_1_ba" and c["kind"] == "meets"
    )
    found = determine(catalogue, facts_of(catalogue, case), on=date(2026, 7, 27))
    outcome = next(o for o in found.outcomes if o.id == "prohibited_5_1_ba")
    assert (outcome.truth, outcome.applies_from, outcome.bites) == (True, date(2026, 12, 2), False)


def test_each_reason_has_the_truth_of_what_it_explains(catalogue):
    for case in list(CASES.values())[::7]:
        facts, on = facts_of(catalogue, case), day_of(case)
        evaluation = catalogue.evaluate(facts, on, case.get("readings"))
        found = result_of(catalogue, case)
        for each in (*found.outcomes, *found.roles):
            _check_reason(evaluation, facts, each.because)


def _check_reason(evaluation, facts, reason):
    if reason.kind == "rule":
        assert evaluation.truth(reason.id) is reason.truth
        assert reason.parts, f"{reason.id} is given without a reason"
    if reason.kind == "question":
        assert reason.value == facts.get(reason.id)
        assert (reason.truth is None) == (reason.id not in facts)
    for part in reason.parts:
        _check_reason(evaluation, facts, part)


def test_ids_lead_to_their_entries(catalogue):
    assert catalogue.question("subject_kind").kind == "one_of"
    assert catalogue.rule("provider").kind == "role"
    assert catalogue.duty("AIA-009-1").roles
