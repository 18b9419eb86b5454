"""No barrier on the pages of a decision where a form came back, and once something stands there.

As they are met first, all pages are looked at in test_every_page.
"""

import pytest
from django.utils import timezone

from accounts.models import Role
from assessments.services import disagree
from models_registry.services import register_new_version
from tests.accounts.factories import MembershipFactory, OrganisationFactory
from tests.assessments.factories import a_full_assessment
from tests.assessments.reviews import A_YEAR_ON, decided, in_review
from tests.journeys.conftest import Watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def look(at_work):
    """What somebody meets on the way, by day and by night: `with look(ana) as (person, at):`."""

    def begin(member):
        person = at_work(member)
        watch = Watch(person.page)

        def at():
            for scheme in ("light", "dark"):
                person.page.emulate_media(color_scheme=scheme)
                watch.finds_no_fault()

        return person, at

    return begin


def use_of(assessment):
    return f"/uses/{assessment.use_case_id}/"


def comes_back(person):
    assert person.page.locator(".govuk-error-summary").count() == 1


def test_an_officer_who_disagrees_copies_and_retires(look, ana):
    assessment = a_full_assessment(ana)
    ana, at = look(ana)
    for deed, wrong, right in (
        ("disagree", {"reason": ""}, {"reason": "It only sorts letters."}),
        ("copy", {"name": ""}, {"name": "Another use"}),
    ):
        ana.opens(f"{use_of(assessment)}{deed}")
        ana.sends(**wrong)
        comes_back(ana)
        at()
        ana.sends(**right)
        at()
    ana.opens(f"{use_of(assessment)}retire")
    ana.sends()
    at()


def test_a_second_person_who_reviews_signs_and_withdraws(look, ana, ben):
    assessment = in_review(ana)
    disagree(assessment=assessment, by=ana, reason="It is no filter at all.")
    ben, at = look(ben)
    for form, field in (("changes", "reason"), ("decision", "reason")):
        ben.opens(f"{use_of(assessment)}review/")
        ben.posts(f"/review/{form}", **{field: ""})
        comes_back(ben)
        at()
    ben.posts("/review/decision", outcome=["approved_with_conditions"], conditions="Once a month.")
    at()
    ben.sends(password=ben.password)
    ben.sees("Once a month.")
    at()
    ben.follows("/withdraw")
    ben.sends(reason="")
    comes_back(ben)
    at()
    ben.sends(reason="The manual was wrong.")
    ben.sees("The manual was wrong.")
    at()


def test_a_decision_that_has_lapsed(look, ana, ben):
    assessment = decided(ana, ben, on=timezone.localdate(), valid_until=A_YEAR_ON)
    use = assessment.use_case
    register_new_version(system=use.system, by=ana.user, version="12.0", moving=[use])
    ana, at = look(ana)
    ana.opens(use_of(assessment))
    ana.sees("This decision has lapsed")
    at()


def test_a_lone_member_who_records(look):
    lone = MembershipFactory(organisation=OrganisationFactory(), roles=[Role.OFFICER])
    assessment = a_full_assessment(lone)
    lone, at = look(lone)
    lone.opens(f"{use_of(assessment)}record")
    lone.sends(valid_until="")
    comes_back(lone)
    at()
    lone.signs(valid_until=A_YEAR_ON.isoformat())
    lone.reads("Withdraw the decision")
    at()
