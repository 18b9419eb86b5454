"""What one member may do with an assessment now; where not, why not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.life import Life
from assessments.models import Assessment
from assessments.services import is_alone
from assessments.services.deciding import RECORDERS, may_withdraw
from assessments.services.reviewing import REVIEWERS
from assessments.standing import holds

State = Assessment.State


@dataclass(frozen=True)
class Deed:
    """A button, or the sentence that says why there is none."""

    name: str
    label: str
    url: str
    posts: bool = False
    why_not: str = ""
    is_main: bool = False


def deeds_of(life: Life, member: Membership, *, successor: Assessment | None) -> list[Deed]:
    """Everything that fits the state and the member's roles, the next step first."""
    assessment, use = life.assessment, life.assessment.use_case
    if use.retired_at:
        return _officer(member, [_deed("use-restore", _("Restore the use"), life, posts=True)])
    if assessment.state in Assessment.OPEN_STATES:
        deeds = _while_open(life, member)
    elif assessment.state == State.IN_REVIEW:
        deeds = _while_in_review(life, member)
    elif assessment.state == State.DECIDED:
        deeds = _once_decided(life, member, successor)
    else:
        return []
    return deeds + _beside(life, member)


def _deed(
    name: str, label: str, life: Life, *, posts: bool = False, why_not: str = "", main: bool = False
) -> Deed:
    url = reverse(f"assessments:{name}", args=[life.assessment.use_case_id])
    return Deed(name, label, url, posts, why_not, main)


def _officer(member: Membership, deeds: list[Deed]) -> list[Deed]:
    return deeds if member.has_role(Role.OFFICER) else []


def _while_open(life: Life, member: Membership) -> list[Deed]:
    answered = any(answer.value is not None for answer in life.assessment.answers.all())
    first = "" if answered else _("Answer the questions first.")
    if is_alone(member) and member.has_role(*RECORDERS):
        label = _("Record the result")
        return [_deed("result-record", label, life, why_not=first, main=answered)]
    label = _("Send for review")
    submit = _deed("use-submit", label, life, posts=True, why_not=first, main=answered)
    return _officer(member, [submit])


def _while_in_review(life: Life, member: Membership) -> list[Deed]:
    deeds = []
    if is_alone(member) and member.has_role(*RECORDERS):
        deeds.append(_deed("result-record", _("Record the result"), life, main=True))
    elif member.has_role(*REVIEWERS):
        own = member.user_id in life.authors
        why_not = _("You changed answers here, so another person has to judge it.") if own else ""
        label = _("Review and decide") if member.has_role(Role.APPROVER) else _("Review")
        deeds.append(_deed("use-review", label, life, why_not=why_not, main=not own))
    taken_back = _deed("use-take-back", _("Take back"), life, posts=True)
    return deeds + _officer(member, [taken_back])


def _once_decided(life: Life, member: Membership, successor: Assessment | None) -> list[Deed]:
    deeds = []
    today, use_case = timezone.localdate(), life.assessment.use_case
    stands = life.decision is not None and holds(life.decision, use_case, today)
    if successor is None:
        again = _deed("use-reassess", _("Re-assess"), life, posts=True, main=not stands)
        deeds += _officer(member, [again])
    if life.decision and not life.decision.withdrawn_at and member.has_role(*RECORDERS):
        why_not = "" if may_withdraw(member) else _("An approver does that.")
        label = _("Withdraw the decision")
        deeds.append(_deed("decision-withdraw", label, life, why_not=why_not))
    return deeds


def _beside(life: Life, member: Membership) -> list[Deed]:
    deeds = []
    stated = any(one.stated_by_id == member.user_id for one in life.disagreements)
    if life.assessment.state != State.DECIDED and not stated:
        deeds.append(_deed("use-disagree", _("I disagree with the class"), life))
    deeds.append(_deed("use-clone", _("Copy for another use"), life))
    deeds.append(_deed("use-retire", _("Retire the use"), life))
    return _officer(member, deeds)
