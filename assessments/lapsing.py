"""Writing down which decisions no longer hold; pages compute the same themselves."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, Decision
from assessments.standing import lapse_of
from events.services import record

BATCH = 500


def lapse_decisions(*, on: date) -> int:
    """How many decisions have lapsed by that day and nobody had written it down."""
    standing = Decision.objects.filter(
        lapse="", withdrawn_at=None, assessment__state=Assessment.State.DECIDED
    ).order_by("pk")
    rows = standing.select_related("assessment__use_case__system", "assessment__use_case__model")
    last, lapsed = None, 0
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        last = batch[-1].pk
        causes = [(row, lapse_of(row, row.assessment.use_case, on)) for row in batch]
        # Most of them hold, and a transaction for each would keep others from writing.
        lapsed += sum(_lapse(decision, cause) for decision, cause in causes if cause)
    return lapsed


@transaction.atomic
def _lapse(decision: Decision, cause: str) -> bool:
    untold = Decision.objects.filter(pk=decision.pk, lapse="", withdrawn_at=None)
    if not untold.update(lapse=cause, lapsed_at=timezone.now()):
        return False
    assessment = decision.assessment
    record(
        organisation=assessment.organisation,
        actor=None,
        kind="assessment.decision_lapsed",
        subject=assessment,
        detail={"revision": assessment.revision, "cause": cause},
    )
    return True
