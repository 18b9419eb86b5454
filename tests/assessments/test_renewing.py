from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Role
from assessments.models import Answer, Assessment, Author, Inquiry
from assessments.services import (
    Asked,
    clone_use,
    restore_use,
    retire_use,
    save_answer,
    save_answers,
    start_assessment,
    start_reassessment,
    submit_for_review,
    withdraw_decision,
)
from models_registry.models import UseCase
from tests.assessments.factories import DAY
from tests.assessments.reviews import (
    a_colleague,
    a_draft,
    decided,
    in_review,
    kinds,
    sign,
    state_of,
)


def again(assessment, by):
    return start_reassessment(assessment=assessment, by=by, on=DAY)


def answer(assessment, by, **answers):
    return save_answers(
        assessment=assessment, revision=assessment.revision, answers=answers, by=by.user
    )


def values(assessment):
    return dict(assessment.answers.values_list("question_id", "value"))


def test_a_reassessment_begins_with_the_answers_their_people_and_their_age(ana, ben):
    assessment = decided(ana, ben)
    long_ago = timezone.now() - timedelta(days=90)
    Assessment.objects.update(state="draft")
    Answer.objects.update(answered_at=long_ago, note="Seen in the contract.")
    Assessment.objects.update(state="decided")
    draft = again(assessment, a_colleague(ana))
    assert values(draft) == values(assessment)
    assert (draft.state, draft.headline) == ("draft", assessment.headline)
    copy = draft.answers.first()
    assert (copy.answered_by, copy.answered_at) == (ana.user, long_ago)
    assert (copy.note, copy.source) == ("Seen in the contract.", "carried_over")


@pytest.mark.parametrize("deed", ["reassess", "clone"])
def test_who_is_being_asked_is_asked_in_the_copy_too(ana, ben, deed):
    draft = a_draft(ana)
    about = {"assessment": draft, "question_id": "use_areas", "note": "", "by": ana.user}
    version = draft.answers.get(question_id="use_areas").version
    value = draft.answers.get(question_id="use_areas").value
    save_answer(**about, version=version, value=value, asked=Asked("Tom", "All of them?"))
    if deed == "clone":
        copy = clone_use(assessment=draft, by=ana, name="Its twin", on=DAY)
    else:
        Assessment.objects.filter(pk=draft.pk).update(state="decided")
        copy = again(draft, ana)
    inquiry = copy.answers.get(question_id="use_areas").inquiry
    assert (inquiry.whom, inquiry.reason, inquiry.asked_by) == ("Tom", "All of them?", ana.user)
    assert Inquiry.objects.count() == 2


def test_the_decided_one_counts_until_the_new_one_is_decided(ana, ben):
    assessment = decided(ana, ben)
    draft = again(assessment, ana)
    assert list(Assessment.objects.current()) == [assessment]
    assert list(Assessment.objects.in_progress()) == [draft]
    submit_for_review(assessment=draft, by=ana, revision=draft.revision)
    draft.refresh_from_db()
    sign(draft, ben, "rejected", reason="No longer.")
    assert list(Assessment.objects.current()) == [draft]
    assert not Assessment.objects.in_progress()
    assert state_of(assessment) == "superseded"
    assert kinds(assessment)[-1] == "assessment.superseded"


def test_one_that_was_replaced_can_still_be_opened(ana, ben, signed_in):
    assessment = decided(ana, ben)
    draft = again(assessment, ana)
    submit_for_review(assessment=draft, by=ana, revision=draft.revision)
    draft.refresh_from_db()
    sign(draft, ben)
    page = f"/uses/{assessment.use_case_id}/assessments/{assessment.pk}/"
    for member in (ana, ben):
        response = signed_in(member).get(page)
        assert response.status_code == 200
        assert "A later assessment has replaced this one." in response.text


def test_authors_of_a_reassessment_are_its_starter_and_who_changes_it(ana, ben):
    assessment = decided(ana, ben)
    draft = again(assessment, a_colleague(ana))
    assert not draft.authors.filter(person=ana.user).exists()
    answer(draft, ana, use_areas=["education"])
    assert draft.authors.filter(person=ana.user).exists()
    assert draft.answers.get(question_id="use_areas").source == "person"
    assert Author.objects.filter(assessment=draft).count() == 2


def test_a_use_is_reassessed_once_at_a_time(ana, ben):
    assessment = decided(ana, ben)
    again(assessment, ana)
    with pytest.raises(ValidationError, match="being assessed already"):
        again(assessment, ana)
    with pytest.raises(ValidationError, match="being assessed already"):
        start_assessment(use_case=assessment.use_case, as_of=DAY, by=ana.user)


def test_a_withdrawn_decision_is_reassessed_too(ana, ben):
    assessment = decided(ana, ben)
    withdraw_decision(assessment=assessment, by=ben, reason="The supplier lied.")
    assert again(assessment, ana).reassesses == assessment


def test_only_an_officer_reassesses_and_only_what_is_decided(ana, ben, carla):
    assessment = decided(ana, ben)
    for stranger in (ben, carla, a_colleague(ana, Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            again(assessment, stranger)
    with pytest.raises(ValidationError, match="not possible while"):
        again(in_review(ana), ana)


def test_a_clone_is_another_use_with_the_same_answers(ana, ben):
    assessment = decided(ana, ben)
    draft = clone_use(assessment=assessment, by=ben_as_officer(ben), name="The twin", on=DAY)
    assert (draft.use_case.name, draft.state) == ("The twin", "draft")
    assert draft.use_case.subject == assessment.use_case.subject
    assert values(draft) == values(assessment)
    assert set(draft.authors.values_list("person", flat=True)) == {ana.user_id, ben.user_id}
    assert state_of(assessment) == "decided"


def ben_as_officer(ben):
    type(ben).objects.filter(pk=ben.pk).update(is_officer=True)
    return ben


def test_a_clone_needs_a_name_of_its_own_and_leaves_nothing_behind_without_one(ana):
    assessment = a_draft(ana)
    for name in (assessment.use_case.name, ""):
        with pytest.raises(ValidationError):
            clone_use(assessment=assessment, by=ana, name=name, on=DAY)
    assert UseCase.objects.count() == Assessment.objects.count() == 1


def test_a_retired_use_rests_with_its_assessments_and_comes_back_as_it_was(ana, ben):
    assessment = decided(ana, ben)
    draft = again(assessment, ana)
    retire_use(use_case=assessment.use_case, by=ana)
    assert state_of(assessment) == state_of(draft) == "archived"
    assert not Assessment.objects.current()
    restored = restore_use(use_case=assessment.use_case, by=ana)
    assert restored.retired_at is None
    assert (state_of(assessment), state_of(draft)) == ("decided", "draft")
    assert kinds(assessment)[-2:] == ["assessment.archived", "assessment.restored"]


def test_only_an_officer_retires_and_restores(ana, ben, carla):
    use_case = a_draft(ana).use_case
    for stranger in (ben, carla):
        with pytest.raises(PermissionDenied):
            retire_use(use_case=use_case, by=stranger)
    retire_use(use_case=use_case, by=ana)
    with pytest.raises(PermissionDenied):
        restore_use(use_case=use_case, by=ben)
