"""Which assessment people answer, who may, and why somebody only reads."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.models import Answer, Assessment

MAY_ANSWER = (Role.ADMIN, Role.OFFICER, Role.CONTRIBUTOR)
State = Assessment.State
# Which of several assessments of a use is meant: the one at work, else the one that counts.
_FIRST = [
    State.DRAFT,
    State.CHANGES_REQUESTED,
    State.IN_REVIEW,
    State.DECIDED,
    State.ARCHIVED,
]


def assessment_of_use(member: Membership, use_id: UUID) -> Assessment:
    """With its answers, in two queries; 404 for strangers."""
    answers = Prefetch("answers", Answer.objects.select_related("answered_by", "inquiry"))
    rows = Assessment.objects.visible_to(member).filter(use_case_id=use_id)
    found = rows.exclude(state=State.SUPERSEDED).prefetch_related(answers)
    by_state = {
        row.state: row
        for row in found.select_related("organisation", "use_case__system", "use_case__model")
    }
    for state in _FIRST:
        if state in by_state:
            return by_state[state]
    raise Http404


def value_of(answer: Answer) -> Any:
    """The value as it was given: PostgreSQL hands 3.2e24 back as a whole number."""
    value = answer.value
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def why_only_reading(assessment: Assessment, member: Membership) -> str:
    """Why this person changes nothing here; empty where they may answer."""
    frozen = {
        State.IN_REVIEW: _(
            "This assessment is in review. It can be changed once it is taken back "
            "or changes are requested."
        ),
        State.DECIDED: _(
            "This assessment is decided and stays as it was. A re-assessment starts a new one."
        ),
        State.SUPERSEDED: _("A later assessment has replaced this one. It is kept as it was."),
        State.ARCHIVED: _("This use is retired. Restore it to change its answers."),
    }
    if assessment.is_frozen:
        return frozen[State(assessment.state)]
    if not member.has_role(*MAY_ANSWER):
        return _("You can read the answers. Officers, contributors and administrators change them.")
    return ""
