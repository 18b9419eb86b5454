"""What an edited answer changed, told on a page of its own and while it saves itself."""

import json

import pytest
from django.urls import reverse

from tests.assessments.factories import a_full_assessment, an_assessment, described

JSON = {"headers": {"Accept": "application/json"}}


def url(assessment, question_id="subject_kind", name="question"):
    return reverse(f"assessments:{name}", args=[assessment.use_case_id, question_id])


def stored(assessment, question_id):
    return assessment.answers.get(question_id=question_id)


def test_an_edited_answer_leads_to_what_it_changed(signed_in, ana):
    assessment = a_full_assessment(ana)
    answer = stored(assessment, "use_areas")
    posted = {"value": "none", "version": answer.version, "before": json.dumps(answer.value)}
    browser = signed_in(ana)
    page = browser.post(url(assessment, "use_areas"), posted, follow=True)
    assert page.redirect_chain[0][0].startswith(url(assessment, "use_areas", "answer-changed"))
    assert "What your answer changed" in page.text
    assert "High-risk" in page.text
    assert "duties fell away" in page.text


@pytest.mark.parametrize("before", ["", "[", '"x"', "[" * 3000, "[[1]]", "1e999", '{"a": 1}'])
def test_a_change_that_cannot_be_read_leads_on(signed_in, ana, before):
    assessment = a_full_assessment(ana)
    address = url(assessment, "use_areas", "answer-changed")
    assert signed_in(ana).get(address, {"before": before}).status_code == 302


def test_coming_to_know_tells_what_it_decides(signed_in, ana):
    answers = described().answers | {"use_areas": None}
    assessment, browser = an_assessment(ana, answers), signed_in(ana)
    assert 'name="before" value="null"' in browser.get(url(assessment, "use_areas")).text
    posted = {"value": "employment", "version": 1, "before": "null"}
    page = browser.post(url(assessment, "use_areas"), posted, follow=True)
    assert "What your answer changed" in page.text
    assert "Not known" in page.text


def test_coming_to_know_what_decides_nothing_goes_on(signed_in, ana):
    assessment = an_assessment(ana, {"subject_kind": "system", "output_basis": None})
    posted = {"value": "learned", "version": 1, "before": "null"}
    leads_to = signed_in(ana).post(url(assessment, "output_basis"), posted).url
    assert leads_to == url(assessment, "works_with_some_autonomy")


def test_an_edit_that_saves_itself_says_what_it_changed(signed_in, ana):
    assessment = a_full_assessment(ana)
    answer = stored(assessment, "use_areas")
    posted = {"value": "none", "version": answer.version, "before": json.dumps(answer.value)}
    told = signed_in(ana).post(url(assessment, "use_areas"), posted, **JSON).json()["change"]
    for words in ["Your edit:", "High-risk", "Minimal", "no longer needed", "What it changed"]:
        assert words in told, words
    posted |= {"value": answer.value, "version": answer.version + 1}
    told = signed_in(ana).post(url(assessment, "use_areas"), posted, **JSON).json()["change"]
    assert "Your edit:" not in told, "it is as it was when the page was opened"
