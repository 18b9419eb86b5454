"""Where the pages of an assessment lie."""

from django.urls import reverse

from assessments.models import Assessment


def result_url(assessment: Assessment) -> str:
    """The use's own page, or one beside it while a former decision still counts there."""
    if assessment.reassesses_id and assessment.state != Assessment.State.DECIDED:
        where = [assessment.use_case_id, assessment.pk]
        return reverse("assessments:assessment-detail", args=where)
    return reverse("assessments:use-detail", args=[assessment.use_case_id])
