from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Membership, Role
from assessments.models import Answer, Assessment, Author, Decision
from assessments.services import (
    FrozenError,
    StaleError,
    record_alone,
    request_changes,
    save_answers,
    submit_for_review,
    withdraw_decision,
)
from models_registry.models import AISystem
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import DAY
from tests.assessments.reviews import (
    A_YEAR_ON,
    a_colleague,
    a_draft,
    decided,
    in_review,
    kinds,
    sign,
    state_of,
)


def answer(assessment, by, answers=None):
    given = answers or {"use_areas": []}
    assessment.refresh_from_db()
    return save_answers(
        assessment=assessment, revision=assessment.revision, answers=given, by=by.user
    )


def test_another_person_approves_and_all_is_bound(ana, ben):
    assessment = decided(ana, ben)
    decision = assessment.decision
    subject = assessment.use_case.subject
    assert assessment.state == "decided"
    assert (decision.outcome, decision.decided_by, decision.decided_as) == (
        "approved",
        ben.user,
        "approver",
    )
    assert decision.revision == assessment.revision
    assert decision.catalogue_digest == assessment.catalogue_digest
    assert (decision.subject_id, decision.subject_version) == (subject.pk, subject.version)
    assert decision.valid_until == A_YEAR_ON
    assert not decision.not_reviewed
    assert kinds(assessment)[-1] == "assessment.decided"


def test_conditions_and_rejections_say_what_and_why(ana, ben):
    assessment = in_review(ana)
    with pytest.raises(ValidationError):
        sign(assessment, ben, "approved_with_conditions", conditions="  ")
    with pytest.raises(ValidationError):
        sign(assessment, ben, "rejected")
    with pytest.raises(ValidationError):
        sign(assessment, ben, "approved", conditions="Only in Germany.")
    assert state_of(assessment) == "in_review"
    decision = sign(assessment, ben, "rejected", reason="No data sheet.")
    assert decision.valid_until is None
    assert state_of(assessment) == "decided"


@pytest.mark.parametrize("outcome", ["", "lapsed", "withdrawn", "yes", "approved "])
def test_no_other_word_is_a_decision(ana, ben, outcome):
    assessment = in_review(ana)
    with pytest.raises(ValidationError):
        sign(assessment, ben, outcome)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("day", [None, DAY, date(2020, 1, 1)])
def test_an_approval_ends_on_a_day_to_come(ana, ben, day):
    assessment = in_review(ana)
    with pytest.raises(ValidationError):
        sign(assessment, ben, valid_until=day)


def test_the_author_does_not_decide_whatever_her_roles(ana):
    assessment = in_review(ana)
    with pytest.raises(ValidationError, match="another person"):
        sign(assessment, ana)
    assert state_of(assessment) == "in_review"


def test_everybody_who_changed_an_answer_is_an_author_although_it_was_overwritten(ana, ben):
    assessment = a_draft(ana)
    assessment = answer(assessment, ben, {"use_areas": ["education"]})
    assessment = answer(assessment, ana, {"use_areas": ["employment"]})
    assert not Answer.objects.filter(answered_by=ben.user).exists()
    submit_for_review(assessment=assessment, by=ana, revision=assessment.revision)
    with pytest.raises(ValidationError, match="another person"):
        sign(assessment, ben)


def test_who_hands_in_answers_of_others_may_be_the_second_person(ana, ben):
    assessment = a_draft(ben)
    submit_for_review(assessment=assessment, by=ana, revision=assessment.revision)
    assert sign(assessment, ana).decided_by == ana.user


@pytest.mark.parametrize(
    "role", [Role.ADMIN, Role.OFFICER, Role.REVIEWER, Role.CONTRIBUTOR, Role.AUDITOR]
)
def test_only_an_approver_decides(ana, role):
    assessment = in_review(ana)
    with pytest.raises(PermissionDenied):
        sign(assessment, a_colleague(ana, role))


def test_a_stranger_decides_nothing(ana, carla):
    assessment = in_review(ana)
    with pytest.raises(PermissionDenied):
        sign(assessment, carla)


