from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.access import current_membership, member_required, require_role
from accounts.models import Membership, Organisation, Role, User
from tests.accounts.factories import MembershipFactory

CHOOSE = "/organisation/choose"


@pytest.fixture
def second(ana):
    """Ana works for a second organisation too, where she may only read."""
    return MembershipFactory(user=ana.user, roles=[Role.AUDITOR])


def members(actor):
    return set(Membership.objects.visible_to(actor))


def test_a_member_sees_the_rows_of_her_organisation_only(ana, ben, carla):
    assert members(ana) == members(ana.user) == {ana, ben}
    assert members(carla) == {carla}
    assert list(Organisation.objects.visible_to(ana)) == [ana.organisation]


def test_a_person_of_two_organisations_sees_both_but_a_membership_one(ana, second):
    assert members(ana.user) == {ana, second}
    assert members(ana) == {ana}
    assert members(second) == {second}


def test_a_stranger_sees_nothing(ana):
    assert members(AnonymousUser()) == set()


def test_whoever_left_sees_nothing(ana, ben):
    ben.is_active = False
    ben.save()
    assert members(ben) == members(ben.user) == set()


def test_a_closed_account_sees_nothing(ana, ben):
    User.objects.filter(pk=ben.user_id).update(is_active=False)
    assert members(User.objects.get(pk=ben.user_id)) == set()


def test_the_filter_costs_one_query(ana, ben, django_assert_num_queries):
    with django_assert_num_queries(1):
        members(ana.user)


def chosen(client):
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    membership = current_membership(request)
    return membership and membership.organisation


def test_the_only_organisation_is_the_current_one(signed_in, ana):
    assert chosen(signed_in(ana)) == ana.organisation


def test_of_two_organisations_one_is_chosen_and_kept(signed_in, ana, second):
    browser = signed_in(ana)
    assert chosen(browser) is None
    browser.post(CHOOSE, {"organisation": second.organisation_id})
    assert chosen(browser) == second.organisation
    browser.post(CHOOSE, {"organisation": ana.organisation_id})
    assert chosen(browser) == ana.organisation


@pytest.mark.parametrize("wanted", ["", "x", "0", "' OR 1=1", "\x00"])
def test_an_organisation_that_does_not_exist_is_not_found(signed_in, ana, second, wanted):
    assert signed_in(ana).post(CHOOSE, {"organisation": wanted}).status_code == 404


def test_the_organisation_of_others_is_not_found_and_not_chosen(signed_in, ana, second, carla):
    browser = signed_in(ana)
    response = browser.post(CHOOSE, {"organisation": carla.organisation_id})
    assert response.status_code == 404
    assert chosen(browser) is None


def test_a_choice_ends_with_the_membership(signed_in, ana, second):
    MembershipFactory(user=ana.user)
    browser = signed_in(ana)
    browser.post(CHOOSE, {"organisation": second.organisation_id})
    second.is_active = False
    second.save()
    assert chosen(browser) is None


def test_the_page_names_the_organisations_of_the_person_only(signed_in, ana, second, carla):
    page = signed_in(ana).get(CHOOSE)
    assert page.status_code == 200
    assert ana.organisation.name in page.text
    assert second.organisation.name in page.text
    assert carla.organisation.name not in page.text


def test_a_name_is_shown_as_text(signed_in, ana, second):
    Organisation.objects.filter(pk=ana.organisation_id).update(name="<script>alert(1)</script>")
    assert "<script>alert" not in signed_in(ana).get(CHOOSE).text


def test_who_belongs_nowhere_is_told_so(signed_in, ben):
    browser = signed_in(ben)
    Membership.objects.filter(pk=ben.pk).update(is_active=False)
    assert "not a member of an organisation" in browser.get(CHOOSE).text


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_the_choice_does_not_lead_elsewhere(signed_in, ana, second, wanted):
    browser = signed_in(ana)
    form = {"organisation": second.organisation_id, "next": wanted}
    assert browser.post(CHOOSE, form).url == "/"
    assert browser.get(f"{CHOOSE}?next={quote(wanted)}").context["next"] == "/"


def test_the_choice_leads_back_to_the_page_that_asked(signed_in, ana, second):
    form = {"organisation": second.organisation_id, "next": "/use-cases?page=2"}
    assert signed_in(ana).post(CHOOSE, form).url == "/use-cases?page=2"


def ask(membership, view, session=None):
    request = RequestFactory().get("/use-cases?page=2")
    request.user, request.session = membership.user, session or {}
    return view(request)


@member_required
def page(request):
    return HttpResponse(current_membership(request).organisation.name)


def test_a_page_waits_for_the_choice(ana, second):
    assert ask(ana, page).url == f"{reverse('accounts:organisation-choose')}?next=" + quote(
        "/use-cases?page=2", safe=""
    )
    chosen_before = {"organisation": str(second.organisation_id)}
    assert ask(ana, page, chosen_before).content.decode() == second.organisation.name


def test_a_role_in_one_organisation_gives_no_right_in_another(ana, second):
    require_role(ana, Role.APPROVER)
    with pytest.raises(PermissionDenied):
        require_role(second, Role.APPROVER)


def test_the_current_membership_is_looked_up_once(ana, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.session = ana.user, {}
    with django_assert_num_queries(1):
        assert current_membership(request).user.email
        assert current_membership(request).organisation.name
