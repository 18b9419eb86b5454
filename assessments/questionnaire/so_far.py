"""The live result above every question: the class or its range, and how far people have come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from assessments.addresses import result_url
from assessments.models import Answer, Assessment
from law.change import class_of
from law.entries import Tier
from law.interview import Interview, Standing

Page = dict[str, Any]


def so_far(assessment: Assessment, interview: Interview) -> Page:
    found = class_of(interview.evaluation)
    return {
        "tier": str(found.headline),
        "at_best": str(found.at_best),
        "at_worst": str(found.at_worst),
        "gpai": str(found.gpai),
        "url": f"{result_url(assessment)}#{_reasons(found.headline)}",
        "saved_at": last_saved(assessment.answers.all()),
        **progress(assessment, interview),
    }


def _reasons(headline: Tier) -> str:
    # A class that is open has no reasons yet; what would settle it stands there in their place.
    return "open" if headline is Tier.OPEN else "because"


def progress(assessment: Assessment, interview: Interview) -> Page:
    """How many of the questions that matter are answered; "I don't know" stays open."""
    standings = list(interview.standings.values())
    answered, unknown = standings.count(Standing.ANSWERED), standings.count(Standing.UNKNOWN)
    hidden = standings.count(Standing.IRRELEVANT) + standings.count(Standing.DORMANT)
    return {
        "answered": answered,
        "unknown": unknown,
        "total": len(standings) - hidden - standings.count(Standing.GATED),
        "hidden": hidden,
        "hidden_url": reverse("assessments:questions-hidden", args=[assessment.use_case_id]),
    }


def last_saved(answers: Iterable[Answer]) -> datetime | None:
    return max((answer.answered_at for answer in answers), default=None)
