"""Where a decision stands today."""

from datetime import date

from django.db.models import Q, QuerySet

from assessments.law_in_use import catalogue
from assessments.models import Assessment, Decision
from models_registry.models import AIModel, AISystem, UseCase

RECORDED = "recorded"
WITHDRAWN, LAPSED = "withdrawn", "lapsed"


def lapse_of(decision: Decision, use_case: UseCase, on: date) -> str:
    """Why it no longer holds; empty while it does."""
    return decision.lapse_on(on, subject=use_case.subject, digest=catalogue().digest)


def standing_of(decision: Decision, use_case: UseCase, on: date) -> str:
    """One of the decisions of the glossary: how it was decided, withdrawn, or lapsed."""
    if decision.withdrawn_at:
        return WITHDRAWN
    return LAPSED if lapse_of(decision, use_case, on) else decision.outcome


def holds(decision: Decision, use_case: UseCase, on: date) -> bool:
    """Whether it was neither withdrawn nor has lapsed."""
    return standing_of(decision, use_case, on) not in (WITHDRAWN, LAPSED)


def decisions_at_stake(row: AISystem | AIModel | UseCase, on: date) -> QuerySet[Decision]:
    """Those that hold and lapse with another version of the row, or another system of the use."""
    subject = row.subject if isinstance(row, UseCase) else row
    standing = Decision.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        assessment__state=Assessment.State.DECIDED,
        lapse="",
        withdrawn_at=None,
        subject_id=subject.pk,
        subject_version=subject.version,
        catalogue_digest=catalogue().digest,
    )
    if isinstance(row, UseCase):
        return standing.filter(assessment__use_case=row)
    place = "system" if isinstance(row, AISystem) else "model"
    return standing.filter(**{f"assessment__use_case__{place}": row})


def tag_of(decision: Decision, use_case: UseCase, on: date) -> str:
    """The same as a tag, which tells a lone member's record from an approval."""
    return LAPSED if standing_of(decision, use_case, on) == LAPSED else outcome_tag(decision)


def outcome_tag(decision: Decision) -> str:
    """What people made of it, whatever time and law have made of it since."""
    if decision.withdrawn_at:
        return WITHDRAWN
    alone = decision.not_reviewed and decision.outcome == Decision.Outcome.APPROVED
    return RECORDED if alone else str(decision.outcome)
