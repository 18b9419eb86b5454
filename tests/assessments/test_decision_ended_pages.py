"""The pages of decisions that lapsed, were withdrawn or are replaced by a re-assessment."""

from assessments.models import Assessment
from assessments.services import (
    disagree,
    start_reassessment,
    submit_for_review,
)
from models_registry.models import AISystem
from tests.assessments.deciding_browser import approval, confirm, url
from tests.assessments.reviews import a_colleague, decided, in_review, sign, state_of


def test_a_lapsed_decision_says_so_and_offers_a_new_assessment(ana, ben, signed_in):
    assessment, browser = decided(ana, ben), signed_in(ana)
    AISystem.objects.update(version="2")
    page = browser.get(url("use-detail", assessment)).content.decode()
    assert "Lapsed" in page
    assert "the system has changed" in page
    answer = browser.post(url("use-reassess", assessment))
    draft = Assessment.objects.in_progress().get()
    assert answer.url == url("assessment-detail", assessment, draft.pk)
    assert "re-assesses a decided use" in browser.get(answer.url).content.decode()


def test_a_withdrawn_decision_says_why(ana, ben, signed_in):
    assessment, browser = decided(ana, ben), signed_in(ben)
    asked = browser.post(url("decision-withdraw", assessment), {"reason": "The supplier lied."})
    confirm(browser, asked)
    page = browser.get(url("use-detail", assessment)).content.decode()
    assert "Withdrawn" in page
    assert "The supplier lied." in page


def test_a_decision_is_withdrawn_while_its_re_assessment_goes_on(ana, ben, signed_in):
    """What is withdrawn no longer counts, and the draft beside it neither ends nor says it does."""
    assessment, officer, approver = decided(ana, ben), signed_in(ana), signed_in(ben)
    officer.post(url("use-reassess", assessment))
    draft = Assessment.objects.in_progress().get()
    beside = url("assessment-detail", draft, draft.pk)
    assert "this decision counts" in officer.get(url("use-detail", assessment)).text
    assert "The former decision counts" in officer.get(beside).text
    asked = approver.post(url("decision-withdraw", assessment), {"reason": "The supplier lied."})
    said = approver.get(confirm(approver, asked).url).text
    assert "Its re-assessment goes on" in said
    assert "no decision holds for this use" in said
    assert "this decision counts" not in said
    assert "The former decision no longer holds." in officer.get(beside).text
    officer.post(url("use-submit", draft), {"revision": draft.revision})
    approver.post(url("decision-sign", draft), approval(draft))
    assert (state_of(draft), state_of(assessment)) == ("decided", "superseded")
    shown = officer.get(url("use-detail", draft)).text
    assert "The supplier lied." in shown, "in the history"
    former = officer.get(url("assessment-detail", assessment, assessment.pk)).text
    assert "Withdrawn on" in former
    assert "Superseded" in former


def test_what_was_replaced_offers_nothing_to_take_back(ana, ben, signed_in):
    assessment = in_review(ana)
    disagree(assessment=assessment, by=ana, reason="It only sorts.")
    sign(assessment, ben)
    assessment.refresh_from_db()
    draft = start_reassessment(assessment=assessment, by=ana, on=assessment.as_of)
    submit_for_review(assessment=draft, by=ana, revision=draft.revision)
    draft.refresh_from_db()
    sign(draft, ben)
    page = signed_in(ana).get(url("assessment-detail", assessment, assessment.pk)).text
    assert "It only sorts." in page
    assert "Take my reason back" not in page


def test_a_re_assessment_is_answered_and_handed_in_while_the_decision_counts(ana, ben, signed_in):
    assessment, browser = decided(ana, ben), signed_in(ana)
    page = browser.get(browser.post(url("use-reassess", assessment)).url).text
    assert url("assessment-tasks", assessment) in page
    draft = Assessment.objects.in_progress().get()
    browser.post(url("use-submit", draft), {"revision": draft.revision})
    assert (state_of(draft), state_of(assessment)) == ("in_review", "decided")
    assert (
        "a re-assessment is on its way" in browser.get(url("use-detail", assessment)).text.lower()
    )


def test_an_officer_is_told_before_the_password_who_withdraws_a_decision(ana, ben, signed_in):
    assessment = decided(ana, ben)
    browser = signed_in(a_colleague(ana))
    page = browser.get(url("use-detail", assessment)).text
    assert "An approver does that." in page
    assert url("decision-withdraw", assessment) not in page
    for method in (browser.get, browser.post):
        answer = method(url("decision-withdraw", assessment), {"reason": "No."})
        assert answer.status_code == 403
    assert (
        url("decision-withdraw", assessment)
        in signed_in(ben).get(url("use-detail", assessment)).text
    )
