"""The page of people: who sees it, who changes it, and what happens to what leavers own."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.belongings import belongings_of
from accounts.models import Invitation, Membership, Role
from accounts.services import invite, open_example, remove_member
from events.models import Event
from tests.accounts.factories import MembershipFactory

PEOPLE = "/organisation/people"


@pytest.fixture
def boss(organisation):
    """A second admin, so that the first may go."""
    return MembershipFactory(organisation=organisation, roles=[Role.ADMIN], user__name="Boss")


def url(member, what=""):
    return f"{PEOPLE}/{member.pk}{what}"


def invited_by(member, email="dora@example.org"):
    return invite(
        organisation=member.organisation,
        email=email,
        roles=["auditor"],
        language="en",
        by=member.user,
    )


def test_every_member_sees_the_colleagues_and_no_stranger(signed_in, ben, ana, carla):
    page = signed_in(ben).get(PEOPLE).text
    assert "ana@example.org" in page
    assert "carla@example.com" not in page
    assert "Registers uses" in page, "the roles are explained"


def test_an_invited_address_is_for_admins_to_see(signed_in, ana, ben):
    invited_by(ana)
    assert "dora@example.org" in signed_in(ana).get(PEOPLE).text
    assert "dora@example.org" not in signed_in(ben).get(PEOPLE).text


def test_an_admin_changes_roles(signed_in, ana, ben):
    response = signed_in(ana).post(url(ben), {"roles": ["officer", "auditor"]})
    assert response.url == PEOPLE
    ben.refresh_from_db()
    assert ben.roles == (Role.OFFICER, Role.AUDITOR)


@pytest.mark.parametrize("roles", [[], ["owner"], ["admin", "x"]])
def test_roles_that_do_not_exist_change_nothing(signed_in, ana, ben, roles):
    page = signed_in(ana).post(url(ben), {"roles": roles})
    assert page.status_code == 200
    ben.refresh_from_db()
    assert ben.roles == (Role.REVIEWER, Role.APPROVER)


def test_the_last_admin_stays_and_is_told_why(signed_in, ana):
    browser = signed_in(ana)
    assert "needs an administrator" in browser.post(url(ana), {"roles": ["officer"]}).text
    assert "needs an administrator" in browser.post(url(ana, "/remove")).text
    ana.refresh_from_db()
    assert ana.is_active
    assert ana.is_admin


def test_a_colleague_without_the_role_is_forbidden(signed_in, ana, ben):
    for path in (url(ana), url(ana, "/remove"), url(ben), url(ben, "/remove")):
        assert signed_in(ben).get(path).status_code == 403
        assert signed_in(ben).post(path, {"roles": ["admin"]}).status_code == 403
    ben.refresh_from_db()
    assert not ben.is_admin


def test_a_stranger_finds_nobody(signed_in, ana, ben, carla):
    for path in (url(ben), url(ben, "/remove"), f"{PEOPLE}/{uuid4()}"):
        assert signed_in(carla).get(path).status_code == 404
        assert signed_in(carla).post(path, {"roles": ["auditor"]}).status_code == 404
    ben.refresh_from_db()
    assert ben.is_active


def test_a_leaver_loses_access_at_once(signed_in, ana, ben):
    theirs = signed_in(ben)
    assert theirs.get(PEOPLE).status_code == 200
    signed_in(ana).post(url(ben, "/remove"))
    assert theirs.get(PEOPLE).status_code == 302
    page = signed_in(ana).get(PEOPLE).text
    assert "No longer here" in page
    assert "ben@example.org" in page


def test_what_a_leaver_owns_goes_to_a_colleague(signed_in, ana, boss, ben):
    invitation = invited_by(boss)
    browser = signed_in(ana)
    page = browser.get(url(boss, "/remove"))
    assert "1 pending invitation" in page.text
    assert "Please check this" in browser.post(url(boss, "/remove")).text, "somebody must take it"
    browser.post(url(boss, "/remove"), {"heir": str(ana.pk)})
    invitation.refresh_from_db()
    boss.refresh_from_db()
    assert (invitation.invited_by_id, boss.is_active) == (ana.user_id, False)
    removed = Event.objects.get(kind="member.removed")
    assert '"handed_over":{"invitations":1}' in removed.detail.payload


def test_nobody_inherits_from_another_organisation(signed_in, ana, boss, carla):
    invited_by(boss)
    page = signed_in(ana).post(url(boss, "/remove"), {"heir": str(carla.pk)})
    assert page.status_code == 200
    for heir in (None, carla, boss):
        with pytest.raises(ValidationError) as failure:
            remove_member(membership=boss, by=ana.user, heir=heir)
        assert failure.value.code == "no_heir"
    boss.refresh_from_db()
    assert boss.is_active


def test_a_former_colleague_inherits_nothing(ana, boss, ben):
    remove_member(membership=ben, by=ana.user)
    invited_by(boss)
    with pytest.raises(ValidationError):
        remove_member(membership=boss, by=ana.user, heir=ben)


def test_invitations_of_others_are_not_handed_over(ana, boss):
    invited_by(ana)
    assert belongings_of(boss) == []
    remove_member(membership=boss, by=ana.user)
    assert Invitation.objects.get().invited_by_id == ana.user_id


def test_whoever_leaves_leaves_the_example_too(ana, ben, few_examples):
    player = open_example(membership=ben, on=timezone.localdate())
    remove_member(membership=ben, by=ana.user)
    player.refresh_from_db()
    assert not player.is_active


def test_ending_an_access_twice_is_told_once(ana, ben):
    remove_member(membership=ben, by=ana.user)
    remove_member(membership=ben, by=ana.user)
    assert Event.objects.filter(kind="member.removed").count() == 1


def test_many_members_come_in_pages_at_the_same_cost(
    signed_in, ana, organisation, django_assert_max_num_queries
):
    browser = signed_in(ana)
    browser.get(PEOPLE)
    MembershipFactory.create_batch(70, organisation=organisation)
    for number in range(30):
        invited_by(ana, email=f"p{number}@example.org")
    with django_assert_max_num_queries(10):
        page = browser.get(PEOPLE)
    assert len(page.context["members"]) == 50
    assert page.context["next_url"]
    second = browser.get(f"{PEOPLE}{page.context['next_url']}")
    assert len(second.context["members"]) == 21


def test_switching_is_one_click_in_the_menu(signed_in, ana, carla):
    second = MembershipFactory(user=ana.user, organisation=carla.organisation)
    browser = signed_in(ana)
    browser.post("/organisation/choose", {"organisation": ana.organisation_id})
    assert "Change to Andere AG" in browser.get(PEOPLE).text
    browser.post("/organisation/choose", {"organisation": second.organisation_id})
    page = browser.get(PEOPLE).text
    assert "Change to Muster GmbH" in page
    assert "carla@example.com" in page


def test_a_person_without_a_name_is_shown_by_the_address(signed_in, ana, organisation):
    MembershipFactory(organisation=organisation, user__name="", user__email="no@example.org")
    assert "no@example.org" in signed_in(ana).get(PEOPLE).text
    assert Membership.objects.count() == 2