def test_whoever_has_just_lost_the_role_or_the_place_decides_nothing(ana, ben):
    assessment = in_review(ana)
    Membership.objects.filter(pk=ben.pk).update(is_approver=False)
    with pytest.raises(PermissionDenied):
        sign(assessment, ben)
    Membership.objects.filter(pk=ben.pk).update(is_approver=True, is_active=False)
    with pytest.raises(PermissionDenied):
        sign(assessment, ben)


@pytest.mark.parametrize("state", ["draft", "changes_requested", "decided", "superseded"])
def test_only_what_is_in_review_is_decided(ana, ben, state):
    assessment = in_review(ana)
    Assessment.objects.update(state=state)
    with pytest.raises(ValidationError, match="not possible while"):
        sign(assessment, ben)


def test_another_revision_than_the_one_seen_is_not_signed(ana, ben):
    assessment = in_review(ana)
    seen = assessment.revision
    request_changes(assessment=assessment, by=ben, revision=seen, reason="Which data?")
    changed = answer(assessment, ana)
    submit_for_review(assessment=changed, by=ana, revision=changed.revision)
    with pytest.raises(StaleError):
        sign(assessment, ben, revision=seen)


def test_what_changed_since_it_was_handed_in_is_not_signed(ana, ben):
    assessment = in_review(ana)
    AISystem.objects.update(version="2")
    with pytest.raises(ValidationError, match="have changed since"):
        sign(assessment, ben)


def test_nothing_is_decided_twice(ana, ben):
    assessment = decided(ana, ben)
    with pytest.raises(ValidationError):
        sign(assessment, ben, "rejected", reason="On second thought.")
    assert Decision.objects.get().outcome == "approved"


def test_what_is_decided_takes_no_answer(ana, ben):
    assessment = decided(ana, ben)
    with pytest.raises(FrozenError):
        answer(assessment, ana)


def test_a_decision_is_withdrawn_once_by_an_approver_and_with_a_reason(ana, ben):
    assessment = decided(ana, ben)
    with pytest.raises(PermissionDenied):
        withdraw_decision(assessment=assessment, by=a_colleague(ana), reason="No.")
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_decision(assessment=assessment, by=ben, reason=" ")
    decision = withdraw_decision(assessment=assessment, by=ben, reason="The supplier lied.")
    assert (decision.withdrawn_by, decision.outcome) == (ben.user, "approved")
    assert kinds(assessment)[-1] == "assessment.decision_withdrawn"
    with pytest.raises(ValidationError, match="already"):
        withdraw_decision(assessment=assessment, by=ben, reason="Again.")


@pytest.fixture
def loner(db):
    return MembershipFactory(roles=[Role.ADMIN, Role.OFFICER])


def record(assessment, by):
    return record_alone(
        assessment=assessment,
        by=by,
        revision=assessment.revision,
        on=DAY,
        valid_until=A_YEAR_ON,
    )


def test_a_lone_member_records_the_result_and_it_says_so(loner):
    assessment = a_draft(loner)
    decision = record(assessment, loner)
    assert decision.not_reviewed
    assert decision.submission.submitted_by == loner.user
    assert state_of(assessment) == "decided"
    assert kinds(assessment)[-2:] == ["assessment.submitted", "assessment.decided"]


def test_with_a_colleague_nobody_records_alone(ana, ben):
    assessment = a_draft(ana)
    with pytest.raises(ValidationError, match="colleagues"):
        record(assessment, ana)
    assert state_of(assessment) == "draft"


def test_who_is_left_alone_records_what_was_in_review(ana, ben):
    assessment = in_review(ana)
    Membership.objects.filter(pk=ben.pk).update(is_active=False)
    assert record(assessment, ana).not_reviewed


def test_a_lone_auditor_records_nothing(loner):
    assessment = a_draft(loner)
    Membership.objects.update(is_admin=False, is_officer=False, is_auditor=True)
    with pytest.raises(PermissionDenied):
        record(assessment, loner)


def test_authors_are_listed_once(ana, ben):
    assessment = a_draft(ana)
    answer(assessment, ana, {"use_areas": ["education"]})
    assert list(Author.objects.values_list("person", flat=True)) == [ana.user_id]
