"""Answers become facts only where they fit their question; everything else is said, all at once."""

from datetime import UTC, date, datetime

import pytest

from law import load
from law.facts import FactsError, plain_answer, read_answer, read_facts
from tests.law.cases import CASES, facts_of
from tests.law.test_loading import SOUND


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "sound.yaml").write_bytes(SOUND.read_bytes())
    return load(folder)


@pytest.mark.parametrize(
    ("question", "answer", "fact"),
    [
        ("is_blue", True, True),
        ("is_blue", False, False),
        ("shape", "round", "round"),
        ("shapes", [], frozenset()),
        ("shapes", ["square", "round"], frozenset({"round", "square"})),
        ("shapes", ("round", "round"), frozenset({"round"})),
        ("shapes", frozenset({"round"}), frozenset({"round"})),
        ("weight", 3, 3.0),
        ("weight", 0, 0.0),
        ("weight", 3.5e24, 3.5e24),
        ("made_on", "2026-08-02", date(2026, 8, 2)),
        ("made_on", date(2026, 8, 2), date(2026, 8, 2)),
    ],
)
def test_an_answer_that_fits_becomes_a_fact(small, question, answer, fact):
    facts = read_facts(small, {question: answer})
    assert facts == {question: fact}
    assert type(facts[question]) is type(fact)


@pytest.mark.parametrize("question", ["is_blue", "shape", "shapes", "weight", "made_on"])
@pytest.mark.parametrize("answer", [None, "unknown"])
def test_not_known_is_no_fact(small, question, answer):
    assert read_facts(small, {question: answer}) == {}


UNFIT: dict[tuple[str, str], list[object]] = {
    ("is_blue", "true, false or unknown"): ["yes", 1, 0, [], {}],
    ("shape", "one of round, square"): ["oval", True, ["round"], 1, {}],
    ("shapes", "a list of round, square"): ["round", ["oval"], [["round"]], [{}], 1],
    ("weight", "a number that is not negative"): [
        -1, "5", True, [], 10**400, float("nan"), float("inf"), float("-inf"),
    ],
    ("made_on", "a day such as 2026-08-02"): [
        "2.8.2026", "2026-02-30", 5, True, [], datetime(2026, 8, 2, tzinfo=UTC),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "wanted", "answer"),
    [(*key, answer) for key, answers in UNFIT.items() for answer in answers],
)
def test_an_answer_that_does_not_fit_says_what_is_wanted(small, question, wanted, answer):
    with pytest.raises(FactsError) as raised:
        read_facts(small, {question: answer})
    assert wanted in raised.value.faults[question]
    with pytest.raises(ValueError, match="unknown"):
        read_answer(small.question(question), answer)


def test_every_fault_is_said_at_once_and_near_names_are_offered(small):
    with pytest.raises(FactsError) as raised:
        read_facts(small, {"is_blau": True, "shape": "oval", "zzz": 1, "weight": 3})
    assert raised.value.faults.keys() == {"is_blau", "shape", "zzz"}
    assert "did you mean 'is_blue'?" in str(raised.value)
    assert "zzz: there is no such question; see the questions in law/catalogue" in str(raised.value)


def test_a_name_that_is_no_question_is_a_fault_even_when_not_known(small):
    with pytest.raises(FactsError):
        read_facts(small, {"zzz": None})


def test_a_fact_written_plainly_reads_back_the_same(catalogue):
    for case in CASES.values():
        facts = facts_of(catalogue, case)
        plain = {name: plain_answer(value) for name, value in facts.items()}
        assert read_facts(catalogue, plain) == facts


def test_several_options_are_written_in_order():
    assert plain_answer(frozenset({"b", "a"})) == ["a", "b"]
    assert plain_answer(date(2026, 8, 2)) == "2026-08-02"
    assert plain_answer(True) is True


def test_no_option_is_called_unknown(catalogue):
    options = {o.id for q in catalogue.entries.questions.values() for o in q.options}
    assert "unknown" not in options
