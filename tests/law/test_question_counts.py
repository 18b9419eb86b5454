"""How many questions a person has to answer, walked over the examples."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assessments.use_file import read_use_file
from bench.questions import questions_asked
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


@pytest.mark.parametrize(
    ("name", "ceiling"), [("spam_filter", 15), ("customer_chatbot", 25), ("recruitment", 40)]
)
def test_a_usual_use_needs_few_questions(asked, name, ceiling):
    assert len(asked(name)) <= ceiling, asked(name)
