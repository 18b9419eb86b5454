"""The questionnaire as a whole: its list, all answers, what is not asked, what is used again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from assessments.models import Answer, Assessment
from assessments.services import Asked, save_answer
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import a_full_assessment, an_assessment, described

PAGES = ["assessment-tasks", "answers-check", "questions-hidden"]


def url(assessment, name="assessment-tasks"):
    return reverse(f"assessments:{name}", args=[assessment.use_case_id])


def rows(page):
    return {section["id"]: section for section in page.context["sections"]}


def test_a_new_assessment_has_ten_sections_in_order(signed_in, ana):
    page = signed_in(ana).get(url(an_assessment(ana)))
    sections = rows(page)
    assert list(sections) == [
        "what_it_is", "where", "roles", "never", "product", "area", "effect", "people_see",
        "model", "circumstances",
    ]  # fmt: skip
    assert all(section["reason"] for section in sections.values())
    assert sections["what_it_is"]["status"] == "not_started"
    assert sections["effect"]["status"] == "cannot_start"
    assert "In which of these fields" in sections["effect"]["why"]
    assert sections["circumstances"]["why"] == "Waits until the class is clear."
    assert "Start with the first question" in page.text


def test_a_section_goes_from_started_to_completed(signed_in, ana):
    browser = signed_in(ana)
    begun = an_assessment(ana, {"subject_kind": "system"})
    assert rows(browser.get(url(begun)))["what_it_is"]["status"] == "in_progress"
    full = a_full_assessment(ana)
    found = rows(browser.get(url(full)))
    assert {section["status"] for section in found.values()} == {"completed"}


def test_a_section_that_is_not_needed_says_why(signed_in, ana):
    outside = {"subject_kind": "system", "output_basis": "human_rules"}
    found = rows(signed_in(ana).get(url(an_assessment(ana, outside))))
    assert found["area"]["status"] == "not_needed"
    assert found["area"]["why"]


def test_what_is_open_shows_in_the_list_and_among_the_answers(signed_in, ana):
    assessment = an_assessment(ana)
    save_answer(
        assessment=assessment,
        question_id="subject_kind",
        version=0,
        value=None,
        note="Ask the supplier.",
        asked=Asked("Tom", "Which version?"),
        by=ana.user,
    )
    browser = signed_in(ana)
    for name in PAGES[:2]:
        page = browser.get(url(assessment, name)).text
        assert "Asked: Tom" in page
        assert "Which version?" in page
    assert "1 answer is not known yet" in browser.get(url(assessment)).text
    answers = browser.get(url(assessment, "answers-check")).text
    assert "Ask the supplier." in answers
    assert "Not answered yet" in answers
    assert "I don’t know" in answers


def test_a_full_assessment_can_be_sent_for_review(signed_in, ana):
    page = signed_in(ana).get(url(a_full_assessment(ana), "answers-check")).text
    assert "Send for review" in page
    assert "Every question that matters has been asked." in page


def test_hidden_questions_stand_under_the_answer_that_hides_them(signed_in, ana):
    page = signed_in(ana).get(url(a_full_assessment(ana), "questions-hidden")).text
    assert "Because of your answer:" in page
    assert "What does the system do in an emergency?" in page


def test_answers_that_nothing_needs_any_more_do_not_count_and_are_kept(signed_in, ana):
    assessment = an_assessment(ana, described().answers | {"use_areas": []})
    browser = signed_in(ana)
    counted = browser.get(url(assessment)).context["so_far"]
    page = browser.get(url(assessment, "answers-check"))
    dormant = {row["id"] for row in page.context["dormant"]}
    assert {"employment_tasks", "employer_uses_results"} <= dormant
    shown = [row for section in page.context["sections"] for row in section["rows"]]
    assert dormant.isdisjoint(row["id"] for row in shown)
    assert counted["answered"] == sum(row["standing"] == "answered" for row in shown)
    assert "No longer needed" in page.text
    hidden = browser.get(url(assessment, "questions-hidden"))
    assert "What is the system meant to do for work or hiring?" in hidden.text


def test_an_old_answer_says_how_old_it_is(signed_in, ana):
    assessment = a_full_assessment(ana)
    browser = signed_in(ana)
    assert "check that it is still so" not in browser.get(url(assessment, "answers-check")).text
    long_ago = timezone.now() - timedelta(days=95)
    assessment.answers.filter(question_id="use_areas").update(answered_at=long_ago)
    page = browser.get(url(assessment, "answers-check")).text
    assert page.count("Answered 3 months ago; check that it is still so.") == 1


def test_at_first_nothing_is_hidden(signed_in, ana):
    page = signed_in(ana).get(url(an_assessment(ana), "questions-hidden"))
    hidden = sum(len(group["questions"]) for s in page.context["sections"] for group in s["groups"])
    assert hidden == page.context["so_far"]["hidden"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_each_page_opens_in_each_language(signed_in, ana, name, language):
    ana.user.language = language
    ana.user.save()
    assert signed_in(ana).get(url(a_full_assessment(ana), name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(signed_in, ana, carla, name):
    assessment = a_full_assessment(ana)
    assert signed_in(carla).get(url(assessment, name)).status_code == 404
    assert signed_in(carla).post(url(assessment, "answers-reuse")).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_a_constant_number_of_queries(
    signed_in, ana, name, django_assert_max_num_queries
):
    assessment = a_full_assessment(ana)
    browser = signed_in(ana)
    with django_assert_max_num_queries(12):
        browser.get(url(assessment, name))


def test_an_auditor_reads_and_cannot_send(signed_in, ana):
    assessment = a_full_assessment(ana)
    auditor = MembershipFactory(organisation=ana.organisation, roles=[Role.AUDITOR])
    browser = signed_in(auditor)
    page = browser.get(url(assessment, "answers-check")).text
    assert "You can read the answers" in page
    assert "Send for review" not in page
    assert browser.post(url(assessment, "answers-reuse"), {"use": "seat"}).status_code == 403


# --- Answers used again ---------------------------------------------------------------------------


@pytest.fixture
def another(ana):
    """A second use of a system about which questions were answered."""
    earlier = a_full_assessment(ana, name="First use")
    return an_assessment(ana, name="Second use", system=earlier.use_case.system)


def test_earlier_answers_are_offered_together(signed_in, ana, another):
    page = signed_in(ana).get(url(another))
    offered = {offer["id"]: offer["source"] for offer in page.context["offers"]}
    assert offered["output_basis"] == "First use, today"
    assert offered["organisation_kind"] == "Profile of your organisation, today"
    assert "use_areas" not in offered
    assert "may hold here, too" in page.text


def test_the_ticked_ones_are_taken_over_with_their_source(signed_in, ana, another):
    wanted = {"use": ["output_basis", "use_areas", "no_such_question"]}
    signed_in(ana).post(url(another, "answers-reuse"), wanted)
    answer = another.answers.get()
    assert (answer.question_id, answer.value) == ("output_basis", "learned")
    assert answer.note == "First use, today"
    assert answer.answered_by == ana.user


def test_an_answer_that_is_there_is_never_replaced(signed_in, ana, another):
    save_answer(
        assessment=another, question_id="output_basis", version=0, value="human_rules", note="",
        asked=None, by=ana.user,
    )  # fmt: skip
    signed_in(ana).post(url(another, "answers-reuse"), {"use": ["output_basis"]})
    assert another.answers.get().value == "human_rules"


def test_a_frozen_assessment_takes_nothing_over(signed_in, ana, another):
    Assessment.objects.filter(pk=another.pk).update(state="in_review")
    page = signed_in(ana).post(url(another, "answers-reuse"), {"use": ["output_basis"]})
    assert page.status_code == 302
    assert not Answer.objects.filter(assessment=another).exists()


def test_what_no_longer_fits_the_catalogue_is_not_offered(signed_in, ana, another):
    Answer.objects.filter(question_id="output_basis").update(value="gone_from_the_catalogue")
    page = signed_in(ana).get(url(another))
    assert "output_basis" not in {offer["id"] for offer in page.context["offers"]}
