"""The way of an assessment as the pages show it: banner, decision, disagreement, history."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from assessments.deeds import deeds_of
from assessments.life import Life
from assessments.models import Assessment, Decision, Review
from assessments.services.disagreeing import WHILE_OPEN
from assessments.standing import holds, lapse_of, outcome_tag, tag_of
from assessments.words import tier_in_words

State = Assessment.State
Page = dict[str, Any]


def life_page(life: Life, member: Membership, on: date, *, successor: Assessment | None) -> Page:
    """Everything around the result of one assessment."""
    assessment = life.assessment
    return {
        "banner": banner_of(life, successor),
        "decision": decision_page(life.decision, assessment, on) if life.decision else None,
        "deeds": deeds_of(life, member, successor=successor),
        "disagreements": [
            {
                "by": _name(stated.stated_by),
                "day": stated.created_at,
                "reason": stated.reason,
                "tier": stated.headline,
                "is_own": stated.stated_by_id == member.user_id and assessment.state in WHILE_OPEN,
            }
            for stated in life.disagreements
        ],
        "take_back_url": _url("disagreement-take-back", assessment),
        "successor_url": _assessment_url(successor) if successor else "",
        "former_holds": _former_holds(life, on),
        "former_url": _assessment_url(assessment.reassesses) if assessment.reassesses else "",
    }


def _former_holds(life: Life, on: date) -> bool:
    """Whether the decision that is being re-assessed still holds."""
    former = next((one for one in life.past if one.pk == life.assessment.reassesses_id), None)
    decision: Decision | None = getattr(former, "decision", None)
    return decision is not None and holds(decision, life.assessment.use_case, on)


def banner_of(life: Life, successor: Assessment | None) -> Page:
    """The state in a sentence: what it is, who comes next."""
    assessment, submission = life.assessment, life.submission
    who = _name(submission.submitted_by) if submission else ""
    asked = next((one for one in life.reviews if one.verdict == _ASKED), None)
    texts = {
        State.DRAFT: _("A draft: answers can be changed, and nobody has reviewed it."),
        State.IN_REVIEW: _(
            "Handed in by %(who)s. The answers are locked until a second person has judged them."
        )
        % {"who": who},
        State.CHANGES_REQUESTED: _("%(who)s asks for changes:")
        % {"who": _name(asked.reviewed_by) if asked else ""},
        State.SUPERSEDED: _("A later assessment has replaced this one. It is kept as it was."),
        State.ARCHIVED: _("Archived with its use."),
    }
    return {
        "state": assessment.state,
        "text": texts.get(State(assessment.state), ""),
        "quote": asked.reason if asked and assessment.state == State.CHANGES_REQUESTED else "",
        "since": submission.created_at
        if assessment.state == State.IN_REVIEW and submission
        else None,
        "reviews": [
            {"by": _name(one.reviewed_by), "day": one.created_at, "comment": one.reason}
            for one in life.reviews
            if one.verdict == Review.Verdict.NO_OBJECTION
            and one.revision == assessment.revision
            and assessment.state == State.IN_REVIEW
        ],
        "is_reassessment": assessment.reassesses_id is not None
        and assessment.state in (*Assessment.OPEN_STATES, State.IN_REVIEW),
        "has_successor": successor is not None,
    }


_ASKED = Review.Verdict.CHANGES_REQUESTED


def decision_page(decision: Decision, assessment: Assessment, on: date) -> Page:
    """What was decided, by whom, for how long, and whether it still holds."""
    use_case = assessment.use_case
    past = assessment.state in (State.SUPERSEDED, State.ARCHIVED)
    return {
        "tag": outcome_tag(decision) if past else tag_of(decision, use_case, on),
        "holds": not past and holds(decision, use_case, on),
        "outcome": decision.outcome,
        "outcome_word": decision.get_outcome_display(),
        "by": _name(decision.decided_by),
        "role": Role(decision.decided_as).label,
        "day": decision.created_at,
        "valid_until": decision.valid_until,
        "conditions": decision.conditions,
        "reason": decision.reason,
        "not_reviewed": decision.not_reviewed,
        "revision": decision.revision,
        "law_version": decision.law_version,
        "version": decision.subject_version,
        "sha256": decision.submission.sha256,
        "lapse": "" if past or decision.withdrawn_at else lapse_of(decision, use_case, on),
        "withdrawn": {
            "by": _name(decision.withdrawn_by),
            "day": decision.withdrawn_at,
            "reason": decision.withdrawal_reason,
        }
        if decision.withdrawn_at
        else None,
    }


def history_of(assessments: list[Assessment], shown: Assessment) -> list[Page]:
    """Every step of every assessment of a use, the latest first."""
    steps = [step for assessment in assessments for step in _steps(assessment)]
    steps.sort(key=lambda step: step["at"], reverse=True)
    for step in steps:
        assessment = step.pop("assessment")
        step["url"] = "" if assessment == shown else _assessment_url(assessment)
    return steps


def _steps(assessment: Assessment) -> list[Page]:
    steps = [
        _step(assessment, _("Started"), assessment.created_at, None),
        *(
            _step(assessment, _("Handed in"), one.created_at, one.submitted_by, one.revision)
            for one in assessment.submissions.all()
        ),
        *(
            _step(
                assessment,
                capfirst(one.get_verdict_display()),
                one.created_at,
                one.reviewed_by,
                one.revision,
                one.reason,
            )
            for one in assessment.reviews.all()
        ),
    ]
    return steps + _signed_steps(assessment)


def _signed_steps(assessment: Assessment) -> list[Page]:
    decision: Decision | None = getattr(assessment, "decision", None)
    if decision is None:
        return []
    word, by = capfirst(decision.get_outcome_display()), decision.decided_by
    if decision.not_reviewed:
        word = _("Recorded, not reviewed by a second person")
    note = decision.conditions or decision.reason
    steps = [_step(assessment, word, decision.created_at, by, decision.revision, note)]
    if decision.lapsed_at:
        lapsed = _("Lapsed: %(cause)s") % {"cause": decision.get_lapse_display()}
        steps.append(_step(assessment, lapsed, decision.lapsed_at, None))
    if decision.withdrawn_at:
        who, why = decision.withdrawn_by, decision.withdrawal_reason
        steps.append(
            _step(assessment, _("Withdrawn"), decision.withdrawn_at, who, decision.revision, why)
        )
    return steps


def _step(
    assessment: Assessment,
    word: str,
    at: datetime,
    by: User | None,
    revision: int | None = None,
    note: str = "",
) -> Page:
    return {
        "assessment": assessment,
        "word": word,
        "at": at,
        "by": _name(by) if by else "",
        "revision": revision,
        "note": note,
        "tier": tier_in_words(assessment.headline) if revision else "",
    }


def _url(name: str, assessment: Assessment) -> str:
    return reverse(f"assessments:{name}", args=[assessment.use_case_id])


def _assessment_url(assessment: Assessment) -> str:
    return reverse("assessments:assessment-detail", args=[assessment.use_case_id, assessment.pk])


def _name(person: User | None) -> str:
    return (person.name or person.email) if person else _("nobody named")
