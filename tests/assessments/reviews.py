"""Assessments on their way to a decision: Ana answers and hands in, Ben judges."""

from datetime import date

from accounts.models import Role
from assessments.models import Assessment
from assessments.services import decide, submit_for_review
from events.models import Event
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import DAY, an_assessment, described

A_YEAR_ON = date(2027, 11, 23)


def a_draft(member, **use):
    return an_assessment(member, described("spam_filter").answers, **use)


def in_review(member, **use):
    assessment = a_draft(member, **use)
    submit_for_review(assessment=assessment, by=member, revision=assessment.revision)
    assessment.refresh_from_db()
    return assessment


def decided(member, by, outcome="approved", **given):
    assessment = in_review(member)
    sign(assessment, by, outcome, **given)
    assessment.refresh_from_db()
    return assessment


def sign(assessment, by, outcome="approved", **given):
    given = {"revision": assessment.revision, "on": DAY, "valid_until": A_YEAR_ON, **given}
    return decide(assessment=assessment, by=by, outcome=outcome, **given)


def a_colleague(member, *roles):
    return MembershipFactory(organisation=member.organisation, roles=roles or [Role.OFFICER])


def state_of(assessment):
    return Assessment.objects.get(pk=assessment.pk).state


def kinds(assessment):
    rows = Event.objects.filter(subject_id=str(assessment.pk)).order_by("sequence")
    return list(rows.values_list("kind", flat=True))
