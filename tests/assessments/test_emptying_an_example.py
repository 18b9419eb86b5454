from accounts.models import Organisation
from accounts.services import reset_example
from assessments.models import Author, Decision, Submission
from assessments.services import disagree, request_changes, start_reassessment
from tests.assessments.factories import DAY
from tests.assessments.reviews import decided, in_review


def test_an_example_is_emptied_of_everything_that_was_signed_in_it(ana, ben, settings):
    settings.EXAMPLE_LOADER = "tests.assessments.test_emptying_an_example.nothing"
    start_reassessment(assessment=decided(ana, ben), by=ana, on=DAY)
    waiting = in_review(ana)
    disagree(assessment=waiting, by=ana, reason="It sorts by date.")
    request_changes(assessment=waiting, by=ben, revision=waiting.revision, reason="Which data?")
    Organisation.objects.filter(pk=ana.organisation_id).update(is_example=True)
    reset_example(organisation=ana.organisation, by=ana.user, on=DAY)
    assert not any(rows.objects.exists() for rows in (Author, Decision, Submission))


def nothing(**_given):
    return 0
