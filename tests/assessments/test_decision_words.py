"""What the pages of review and decision say: in words of their own, and before anything is lost."""

import pytest

from accounts.models import User
from tests.assessments.deciding_browser import approval, url
from tests.assessments.reviews import decided, in_review


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outcome": "approved_with_conditions"}, "Say under which conditions."),
        ({"outcome": "approved", "conditions": "Only in Bremen."}, "Only an approval with"),
        ({"outcome": "rejected"}, "Say why the use is rejected."),
        ({"valid_until": ""}, "Say until when the approval holds."),
        ({}, ""),
    ],
)
def test_what_a_decision_lacks_is_said_before_the_password(ana, ben, signed_in, given, words):
    assessment = in_review(ana)
    page = signed_in(ben).post(url("decision-sign", assessment), approval(assessment, **given))
    assert page.status_code == (200 if words else 302)
    assert words in page.text
    assert "only_a_conditional" not in page.text


def test_the_review_says_that_nothing_was_changed_after_changes_were_asked_for(ana, ben, signed_in):
    assessment, officer, reviewer = in_review(ana), signed_in(ana), signed_in(ben)
    asked = {"revision": assessment.revision, "reason": "Look again."}
    reviewer.post(url("changes-request", assessment), asked)
    officer.post(url("use-submit", assessment), {"revision": assessment.revision})
    assert "No answer has changed." in reviewer.get(url("use-review", assessment)).text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("changes-request", "Say what should be changed."),
        ("use-disagree", "Say why you see it differently."),
        ("use-clone", "Give the other use a name."),
    ],
)
def test_what_is_missing_is_said_in_words_of_its_own(ana, ben, signed_in, name, words):
    assessment = in_review(ana)
    browser = signed_in(ben if name == "changes-request" else ana)
    page = browser.post(url(name, assessment), {"revision": assessment.revision})
    assert words in page.text
    assert "This field is required" not in page.text


def test_the_history_writes_german_nouns_large(ana, ben, signed_in):
    assessment = decided(ana, ben, "approved_with_conditions", conditions="Only in Bremen.")
    User.objects.update(language="de")
    page = signed_in(ana).get(url("use-detail", assessment)).text
    assert "Mit Auflagen freigegeben" in page
    assert "Mit auflagen" not in page
