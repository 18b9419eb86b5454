"""People come, go and work for two: what they leave is handed over, what they see is chosen."""

import pytest

from accounts.models import Role
from assessments.models import Assessment
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assessments.factories import a_full_assessment, an_assessment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dora(organisation):
    user = UserFactory(name="Dora", email="dora@example.org")
    return MembershipFactory(user=user, organisation=organisation, roles=[Role.OFFICER])


def test_what_a_leaver_began_a_colleague_carries_on(at_work, ana, ben, dora, either):
    assessment = a_full_assessment(dora, name="Sorting letters")
    use, leaver = f"/uses/{assessment.use_case_id}/", at_work(dora, **either)
    leaver.opens(use)
    leaver.sees("Sorting letters")
    boss = at_work(ana, **either)
    boss.opens(f"/organisation/people/{dora.pk}")
    boss.follows("/remove")
    boss.page.locator("[name=heir]").select_option(label="Ben")
    boss.sends()
    boss.sees("Dora")

    leaver.opens(use)
    leaver.sees_nothing_of("Sorting letters")
    assert leaver.tries("POST", f"{use}submit", revision="1").status != 200
    assessment.refresh_from_db()
    assert assessment.responsible == ben.user
    assert assessment.state == Assessment.State.DRAFT
    boss.opens(f"{use}questions/output_basis/")
    boss.sees("Dora")


def test_somebody_in_two_organisations_sees_one_at_a_time(at_work, ana, carla, either):
    MembershipFactory(user=ana.user, organisation=carla.organisation, roles=[Role.OFFICER])
    ours = an_assessment(ana, name="Ours alone")
    theirs = an_assessment(carla, name="Theirs alone")
    person = at_work(ana, **either)
    person.opens("/")
    person.page.get_by_label("Andere AG").check()
    person.presses(person.page.locator("main [type=submit]"))
    for here, other, seen, unseen in (
        (theirs, ours, "Theirs alone", "Ours alone"),
        (ours, theirs, "Ours alone", "Theirs alone"),
    ):
        person.opens("/uses/")
        person.sees(seen)
        person.sees_nothing_of(unseen)
        person.opens(f"/uses/{here.use_case_id}/")
        person.finds_nothing_at([("GET", f"/uses/{other.use_case_id}/")])
        person.changes_organisation_in_the_menu()
