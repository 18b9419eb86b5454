"""Each rule has a case that meets it and one that misses it; each later duty one before its day."""

from datetime import date

import pytest

from tests.law.cases import CASES, result_of

# What starts after this day is still news to most, so it must not be told as if it bit already.
LATE = date(2026, 8, 1)


def _expected(*keys):
    return {name for case in CASES.values() for key in keys for name in case["expect"].get(key, ())}


@pytest.fixture(scope="module")
def results(catalogue):
    return {name: result_of(catalogue, case) for name, case in CASES.items()}


@pytest.mark.parametrize("kind", ["meets", "misses"])
def test_every_outcome_has_a_case_of_each_kind(catalogue, kind):
    covered = {case["rule"] for case in CASES.values() if case["kind"] == kind}
    missing = [outcome.id for outcome in catalogue.outcomes if outcome.id not in covered]
    assert not missing, f"outcomes without a case of kind '{kind}': {missing}"


def test_every_role_is_held_in_one_case_and_ruled_out_in_another(catalogue):
    covered = _expected("holds") & _expected("not")
    missing = [role.id for role in catalogue.roles if role.id not in covered]
    assert not missing, f"roles never expected, or never ruled out: {missing}"


def test_every_duty_is_expected_in_some_case(catalogue):
    missing = catalogue.entries.duties.keys() - _expected("duties", "not_yet")
    assert not missing, f"duties in no case: {sorted(missing)}"


def test_every_duty_is_absent_from_some_case(catalogue, results):
    always = catalogue.entries.duties.keys()
    for result in results.values():
        always &= {duty.id for duty in result.duties}
    assert not always, f"duties that no case is free of: {sorted(always)}"


def test_every_later_duty_has_a_case_before_its_day(catalogue):
    late = {duty.id for duty in catalogue.entries.duties.values() if min(duty.days.values()) > LATE}
    missing = late - _expected("not_yet")
    assert not missing, f"duties without a case before their day: {sorted(missing)}"


def test_each_case_is_of_the_kind_it_says(results):
    faults = [name for name, case in CASES.items() if not _fits(case, results[name])]
    assert not faults, "\n".join(faults)


def _fits(case, result):
    told = {each.id: each for each in (*result.outcomes, *result.roles, *result.duties)}
    each = told.get(case["rule"])
    # A concept, a reading or a transition shows in what rests on it, which the case itself checks.
    names_a_result = case["rule"] in (
        *case["expect"].get("holds", ()),
        *case["expect"].get("duties", ()),
    )
    match case["kind"]:
        case "meets":
            return not names_a_result or each.truth is True
        case "misses":
            return each is None or each.truth is None
        case "before_its_day":
            return each is None or each.bites is False
    return False
