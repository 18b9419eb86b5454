import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from assessments.freezing import latest_submission, thawed
from assessments.models import Assessment, Review, Submission
from assessments.services import (
    FrozenError,
    StaleError,
    record_no_objection,
    request_changes,
    save_answers,
    submit_for_review,
    take_back,
)
from tests.assessments.factories import an_assessment
from tests.assessments.reviews import a_colleague, a_draft, in_review, kinds, state_of

NOT_DRAFT = ["in_review", "decided", "superseded", "archived"]
NOT_IN_REVIEW = ["draft", "changes_requested", "decided", "superseded", "archived"]
NO_OFFICER = [Role.ADMIN, Role.REVIEWER, Role.APPROVER, Role.CONTRIBUTOR, Role.AUDITOR]


def submit(assessment, by):
    return submit_for_review(assessment=assessment, by=by, revision=assessment.revision)


def ask(assessment, by, reason="Which data?"):
    given = {"revision": assessment.revision, "reason": reason}
    return request_changes(assessment=assessment, by=by, **given)


def test_handing_in_locks_the_answers(ana):
    assessment = in_review(ana)
    assert assessment.state == "in_review"
    assert assessment.responsible == ana.user
    with pytest.raises(FrozenError):
        save_answers(
            assessment=assessment,
            revision=assessment.revision,
            answers={"use_areas": []},
            by=ana.user,
        )
    assert kinds(assessment) == [
        "assessment.started",
        "assessment.answered",
        "assessment.submitted",
    ]


def test_handing_in_freezes_answers_and_result_in_both_languages(ana):
    assessment = in_review(ana)
    submission = latest_submission(assessment)
    content = thawed(submission)
    assert hashlib.sha256(submission.snapshot.encode()).hexdigest() == submission.sha256
    assert json.dumps(content["answers"]).count("subject_kind") == 1
    assert content["catalogue_digest"] == submission.catalogue_digest
    assert set(content["result"]) == {"en", "de"}
    assert content["result"]["de"]["headline"] == assessment.headline


@pytest.mark.parametrize("role", NO_OFFICER)
def test_only_an_officer_hands_in(ana, role):
    draft = a_draft(ana)
    with pytest.raises(PermissionDenied):
        submit(draft, a_colleague(ana, role))
    assert state_of(draft) == "draft"


def test_a_stranger_hands_in_nothing(ana, carla):
    draft = a_draft(ana)
    with pytest.raises(PermissionDenied):
        submit(draft, carla)
    assert state_of(draft) == "draft"


def test_whoever_has_left_hands_in_nothing(ana):
    draft, leaver = a_draft(ana), a_colleague(ana)
    type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        submit(draft, leaver)


def test_a_questionnaire_nobody_has_answered_is_not_handed_in(ana):
    with pytest.raises(ValidationError, match="Answer the questions first"):
        submit(an_assessment(ana), ana)
    with pytest.raises(ValidationError, match="Answer the questions first"):
        submit(an_assessment(ana, {"subject_kind": "unknown"}), ana)


def test_an_older_revision_is_not_handed_in(ana):
    draft = a_draft(ana)
    with pytest.raises(StaleError):
        submit_for_review(assessment=draft, by=ana, revision=draft.revision - 1)


@pytest.mark.parametrize("state", NOT_DRAFT)
def test_only_what_is_open_is_handed_in(ana, state):
    draft = a_draft(ana)
    Assessment.objects.update(state=state)
    with pytest.raises(ValidationError, match="not possible while"):
        submit(draft, ana)
    assert not Submission.objects.exists()


def test_changes_asked_for_open_the_answers_again(ana, ben):
    assessment = in_review(ana)
    review = ask(assessment, ben)
    assert (review.reviewed_by, review.reviewed_as) == (ben.user, "reviewer")
    assert state_of(assessment) == "changes_requested"
    saved = save_answers(
        assessment=assessment,
        revision=assessment.revision,
        answers={"use_areas": []},
        by=ana.user,
    )
    submit(saved, ana)
    assert state_of(assessment) == "in_review"
    assert Submission.objects.count() == 2


def test_changes_are_not_asked_for_without_saying_which(ana, ben):
    assessment = in_review(ana)
    with pytest.raises(ValidationError, match="Say what should be changed"):
        ask(assessment, ben, "  \n ")
    assert state_of(assessment) == "in_review"


def test_a_reviewer_without_objection_leaves_the_decision_to_an_approver(ana, ben):
    assessment = in_review(ana)
    record_no_objection(assessment=assessment, by=ben, revision=assessment.revision)
    assert state_of(assessment) == "in_review"
    assert Review.objects.get().verdict == "no_objection"
    assert kinds(assessment)[-1] == "assessment.reviewed"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICER, Role.CONTRIBUTOR, Role.AUDITOR])
def test_only_reviewers_and_approvers_review(ana, role):
    assessment = in_review(ana)
    with pytest.raises(PermissionDenied):
        ask(assessment, a_colleague(ana, role))
    assert state_of(assessment) == "in_review"


def test_a_stranger_reviews_nothing(ana, carla):
    assessment = in_review(ana)
    with pytest.raises(PermissionDenied):
        ask(assessment, carla)


def test_an_author_does_not_review_her_own_answers(ana):
    assessment = in_review(ana)
    with pytest.raises(ValidationError, match="another person"):
        ask(assessment, ana)
    assert not Review.objects.exists()


@pytest.mark.parametrize("state", NOT_IN_REVIEW)
def test_only_what_is_in_review_is_reviewed(ana, ben, state):
    assessment = in_review(ana)
    Assessment.objects.update(state=state)
    with pytest.raises(ValidationError, match="not possible while"):
        ask(assessment, ben)


def test_an_officer_takes_back_what_nobody_has_decided(ana, ben):
    assessment = in_review(ana)
    with pytest.raises(PermissionDenied):
        take_back(assessment=assessment, by=ben)
    take_back(assessment=assessment, by=ana)
    assert state_of(assessment) == "draft"
    assert kinds(assessment)[-1] == "assessment.taken_back"
