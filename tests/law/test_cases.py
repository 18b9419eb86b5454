"""The worked cases of tests/cases: each rule met and narrowly missed, each duty before its day."""

import pytest

from tests.law.cases import CASES, result_of


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_case_comes_out_as_expected(catalogue, case):
    result, expect = result_of(catalogue, case), case["expect"]
    found = _found(result)
    for key in expect.keys() & {"tier", "gpai"}:
        assert found[key] == expect[key]
    for key in ("holds", "open", "duties", "not_yet"):
        missing = set(expect.get(key, ())) - found[key]
        assert not missing, f"expected under '{key}': {missing}"
    for key, listed in (("not", "listed"), ("not_duties", "listed_duties")):
        present = set(expect.get(key, ())) & found[listed]
        assert not present, f"not expected: {present}"
    days = expect.get("days", {})
    assert {name: found["days"].get(name) for name in days} == days


def _found(result):
    outcomes = (*result.outcomes, *result.roles)
    owed = [duty for duty in result.duties if duty.truth]
    return {
        "tier": result.headline,
        "gpai": result.gpai,
        "holds": {outcome.id for outcome in outcomes if outcome.truth},
        "open": {outcome.id for outcome in outcomes if outcome.truth is None},
        "listed": {outcome.id for outcome in outcomes},
        "duties": {duty.id for duty in owed},
        "not_yet": {duty.id for duty in owed if not duty.bites},
        "listed_duties": {duty.id for duty in result.duties},
        "days": {duty.id: _day(duty) for duty in result.duties},
    }


def _day(duty):
    return duty.applies_from.isoformat() if duty.applies_from else "after a change"
