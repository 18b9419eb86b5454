"""What happens to a use after its decision: copied, retired, withdrawn, moved to a new version."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.assessments.reviews import decided

pytestmark = pytest.mark.django_db(transaction=True)
APPROVAL = "Read in the manual."


@pytest.fixture
def use(ana, ben):
    """The address of a use that Ana described and Ben approved."""
    today = timezone.localdate()
    assessment = decided(
        ana, ben, on=today, valid_until=today + timedelta(days=300), reason=APPROVAL
    )
    return f"/uses/{assessment.use_case_id}/"


def in_the_register(person, name):
    person.opens("/uses/")
    return person.page.locator("main tbody").get_by_text(name, exact=True).count() == 1


def test_a_copy_goes_its_own_way(at_work, ana, ben, carla, use, either):
    ana = at_work(ana, **either)
    ana.opens(use)
    ana.follows("/copy")
    ana.sends(name="The same for the branch in Graz")
    copy = ana.path
    assert copy != use
    ana.sees("The same for the branch in Graz")
    ana.reads("Draft")
    ana.changes_an_answer(copy, "interacts_with_people", True)
    ana.opens(use)
    ana.sees(APPROVAL)
    ana.reads("Minimal")
    ana.opens(copy)
    ana.sees_nothing_of(APPROVAL)
    ana.posts("/submit")
    ben = at_work(ben, **either)
    ben.opens(copy)
    ben.follows("/review/")
    at_work(carla).finds_nothing_at(ana.met | ben.met)


def test_a_retired_use_leaves_the_register_and_comes_back(at_work, ana, use, either):
    ana = at_work(ana, **either)
    ana.opens(use)
    name = ana.page.locator(".app-headline .app-eyebrow").inner_text()
    assert in_the_register(ana, name)
    ana.opens(use)
    ana.follows("/retire")
    ana.sends()
    ana.sees(APPROVAL)
    assert not in_the_register(ana, name)
    ana.opens(use)
    ana.posts("/restore")
    ana.sees(APPROVAL)
    assert in_the_register(ana, name)


def test_a_new_version_of_the_system_ends_the_decision(at_work, ana, ben, use, either):
    ana = at_work(ana, **either)
    ana.opens("/systems/")
    ana.presses(ana.page.locator("main tbody a[href^='/systems/']").first)
    ana.follows("/renew")
    ana.sends(version="12.0", moving=[use.split("/")[2]])
    ana.sees("12.0")
    ana.opens(use)
    ana.reads(
        "This decision has lapsed: the system has changed since it was signed."
        " Re-assess the use to decide anew."
    )
    ana.posts("/reassess")
    ana.sees("12.0")
    ana.posts("/submit")
    ben = at_work(ben, **either)
    ben.opens(ana.path)
    ben.follows("/review/")
    ben.signs("/review/decision", outcome=["approved"], reason="Seen again in 12.0.")
    ben.opens(use)
    ben.sees("Seen again in 12.0.", "12.0")


def test_a_withdrawn_decision_stays_readable_with_its_reason(at_work, ben, use, either):
    ben = at_work(ben, **either)
    ben.opens(use)
    ben.follows("/withdraw")
    ben.signs(reason="The supplier changed the manual.")
    ben.sees(APPROVAL, "The supplier changed the manual.")
    ben.reads("Withdrawn")
