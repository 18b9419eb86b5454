"""Answers that were given before are offered again, with their age, to those who may see them."""

from datetime import timedelta

from django.urls import reverse

from assessments.models import Answer
from tests.assessments.factories import an_assessment


def url(assessment, question_id):
    return reverse("assessments:question", args=[assessment.use_case_id, question_id])


def test_the_same_answer_about_the_same_system_is_offered_with_its_age(signed_in, ana):
    earlier = an_assessment(ana, {"output_basis": "learned"}, name="Sales")
    old = earlier.answers.get().answered_at - timedelta(days=100)
    Answer.objects.update(answered_at=old)
    assessment = an_assessment(ana, system=earlier.use_case.system)
    browser = signed_in(ana)
    page = browser.get(url(assessment, "output_basis")).text
    assert "Sales, 3 months ago" in page
    assert "It learned from data" in page
    browser.post(url(assessment, "output_basis"), {"take": "1", "note": "mine", "version": 0})
    stored = assessment.answers.get(question_id="output_basis")
    assert (stored.value, stored.note) == ("learned", "mine")


def test_what_another_organisation_said_is_never_offered(signed_in, ana, carla):
    an_assessment(carla, {"authority_field": ["law_enforcement"], "seat": "third_country"})
    assessment = an_assessment(ana)
    page = signed_in(ana).get(url(assessment, "authority_field")).text
    assert "Answered before" not in page


def test_the_profile_answers_for_the_organisation(signed_in, ana):
    page = signed_in(ana).get(url(an_assessment(ana), "organisation_kind")).text
    assert "Profile of your organisation, today" in page


def test_nothing_is_offered_about_the_use_itself(signed_in, ana):
    earlier = an_assessment(ana, {"use_areas": ["education"]})
    assessment = an_assessment(ana, system=earlier.use_case.system)
    assert "Answered before" not in signed_in(ana).get(url(assessment, "use_areas")).text
