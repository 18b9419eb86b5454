"""Who handed in, reviewed and decided, and who sees it differently, as a snapshot keeps it."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from assessments.life import Life
from assessments.models import Assessment, Decision, Review
from assessments.standing import lapse_of, standing_of

Signed = dict[str, Any]


def decision_in(life: Life, on: date) -> Signed | None:
    """The decision and how it stands on the day of the report."""
    decision = life.decision
    if decision is None:
        return None
    use_case = life.assessment.use_case
    past = life.assessment.state == Assessment.State.SUPERSEDED
    return {
        "outcome": decision.outcome,
        "standing": "superseded" if past else standing_of(decision, use_case, on),
        "lapse": "" if past else lapse_of(decision, use_case, on),
        "conditions": decision.conditions,
        "reason": decision.reason,
        "by": _name(decision.decided_by),
        "role": decision.decided_as,
        "on": _day(decision.created_at),
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else None,
        "not_reviewed": decision.not_reviewed,
        "revision": decision.revision,
        "law_version": decision.law_version,
        "catalogue_digest": decision.catalogue_digest,
        "system_version": decision.subject_version,
        "frozen_sha256": decision.submission.sha256,
        "withdrawn": _withdrawn(decision),
    }


def _withdrawn(decision: Decision) -> Signed | None:
    if decision.withdrawn_at is None:
        return None
    return {
        "by": _name(decision.withdrawn_by),
        "on": _day(decision.withdrawn_at),
        "reason": decision.withdrawal_reason,
    }


def control_in(life: Life) -> Signed:
    """Who handed in and who reviewed the revision of the report, and what it replaces."""
    submission, former = life.submission, life.assessment.reassesses
    return {
        "submitted": {
            "by": _name(submission.submitted_by),
            "role": submission.submitted_as,
            "on": _day(submission.created_at),
            "revision": submission.revision,
            "frozen_sha256": submission.sha256,
        }
        if submission
        else None,
        "reviews": [_review(review) for review in reversed(life.reviews)],
        "replaces": {"on": former.as_of.isoformat(), "assessment": str(former.pk)}
        if former
        else None,
    }


def _review(review: Review) -> Signed:
    return {
        "by": _name(review.reviewed_by),
        "role": review.reviewed_as,
        "on": _day(review.created_at),
        "revision": review.revision,
        "verdict": review.verdict,
        "reason": review.reason,
    }


def dissent_in(life: Life) -> list[Signed]:
    return [
        {
            "by": _name(stated.stated_by),
            "on": _day(stated.created_at),
            "revision": stated.revision,
            "tier": stated.headline,
            "reason": stated.reason,
        }
        for stated in life.disagreements
    ]


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _name(person: User | None) -> str:
    return (person.name or person.email) if person else ""
