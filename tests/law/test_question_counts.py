"""How many questions a person has to answer, walked as the pages do."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assessments.use_file import read_use_file
from bench.cases import read_cases
from bench.questions import KINDS, questions_asked
from law import determine, load

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
ON = date(2026, 11, 23)
RESULTS = {
    "call_centre_emotions": ("prohibited", "none"),
    "credit_scoring": ("high_risk_annex_iii", "none"),
    "customer_chatbot": ("transparency_art_50", "none"),
    "document_indexer": ("annex_iii_exempt_6_3", "none"),
    "exam_grading": ("open", "none"),
    "gpai_provider": ("not_a_system", "gpai"),
    "image_generator": ("transparency_art_50", "none"),
    "medical_device": ("high_risk_annex_i", "none"),
    "municipal_assistant": ("open", "none"),
    "portrait_generator": ("open", "none"),
    "recruitment": ("high_risk_annex_iii", "none"),
    "spam_filter": ("minimal", "none"),
}


@pytest.fixture(scope="module")
def catalogue():
    return load()


@pytest.fixture(scope="module")
def asked(catalogue):
    @cache
    def walk(name):
        return questions_asked(catalogue, _use(catalogue, name).facts, on=ON)

    return walk


@pytest.fixture(scope="module")
def cases():
    return {case.id: case for case in read_cases()}


def _use(catalogue, name):
    return read_use_file(EXAMPLES / f"{name}.yaml", catalogue)


def _result(catalogue, facts):
    result = determine(catalogue, facts, on=ON)
    return result.headline, result.gpai


def test_every_example_has_its_expected_result():
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == RESULTS.keys()


@pytest.mark.parametrize("name", RESULTS)
def test_an_example_comes_out_as_meant(catalogue, name):
    assert _result(catalogue, _use(catalogue, name).facts) == RESULTS[name]


@pytest.mark.parametrize("name", RESULTS)
def test_an_example_answers_every_question_it_is_asked(catalogue, asked, name):
    answers = _use(catalogue, name).answers
    assert [question for question in asked(name) if question not in answers] == []


@pytest.mark.parametrize("name", RESULTS)
def test_the_questions_asked_suffice_for_the_result(catalogue, asked, name):
    facts = _use(catalogue, name).facts
    answered = {question: facts[question] for question in asked(name) if question in facts}
    assert _result(catalogue, answered) == RESULTS[name]


ORDINARY = [
    pytest.param(name, kind.most, id=name) for kind in KINDS for name in kind.examples + kind.cases
]


@pytest.mark.parametrize(("name", "ceiling"), ORDINARY)
def test_an_ordinary_use_needs_few_questions(catalogue, asked, cases, name, ceiling):
    if case := cases.get(name):
        found = questions_asked(catalogue, case.facts(catalogue), on=case.as_of)
    else:
        found = asked(name)
    assert len(found) <= ceiling, found


def test_the_limits_are_those_that_were_promised():
    assert [kind.most for kind in KINDS] == [15, 25, 40]
    assert all(kind.examples and kind.cases for kind in KINDS)
