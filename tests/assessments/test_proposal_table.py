"""The table of proposed answers names questions and answers that the law catalogue has."""

import pytest

from assessments.law_in_use import catalogue
from law.facts import read_answer
from models_registry.sovereignty.knowledge import check_catalogue

ROWS = check_catalogue().section("proposed_answers")


@pytest.mark.parametrize("name", ROWS)
def test_every_answer_of_the_table_fits_its_question(name):
    row, question = ROWS[name], catalogue().question(name)
    for case in row.get("cases", ()):
        values = [case["value"]] if "value" in case else case["when"][case["value_of"]]
        for value in values:
            read_answer(question, value)
    if "options" in row:
        read_answer(question, [one["option"] for one in row["options"]])
    if "take" in row:
        assert question.kind == "number"


def test_every_question_about_a_model_is_in_the_table():
    about = {q.id for q in catalogue().entries.questions.values() if q.about == "model"}
    assert about <= ROWS.keys()
