"""Publicly documented decisions: how often we agree, and that we are never milder."""

import pytest

from bench.cases import read_cases
from bench.score import is_counted, score_case
from law import load


@pytest.fixture(scope="module")
def scores():
    catalogue = load()
    return [score_case(catalogue, case) for case in read_cases()]


def test_no_documented_use_is_classed_too_low(scores):
    assert [score.case.id for score in scores if score.direction == "too low"] == []


def test_nothing_is_cited_that_the_source_rules_out(scores):
    faults = [fault for score in scores for fault in score.faults]
    assert [fault for fault in faults if "should not" in fault] == []


def test_nearly_all_that_an_authority_states_comes_out_the_same(scores):
    counted = [score for score in scores if is_counted(score.case)]
    assert sum(not score.faults for score in counted) >= 0.95 * len(counted)
