"""One question to a page: what it shows, saves, refuses and never loses."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Role
from assessments.answering import value_of
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment
from assessments.services import start_reassessment
from tests.accounts.factories import PASSWORD, MembershipFactory
from tests.assessments.factories import DAY, a_full_assessment, an_assessment
from tests.assessments.reviews import decided

JSON = {"headers": {"Accept": "application/json"}}


def url(assessment, question_id="subject_kind", name="question"):
    return reverse(f"assessments:{name}", args=[assessment.use_case_id, question_id])


def stored(assessment, question_id="subject_kind"):
    return assessment.answers.filter(question_id=question_id).first()


def member(ana, *roles):
    return MembershipFactory(organisation=ana.organisation, roles=roles)


def test_the_page_shows_the_question_with_all_its_help(signed_in, ana):
    page = signed_in(ana).get(url(an_assessment(ana), "output_basis")).text
    for words in [
        "How does it get from its input to its output?", "It learned from data",
        "I don’t know", "Why we ask", "The law", "Art 3(1)", "eur-lex.europa.eu",
        "An example inside", "An example outside", "Who usually knows", "Defined terms",
        "Result so far:", "relevant questions answered", "Ask somebody", "Save and continue",
    ]:  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("question_id", "posted", "value"),
    [
        ("subject_kind", {"value": "system"}, "system"),
        ("subject_kind", {"value": "unknown"}, None),
        ("works_with_some_autonomy", {"value": "yes"}, True),
        ("works_with_some_autonomy", {"value": "no"}, False),
        ("use_areas", {"value": ["employment", "education"]}, ["education", "employment"]),
        ("use_areas", {"value": "none"}, []),
        ("training_compute", {"number": "3.2e24"}, 3.2e24),
        ("training_compute", {"number": "3,2e24"}, 3.2e24),
        ("training_compute", {"number": " 3,2 × 10^24 "}, 3.2e24),
        ("training_compute", {"number": "10^25"}, 1e25),
        ("training_compute", {"number": "320 000"}, 320000.0),
        ("training_compute", {"value": "unknown"}, None),
        ("placed_on_market_on", {"day": "2", "month": "8", "year": "2026"}, "2026-08-02"),
        ("placed_on_market_on", {"value": "unknown"}, None),
        ("subject_kind", {"whom": "Ben"}, None),
    ],
)
def test_every_kind_of_answer_is_saved(signed_in, ana, question_id, posted, value):
    assessment = an_assessment(ana)
    browser = signed_in(ana)
    assert browser.post(url(assessment, question_id), posted | {"version": "0"}).status_code == 302
    assert value_of(stored(assessment, question_id)) == value
    shown = browser.get(url(assessment, question_id)).text
    assert "checked" in shown or 'value="3' in shown or 'value="1' in shown or 'value="2' in shown


@pytest.mark.parametrize(
    ("question_id", "posted", "words"),
    [
        ("subject_kind", {}, "Choose an answer"),
        ("subject_kind", {"value": "employment"}, "Choose one of the answers"),
        ("subject_kind", {"value": ["system", "model"]}, "Choose one of the answers"),
        ("works_with_some_autonomy", {"value": "true"}, "Choose one of the answers"),
        ("use_areas", {"value": ["none", "education"]}, "None of these"),
        ("use_areas", {"value": ["unknown", "education"]}, "not both"),
        ("use_areas", {"value": ["no_such_option"]}, "Choose one of the answers"),
        ("training_compute", {"number": "1.000.000"}, "without separators"),
        ("training_compute", {"number": "1,000"}, "without separators"),
        ("training_compute", {"number": "lots"}, "Write a number"),
        ("training_compute", {"number": "-3"}, "Write a number"),
        ("training_compute", {"number": "1e999"}, "Write a number"),
        ("training_compute", {"number": "nan"}, "Write a number"),
        ("training_compute", {"number": "3e24", "value": "unknown"}, "not both"),
        ("placed_on_market_on", {"day": "30", "month": "2", "year": "2026"}, "a day that exists"),
        ("placed_on_market_on", {"day": "1", "month": "", "year": ""}, "a day that exists"),
        ("placed_on_market_on", {"day": "1", "month": "8", "year": "26"}, "a day that exists"),
        ("subject_kind", {"value": "system", "note": "x" * 100_000}, "4000"),
        ("subject_kind", {"value": "system", "note": "x\x00y"}, "Null"),
        ("subject_kind", {"value": "system", "whom": "x" * 300}, "200"),
        ("subject_kind", {"value": "system", "reason": "why"}, "Name somebody"),
        ("subject_kind", {"value": "system", "version": "many"}, "whole number"),
    ],
)
def test_what_cannot_be_saved_is_told_and_nothing_is_lost(
    signed_in, ana, question_id, posted, words
):
    assessment = an_assessment(ana)
    posted = {"version": "0", "note": "what I typed"} | posted
    page = signed_in(ana).post(url(assessment, question_id), posted)
    assert page.status_code == 200
    assert words in page.text
    assert "Please check this" in page.text
    assert posted["note"].replace("\x00", "") in page.text.replace("\x00", "")
    assert stored(assessment, question_id) is None


@pytest.mark.parametrize("hostile", ["'; DROP TABLE x; --", "<script>alert(1)</script>", "\udcff"])
def test_hostile_text_is_text(signed_in, ana, hostile):
    assessment = an_assessment(ana)
    posted = {"value": "system", "note": hostile.encode("utf-8", "replace").decode(), "version": 0}
    browser = signed_in(ana)
    browser.post(url(assessment), posted)
    assert stored(assessment).note == posted["note"]
    assert f">{escape(posted['note'])}</textarea>" in browser.get(url(assessment)).text
    assert "<script>alert" not in browser.get(url(assessment)).text


def test_a_question_that_nobody_has_is_not_there(signed_in, ana):
    assessment = an_assessment(ana)
    browser = signed_in(ana)
    assert browser.get(url(assessment, "no_such_question")).status_code == 404
    assert browser.post(url(assessment, "annex_iii_4_a"), {"value": "yes"}).status_code == 404


@pytest.mark.parametrize("name", ["question", "answer-changed"])
def test_a_stranger_finds_no_question(signed_in, ana, carla, name):
    assessment = an_assessment(ana)
    browser = signed_in(carla)
    assert browser.get(url(assessment, name=name)).status_code == 404
    assert browser.post(url(assessment), {"value": "system"}).status_code == 404
    assert not Answer.objects.exists()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.AUDITOR])
def test_whoever_only_checks_reads_and_changes_nothing(signed_in, ana, role):
    assessment = an_assessment(ana)
    browser = signed_in(member(ana, role))
    page = browser.get(url(assessment)).text
    assert "You can read the answers" in page
    assert "Save and continue" not in page
    assert browser.post(url(assessment), {"value": "system"}).status_code == 403
    assert browser.post(url(assessment), {"value": "system"}, **JSON).status_code == 403
    assert stored(assessment) is None


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICER, Role.CONTRIBUTOR])
def test_whoever_answers_may_answer(signed_in, ana, role):
    assessment = an_assessment(ana)
    signed_in(member(ana, role)).post(url(assessment), {"value": "system", "version": 0})
    assert stored(assessment).value == "system"


@pytest.mark.parametrize(
    ("state", "words"),
    [("in_review", "in review"), ("decided", "decided"), ("archived", "retired")],
)
def test_a_frozen_assessment_is_read_with_the_reason(signed_in, ana, state, words):
    assessment = a_full_assessment(ana)
    Assessment.objects.update(state=state)
    page = signed_in(ana).get(url(assessment)).text
    assert words in page
    assert "Save and continue" not in page


def test_what_was_typed_when_it_froze_is_not_lost(signed_in, ana):
    assessment = an_assessment(ana)
    Assessment.objects.update(state="in_review")
    posted = {"value": "system", "note": "my long note", "version": 0}
    answer = signed_in(ana).post(url(assessment), posted)
    assert answer.status_code == 409
    assert "can no longer be changed" in answer.text
    assert "my long note" in answer.text
    assert signed_in(ana).post(url(assessment), posted, **JSON).status_code == 423


# --- Where it leads -------------------------------------------------------------------------------


def test_saving_leads_to_the_next_question_of_the_section(signed_in, ana):
    assessment = an_assessment(ana)
    answer = signed_in(ana).post(url(assessment), {"value": "system", "version": 0})
    assert answer.url == url(assessment, "output_basis")


def test_saving_may_lead_back_to_the_list(signed_in, ana):
    assessment = an_assessment(ana)
    browser, tasks = (
        signed_in(ana),
        reverse("assessments:assessment-tasks", args=[assessment.use_case_id]),
    )
    assert browser.post(url(assessment), {"return": "1", "value": "system"}).url == tasks
    assert stored(assessment).value == "system"
    assert browser.post(url(assessment, "output_basis"), {"return": "1"}).url == tasks
    assert stored(assessment, "output_basis") is None


def test_after_the_last_question_come_all_answers(signed_in, ana):
    assessment = a_full_assessment(ana)
    answer = stored(assessment)
    posted = {"value": "system", "version": answer.version, "note": "checked"}
    address = signed_in(ana).post(url(assessment), posted).url
    assert address == reverse("assessments:answers-check", args=[assessment.use_case_id])


def test_the_law_beside_a_question_is_never_told_as_a_result(signed_in, ana):
    page = signed_in(ana).get(url(an_assessment(ana), "output_basis")).text
    assert "The Act asks nothing of this use" not in page
    page = signed_in(ana).get(url(an_assessment(ana), "exclusive_purpose")).text
    assert "an outside body must check the product" not in page


def test_why_leads_to_the_result_that_is_being_worked_on(signed_in, ana, ben):
    former = decided(ana, ben)
    draft = start_reassessment(assessment=former, by=ana, on=DAY)
    beside = reverse("assessments:assessment-detail", args=[draft.use_case_id, draft.pk])
    browser = signed_in(ana)
    page = browser.get(url(draft, "use_areas"))
    assert f'href="{beside}#because"' in page.text
    assert 'id="because"' in browser.get(beside).text
    opened = an_assessment(ana)
    page = browser.get(url(opened))
    there = reverse("assessments:use-detail", args=[opened.use_case_id])
    assert f'href="{there}#open"' in page.text
    assert 'id="open"' in browser.get(there).text


def test_an_option_says_which_questions_it_adds(signed_in, ana):
    page = signed_in(ana).get(url(an_assessment(ana, {"subject_kind": "system"}), "use_areas"))
    assert re.search(r"Adds \d+ questions, the first: ", page.text)
    page = signed_in(ana).get(url(an_assessment(ana, {"subject_kind": "system"}), "product_law"))
    assert "Adds" not in page.text, "each of twenty would say the same"


# --- Two people -----------------------------------------------------------------------------------


@pytest.fixture
def conflict(signed_in, ana):
    """Ana opened the question; a colleague answered it; then Ana saves."""
    assessment, colleague = an_assessment(ana), member(ana, Role.CONTRIBUTOR)
    theirs = {"value": "model", "note": "their <b>note</b>", "whom": "Tom", "version": 0}
    signed_in(colleague).post(url(assessment), theirs)
    mine = {"value": "unknown", "note": "my note", "whom": "Lea", "reason": "Sure?", "version": 0}
    return assessment, signed_in(ana).post(url(assessment), mine)


def test_a_conflict_shows_both_and_saves_neither(conflict):
    assessment, page = conflict
    assert page.status_code == 409
    for words in ["their &lt;b&gt;note&lt;/b&gt;", "Tom", "my note", "Lea", "Sure?", "Keep theirs"]:
        assert words in page.text, words
    assert "A model that others receive on its own" in page.text
    assert "Not known" in page.text
    assert stored(assessment).note == "their <b>note</b>"


def test_mine_can_be_saved_after_a_conflict(signed_in, ana, conflict):
    assessment, page = conflict
    (version,) = re.findall(r'name="version" value="(\d+)"', page.text)
    mine = {"value": "system", "note": "both notes", "version": version}
    assert signed_in(ana).post(url(assessment), mine).status_code == 302
    assert stored(assessment).note == "both notes"
    assert stored(assessment).version == 2


def test_the_script_is_told_of_a_conflict(signed_in, ana, conflict):
    assessment, _page = conflict
    posted = {"value": "system", "version": 0}
    assert signed_in(ana).post(url(assessment), posted, **JSON).status_code == 409


# --- The script of the page -----------------------------------------------------------------------


def test_the_script_gets_the_version_and_the_result_so_far(signed_in, ana):
    assessment = an_assessment(ana)
    told = signed_in(ana).post(url(assessment), {"value": "system", "version": 0}, **JSON).json()
    assert told["version"] == 1
    assert told["saved_at"]
    assert "Result so far" in told["so_far"]
    assert "1 of" in told["so_far"]


def test_the_script_is_told_what_is_missing_without_an_error_in_the_console(signed_in, ana):
    assessment = an_assessment(ana)
    answer = signed_in(ana).post(url(assessment), {"note": "only a note"}, **JSON)
    assert answer.status_code == 200
    assert answer.json().keys() == {"faults"}
    assert "Choose an answer" in answer.json()["faults"][0]
    assert not assessment.answers.exists()


def test_saving_again_what_was_saved_by_itself_is_no_conflict(signed_in, ana):
    assessment, browser = an_assessment(ana), signed_in(ana)
    posted = {"value": "system", "version": 0, "note": "two\r\nlines"}
    browser.post(url(assessment), posted, **JSON)
    assert browser.post(url(assessment), posted).status_code == 302
    assert stored(assessment).version == 1
    assert stored(assessment).note == "two\nlines"


# --- A session that ended -------------------------------------------------------------------------


def test_an_answer_sent_after_the_session_ended_is_saved_once_it_is_confirmed(ana):
    assessment, browser = an_assessment(ana), Client()
    credentials = {"login": ana.user.email, "password": PASSWORD}
    browser.post("/account/login/", credentials)
    browser.get(url(assessment))
    del browser.cookies["sessionid"]
    posted = {"value": "system", "note": "kept", "version": "0"}
    kept = browser.post(url(assessment), posted).url.partition("?next=")[2]
    page = browser.post("/account/login/", credentials | {"next": kept}, follow=True)
    assert "kept" in page.text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
    answer = browser.post(url(assessment), fields)
    assert answer.url == url(assessment, "output_basis")
    assert stored(assessment).note == "kept"


def test_a_script_whose_session_ended_gets_a_401(ana, client):
    answer = client.post(
        url(an_assessment(ana)),
        {"value": "system"},
        headers={"Accept": "application/json", "Sec-Fetch-Mode": "cors"},
    )
    assert answer.status_code == 401


# --- Costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("full", [True, False])
def test_a_question_page_needs_a_constant_number_of_queries(
    signed_in, ana, full, django_assert_max_num_queries
):
    assessment = a_full_assessment(ana) if full else an_assessment(ana)
    browser = signed_in(ana)
    with django_assert_max_num_queries(15):
        browser.get(url(assessment, "output_basis"))


def test_another_use_of_that_id_is_not_there(signed_in, ana):
    address = reverse("assessments:question", args=[uuid4(), "subject_kind"])
    assert signed_in(ana).get(address).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_question_there_is_has_a_page(signed_in, ana, language):
    ana.user.language = language
    ana.user.save()
    assessment, browser = an_assessment(ana), signed_in(ana)
    for question in catalogue().entries.questions.values():
        page = browser.get(url(assessment, question.id))
        assert page.status_code == 200
        assert escape(question.text.in_language(language)) in page.text
