"""Where a decision stands today."""

from datetime import date

from assessments.law_in_use import catalogue
from assessments.models import Decision
from models_registry.models import UseCase

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


def tag_of(decision: Decision, use_case: UseCase, on: date) -> str:
    """The same as a tag, which tells a lone member's record from an approval."""
    return LAPSED if standing_of(decision, use_case, on) == LAPSED else outcome_tag(decision)


def outcome_tag(decision: Decision) -> str:
    """What people made of it, whatever time and law have made of it since."""
    if decision.withdrawn_at:
        return WITHDRAWN
    alone = decision.not_reviewed and decision.outcome == Decision.Outcome.APPROVED
    return RECORDED if alone else str(decision.outcome)
