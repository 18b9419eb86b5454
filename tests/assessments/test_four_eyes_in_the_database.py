"""The database refuses by itself what the services refuse with better words."""

import pytest
from django.db import IntegrityError, transaction

from assessments.freezing import latest_submission
from assessments.models import Answer, Assessment, Author, Decision, Submission
from tests.assessments.reviews import A_YEAR_ON, a_draft, decided, in_review

pytestmark = pytest.mark.django_db


def a_row(assessment, by, **given):
    submission = latest_submission(assessment)
    values = {
        "organisation": assessment.organisation,
        "assessment": assessment,
        "submission": submission,
        "revision": assessment.revision,
        "law_version": submission.law_version,
        "catalogue_digest": submission.catalogue_digest,
        "subject_id": submission.subject_id,
        "outcome": "approved",
        "valid_until": A_YEAR_ON,
        "decided_by": by.user,
        "decided_as": "approver",
    }
    return Decision(**values | given)


def refused(words, write):
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        write()


def test_an_author_is_refused_without_the_service(ana, ben):
    assessment = in_review(ana)
    refused("an author does not decide", a_row(assessment, ana).save)
    refused(
        "an author does not decide",
        lambda: Decision.objects.bulk_create([a_row(assessment, ana)]),
    )
    a_row(assessment, ben).save()


def test_whoever_writes_an_answer_past_the_service_is_an_author_too(ana, ben):
    assessment = a_draft(ana)
    Answer.objects.filter(question_id="use_areas").update(answered_by=ben.user)
    assert set(Author.objects.values_list("person", flat=True)) == {ana.user_id, ben.user_id}
    Answer.objects.bulk_create(
        [
            Answer(
                organisation=assessment.organisation,
                assessment=assessment,
                question_id="generates_content",
                answered_by=ben.user,
            )
        ],
        ignore_conflicts=True,
    )
    assert Author.objects.count() == 2


def test_another_revision_or_state_is_refused(ana, ben):
    assessment = in_review(ana)
    refused("the revision in review", a_row(assessment, ben, revision=1).save)
    Assessment.objects.update(state="draft")
    refused("the revision in review", a_row(assessment, ben).save)


@pytest.mark.parametrize("state", ["in_review", "decided", "superseded", "archived"])
def test_a_frozen_assessment_takes_no_answer(ana, state):
    draft = a_draft(ana)
    Assessment.objects.update(state=state)
    answer = Answer.objects.first()
    refused("keeps its answers", answer.save)
    refused("keeps its answers", lambda: Answer.objects.update(value=None))
    copy = Answer(
        organisation=draft.organisation, assessment=draft, question_id="another", value=True
    )
    refused("keeps its answers", copy.save)


def test_no_answer_is_moved_out_of_a_frozen_assessment(ana, ben):
    decided(ana, ben)
    draft = a_draft(ana)
    frozen = Answer.objects.exclude(assessment=draft)
    refused("keeps its answers", lambda: frozen.update(assessment=draft))


@pytest.mark.parametrize(
    "change",
    [{"outcome": "rejected"}, {"valid_until": "2099-01-01"}, {"revision": 9}, {"reason": "x"}],
)
def test_what_was_signed_is_not_changed(ana, ben, change):
    decided(ana, ben)
    refused("not changed", lambda: Decision.objects.update(**change))
    refused("not changed", lambda: Submission.objects.update(sha256="0" * 64))


def test_a_use_has_one_decided_assessment_and_one_in_progress(ana, ben):
    assessment = decided(ana, ben)
    again = {"organisation": assessment.organisation, "use_case": assessment.use_case}
    again |= {"as_of": assessment.as_of}
    refused("UNIQUE|unique", lambda: Assessment.objects.create(**again))
    Assessment.objects.create(**again, reassesses=assessment)
    refused("UNIQUE|unique", lambda: Assessment.objects.create(**again, reassesses=assessment))
