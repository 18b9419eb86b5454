"""The reasons by outcome, and what would change them, as the page of a result shows them."""

import pytest

from assessments.law_in_use import catalogue
from assessments.why import because, pivots, walked
from law import determine, explain
from law.telling import reason_lines, tell
from tests.assessments.factories import DAY, EXAMPLES, described


def told(example):
    facts = described(example).facts
    result = determine(catalogue(), facts, on=DAY)
    return tell(catalogue(), facts, result, explain(catalogue(), facts, on=DAY), "en")


def leading(result):
    return [o for o in result["outcomes"] if o["tier"] == result["headline"] and not o["open"]]


def test_reasons_stand_under_their_outcome_and_shared_ones_once():
    outcomes = leading(told("customer_chatbot"))
    groups = because(outcomes)
    assert [group["title"] for group in groups[:-1]] == [o["title"] for o in outcomes]
    assert groups[-1]["is_shared"]
    shown = [reason["id"] for group in groups for reason in group["reasons"]]
    assert len(shown) == len(set(shown))
    assert set(shown) == {line["id"] for o in outcomes for line in reason_lines(o)}


def test_a_single_outcome_needs_no_title_of_its_own():
    (group,) = because(leading(told("recruitment")))
    assert group["title"] == ""
    assert group["reasons"]
    assert because([]) == []


def test_every_outcome_of_the_class_has_its_path():
    result = told("customer_chatbot")
    paths = walked(leading(result), result["headline"])
    assert [path["title"] for path in paths] == [o["title"] for o in leading(result)]
    assert len({path["name"] for path in paths}) == len(paths) > 1


@pytest.mark.parametrize("example", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_answers_that_would_do_the_same_share_a_line(example):
    result = told(example)
    lines = pivots(result)
    assert sum(len(line["answers"]) for line in lines) == len(result["pivots"])
    keys = [
        (line["id"], line["tier"], line["gpai"], line["gained"], line["lost"]) for line in lines
    ]
    assert len(keys) == len(set(keys))
    first = [line["id"] for line in lines[:4]]
    assert len(first) == len(set(first)), "four different questions come first"


def test_what_would_settle_something_comes_before_what_would_open_it():
    lines = pivots(told("recruitment"))
    assert (lines[0]["tier"], lines[0]["lost"]) == ("minimal", 9)
    employer = next(line for line in lines if line["given"] == "Yes" and line["tier"] == "minimal")
    assert employer["answers"] == ["No"]
    products = [line for line in lines if "product laws" in line["question"]]
    assert max(line["others"] for line in products) > 10, "one line, not one for each law"
