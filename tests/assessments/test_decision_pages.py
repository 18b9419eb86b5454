"""The pages of review and decision, as Ana (author), Ben (second person) and Carla (stranger)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from assessments.models import Assessment, Decision, Disagreement, Review
from assessments.services import (
    disagree,
    retire_use,
    start_reassessment,
)
from models_registry.models import AISystem
from tests.accounts.factories import MembershipFactory
from tests.assessments.deciding_browser import approval, confirm, url
from tests.assessments.factories import an_assessment
from tests.assessments.reviews import a_draft, decided, in_review, state_of

POSTS = [
    "use-submit",
    "use-take-back",
    "changes-request",
    "no-objection",
    "decision-sign",
    "use-reassess",
    "disagreement-take-back",
    "use-restore",
]
PAGES = [
    "use-detail",
    "use-review",
    "result-record",
    "decision-withdraw",
    "use-clone",
    "use-disagree",
    "use-retire",
]


def test_from_draft_to_decision_by_two_people(ana, ben, signed_in):
    draft, officer, approver = a_draft(ana), signed_in(ana), signed_in(ben)
    officer.post(url("use-submit", draft), {"revision": draft.revision})
    assert state_of(draft) == "in_review"
    assert "Review and decide" in approver.get(url("use-detail", draft)).content.decode()
    assert approver.get(url("use-review", draft)).status_code == 200
    asked = approver.post(url("decision-sign", draft), approval(draft))
    assert not Decision.objects.exists()
    done = confirm(approver, asked)
    assert (done.status_code, done.url) == (302, url("use-detail", draft))
    assert Decision.objects.get().decided_by == ben.user
    page = officer.get(url("use-detail", draft)).content.decode()
    assert "Approved" in page
    assert "Valid until" in page


def test_without_the_right_password_nothing_is_signed(ana, ben, signed_in):
    assessment, browser = in_review(ana), signed_in(ben)
    asked = browser.post(url("decision-sign", assessment), approval(assessment))
    confirm(browser, asked, password="wrong")
    assert state_of(assessment) == "in_review"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(ana, ben, signed_in):
    assessment, browser = in_review(ana), signed_in(ben)
    given = approval(assessment, valid_until=timezone.localdate(), reason="Typed for long.")
    asked = browser.post(url("decision-sign", assessment), given)
    page = confirm(browser, asked).content.decode()
    assert "Choose a day after today." in page
    assert "Typed for long." in page
    assert 'role="alert"' in page
    assert state_of(assessment) == "in_review"


def test_an_author_is_told_why_she_may_not_and_may_not(ana, ben, signed_in):
    assessment, browser = in_review(ana), signed_in(ana)
    assert (
        "another person has to judge" in browser.get(url("use-detail", assessment)).content.decode()
    )
    page = browser.get(url("use-review", assessment)).content.decode()
    assert "another person has to judge" in page
    assert url("decision-sign", assessment) not in page
    answer = confirm(browser, browser.post(url("decision-sign", assessment), approval(assessment)))
    assert "another person has to judge" in answer.content.decode()
    assert state_of(assessment) == "in_review"


def test_changes_asked_for_are_told_to_the_author(ana, ben, signed_in):
    assessment = in_review(ana)
    given = {"revision": assessment.revision, "reason": "Who sees the <output>?"}
    signed_in(ben).post(url("changes-request", assessment), given)
    assert state_of(assessment) == "changes_requested"
    page = signed_in(ana).get(url("use-detail", assessment)).content.decode()
    assert "Who sees the &lt;output&gt;?" in page


def test_a_review_without_objection_is_shown(ana, ben, signed_in):
    assessment = in_review(ana)
    given = {"revision": assessment.revision, "comment": "Checked the contract."}
    signed_in(ben).post(url("no-objection", assessment), given)
    assert Review.objects.get().verdict == "no_objection"
    assert (
        "Checked the contract."
        in signed_in(ana).get(url("use-detail", assessment)).content.decode()
    )


@pytest.mark.parametrize("name", POSTS)
def test_a_stranger_finds_nothing_to_post_to(ana, carla, signed_in, name):
    assessment = in_review(ana)
    answer = signed_in(carla).post(url(name, assessment), approval(assessment, reason="x"))
    assert answer.status_code == 404
    assert state_of(assessment) == "in_review"


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_no_page(ana, carla, signed_in, name):
    assessment = in_review(ana)
    assert signed_in(carla).get(url(name, assessment)).status_code == 404
    shown = url("assessment-detail", assessment, assessment.pk)
    assert signed_in(carla).get(shown).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_an_auditor_posts_nothing(ana, signed_in, name):
    assessment = in_review(ana)
    auditor = MembershipFactory(organisation=ana.organisation, roles=[Role.AUDITOR])
    answer = signed_in(auditor).post(url(name, assessment), approval(assessment, reason="x"))
    assert answer.status_code in (302, 403)
    assert state_of(assessment) == "in_review"
    assert not Review.objects.exists()


@pytest.mark.parametrize("name", POSTS)
def test_what_changes_something_is_posted(ana, signed_in, name):
    assert signed_in(ana).get(url(name, in_review(ana))).status_code == 405


@pytest.mark.parametrize("revision", ["", "0", "-1", "x", "9" * 30, "1"])
def test_a_hostile_revision_hands_nothing_in(ana, ben, signed_in, revision):
    draft = a_draft(ana)
    assert signed_in(ana).post(url("use-submit", draft), {"revision": revision}).status_code == 302
    assert state_of(draft) == "draft"


@pytest.mark.parametrize(
    "given",
    [
        {"outcome": "withdrawn"},
        {"outcome": ""},
        {"revision": "1; DROP TABLE"},
        {"valid_until": "2027-02-31"},
        {"valid_until": "31.12.2027"},
        {"conditions": "x" * 4001, "outcome": "approved_with_conditions"},
    ],
)
def test_a_hostile_decision_is_not_signed(ana, ben, signed_in, given):
    assessment = in_review(ana)
    answer = signed_in(ben).post(url("decision-sign", assessment), approval(assessment, **given))
    assert answer.status_code == 200
    assert state_of(assessment) == "in_review"


def test_a_lone_member_records_and_the_page_says_so(signed_in, db):
    loner = MembershipFactory(roles=[Role.ADMIN, Role.OFFICER])
    draft, browser = a_draft(loner), signed_in(loner)
    assert "Record the result" in browser.get(url("use-detail", draft)).content.decode()
    confirm(browser, browser.post(url("result-record", draft), approval(draft)))
    page = browser.get(url("use-detail", draft)).content.decode()
    assert "Not reviewed by a second person" in page
    assert Decision.objects.get().not_reviewed


def test_with_colleagues_nobody_records_alone(ana, ben, signed_in):
    draft = a_draft(ana)
    assert signed_in(ana).get(url("result-record", draft)).status_code == 403
    assert signed_in(ana).post(url("result-record", draft), approval(draft)).status_code == 403


def test_a_decided_result_is_the_frozen_one(ana, ben, signed_in, monkeypatch):
    assessment = decided(ana, ben)
    monkeypatch.setattr("assessments.freezing.told_result", None)
    assert signed_in(ana).get(url("use-detail", assessment)).status_code == 200


def test_dissent_is_shown_to_the_reviewer_and_taken_back_by_its_author_only(ana, ben, signed_in):
    assessment = in_review(ana)
    signed_in(ana).post(url("use-disagree", assessment), {"reason": "It sorts by <b>date</b>."})
    page = signed_in(ben).get(url("use-review", assessment)).content.decode()
    assert "It sorts by &lt;b&gt;date&lt;/b&gt;." in page
    signed_in(ben).post(url("disagreement-take-back", assessment))
    assert Disagreement.objects.get().withdrawn_at is None
    signed_in(ana).post(url("disagreement-take-back", assessment))
    assert Disagreement.objects.get().withdrawn_at


def test_a_use_is_copied_retired_and_restored(ana, ben, signed_in):
    assessment, browser = decided(ana, ben), signed_in(ana)
    answer = browser.post(url("use-clone", assessment), {"name": "The twin"})
    assert "The twin" in browser.get(answer.url).content.decode()
    twice = browser.post(url("use-clone", assessment), {"name": "The twin"})
    assert "registered already" in twice.content.decode()
    browser.post(url("use-retire", assessment))
    assert "Restore the use" in browser.get(url("use-detail", assessment)).content.decode()
    assert signed_in(ben).post(url("use-restore", assessment)).status_code == 403
    browser.post(url("use-restore", assessment))
    assert state_of(assessment) == "decided"


def test_the_review_shows_what_changed_since_the_last_decision(ana, ben, signed_in):
    assessment = decided(ana, ben)
    draft = start_reassessment(assessment=assessment, by=ana, on=assessment.as_of)
    signed_in(ana).post(url("use-submit", draft), {"revision": draft.revision})
    page = signed_in(ben).get(url("use-review", draft)).content.decode()
    assert "No answer has changed." in page


def test_the_page_costs_the_same_however_much_has_happened(ana, ben, signed_in):
    assessment, browser = decided(ana, ben), signed_in(ana)
    costs = []
    for _turn in range(3):
        with CaptureQueriesContext(connection) as queries:
            browser.get(url("use-detail", assessment))
        costs.append(len(queries))
        start_reassessment(assessment=assessment, by=ana, on=assessment.as_of)
        Assessment.objects.in_progress().update(state="superseded")
    assert costs[1] == costs[2]
    assert max(costs) <= 25


def test_an_archived_use_still_has_its_page(ana, signed_in):
    draft = a_draft(ana)
    retire_use(use_case=draft.use_case, by=ana)
    page = signed_in(ana).get(url("use-detail", draft)).content.decode()
    assert "Restore the use" in page
    assert "Send for review" not in page


def test_dissent_stands_on_the_page_of_the_decision(ana, ben, signed_in):
    assessment = in_review(ana)
    disagree(assessment=assessment, by=ana, reason="It sorts by date.")
    browser = signed_in(ben)
    confirm(browser, browser.post(url("decision-sign", assessment), approval(assessment)))
    page = browser.get(url("use-detail", assessment)).content.decode()
    assert "It sorts by date." in page
    assert "Take my reason back" not in page


def test_who_is_member_of_another_organisation_only_sees_that_one(ana, carla, signed_in):
    assessment = in_review(ana)
    Membership.objects.filter(pk=carla.pk).update(is_approver=True)
    answer = signed_in(carla).post(url("decision-sign", assessment), approval(assessment))
    assert answer.status_code == 404


def test_the_register_shows_decisions_in_the_same_number_of_queries(ana, ben, signed_in):
    decided(ana, ben)
    browser, costs = signed_in(ana), []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse("assessments:use-list")).content.decode()
        costs.append(len(queries))
        decided(ana, ben)
    assert costs[0] == costs[1]
    assert "Approved" in page
    AISystem.objects.update(version="2")
    assert "Lapsed" in browser.get(reverse("assessments:use-list")).content.decode()


def test_the_result_of_a_draft_leads_to_its_questions_and_that_of_a_decided_one_does_not(
    ana, ben, signed_in
):
    draft, assessment, browser = a_draft(ana), decided(ana, ben), signed_in(ana)
    assert url("question", draft, "use_areas") in browser.get(url("use-detail", draft)).text
    page = browser.get(url("use-detail", assessment)).text
    assert url("question", assessment, "use_areas") not in page
    assert "Continue the questions" not in page


def test_one_button_leads_on_to_the_questions_and_then_to_the_review(ana, ben, signed_in):
    begun, answered = an_assessment(ana, {"subject_kind": "system"}), a_draft(ana)
    for draft, label in ((begun, "Continue the questions"), (answered, "Send for review")):
        page = signed_in(ana).get(url("use-detail", draft)).text
        assert primary_buttons(page) == [label]


def primary_buttons(page):
    main = page[page.index("<main") : page.index("</main>")]
    found = re.findall(r'class="(app-button[^"]*)"[^>]*>([^<]*)<', main)
    return [text for classes, text in found if "app-button--secondary" not in classes]


def test_answers_are_nobodys_own_on_a_page_that_others_read(ana, ben, signed_in):
    page = signed_in(ben).get(url("use-detail", decided(ana, ben))).text
    assert "Follows from" in page
    assert "Your answer" not in page
