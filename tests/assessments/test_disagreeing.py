import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.models import Disagreement
from assessments.services import disagree, take_back_disagreement
from tests.assessments.reviews import a_colleague, a_draft, decided, in_review, kinds


def test_it_is_kept_with_the_class_it_speaks_of_and_changes_nothing(ana):
    assessment = in_review(ana)
    stated = disagree(assessment=assessment, by=ana, reason="It only sorts by date.")
    before = assessment.headline
    assessment.refresh_from_db()
    assert (stated.headline, stated.revision) == (before, assessment.revision)
    assert assessment.headline == before
    assert kinds(assessment)[-1] == "assessment.disagreed"


def test_only_officers_and_only_with_a_reason(ana, ben, carla):
    assessment = a_draft(ana)
    for stranger in (ben, carla):
        with pytest.raises(PermissionDenied):
            disagree(assessment=assessment, by=stranger, reason="No.")
    for reason in ("", "   ", "x" * 4001):
        with pytest.raises(ValidationError):
            disagree(assessment=assessment, by=ana, reason=reason)
    assert not Disagreement.objects.exists()


def test_not_after_the_decision(ana, ben):
    assessment = decided(ana, ben)
    with pytest.raises(ValidationError, match="not possible while"):
        disagree(assessment=assessment, by=ana, reason="Too late.")


def test_once_at_a_time_and_taken_back_by_oneself_only(ana):
    assessment, other = a_draft(ana), a_colleague(ana)
    disagree(assessment=assessment, by=ana, reason="First.")
    with pytest.raises(ValidationError, match="already"):
        disagree(assessment=assessment, by=ana, reason="Second.")
    disagree(assessment=assessment, by=other, reason="Me too.")
    take_back_disagreement(assessment=assessment, by=other)
    assert Disagreement.objects.get(withdrawn_at=None).stated_by == ana.user
    take_back_disagreement(assessment=assessment, by=ana)
    disagree(assessment=assessment, by=ana, reason="Second.")
