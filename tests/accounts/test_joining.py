"""What happens behind the link of an invitation."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.links import INVITATION, invitation_link
from accounts.models import Invitation, Membership, Role, User
from accounts.services import (
    InvitationUsedError,
    WrongPersonError,
    accept_invitation,
    add_member,
    invite,
    remove_member,
    withdraw_invitation,
)
from events.models import Event
from tests.accounts.factories import PASSWORD, UserFactory

NEW_PASSWORD = "a wholly different passphrase"
FORM = {"name": "Dora", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


@pytest.fixture
def invitation(ana):
    return invite(
        organisation=ana.organisation,
        email="dora@example.org",
        roles=["officer", "reviewer"],
        language="en",
        by=ana.user,
    )


@pytest.fixture
def link(invitation):
    return path_of(invitation)


@pytest.fixture
def dora(db):
    """She has an account, but belongs to nobody yet."""
    return UserFactory(name="Dora", email="dora@example.org")


def path_of(invitation):
    return invitation_link(invitation).removeprefix("http://localhost:8000")


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def test_a_newcomer_sets_name_and_password_and_is_in(client, link, ana):
    page = client.get(link)
    assert "Muster GmbH" in page.text
    assert "Compliance officer" in page.text
    assert client.post(link, FORM).url == "/"
    user = get_user(client)
    membership = Membership.objects.get(user=user)
    assert (user.name, user.email) == ("Dora", "dora@example.org")
    assert membership.organisation == ana.organisation
    assert membership.roles == (Role.OFFICER, Role.REVIEWER)
    added = Event.objects.get(kind="member.added")
    assert (added.actor_id, added.subject_id) == (user.pk, str(membership.pk))


def test_the_newcomer_signs_in_later_with_that_password(client, link):
    client.post(link, FORM)
    later = Client()
    form = {"login": "dora@example.org", "password": NEW_PASSWORD}
    assert later.post("/account/login/", form).url == "/"
    assert later.get("/organisation/people").status_code == 200


def test_the_language_of_the_page_becomes_the_newcomers(client, link):
    client.post(link, FORM, headers={"accept-language": "de"})
    assert User.objects.get(email="dora@example.org").language == "de"


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"name": ""}, "required"),
        ({"name": "   "}, "required"),
        ({"password2": "another passphrase"}, "differ"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "dora@example.org", "password2": "dora@example.org"}, "too similar"),
        ({"password1": "123456789012345", "password2": "123456789012345"}, "numeric"),
        ({"name": "x" * 151}, "150"),
        ({"name": "\x00"}, "Null"),
    ],
)
def test_a_poor_name_or_password_makes_no_account(client, link, wrong, word):
    page = client.post(link, FORM | wrong)
    assert page.status_code == 200
    assert word in page.text
    assert not User.objects.filter(email="dora@example.org").exists()
    assert Invitation.objects.pending().exists(), "the link still works"


def test_a_link_works_once(client, link, ben):
    client.post(link, FORM)
    second = Client()
    assert second.get(link).status_code == 410
    assert second.post(link, FORM | {"name": "Eve"}).status_code == 410
    assert get_user(second).is_anonymous
    assert User.objects.get(email="dora@example.org").name == "Dora"


def test_of_two_who_click_at_once_one_joins(invitation):
    stale = Invitation.objects.get(pk=invitation.pk)
    accept_invitation(invitation=invitation, name="Dora", password=NEW_PASSWORD)
    with pytest.raises(InvitationUsedError):
        accept_invitation(invitation=stale, name="Eve", password=NEW_PASSWORD)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t.upper()])
def test_a_link_that_was_tampered_with_leads_nowhere(client, link, change):
    head, token = link.rsplit("/", 1)
    forged = f"{head}/{change(token)}"
    assert client.get(forged).status_code == 404
    assert client.post(forged, FORM).status_code == 404
    assert not User.objects.filter(email="dora@example.org").exists()


@pytest.mark.parametrize("salt", ["", "accounts.other"])
def test_a_signature_for_something_else_is_no_invitation(client, invitation, salt):
    token = signing.dumps([str(invitation.pk), 1], salt=salt)
    assert client.get(f"/invitation/{token}").status_code == 404


def test_a_signed_link_to_no_invitation_is_unknown(client, db):
    token = signing.dumps(["01890a5d-ac96-774b-bcce-b302099a8057", 1], salt=INVITATION)
    assert client.get(f"/invitation/{token}").status_code == 404


def test_a_link_ends_after_its_week(client, link, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = client.get(link)
    assert page.status_code == 410
    assert "It was open until" in page.text
    assert client.post(link, FORM).status_code == 410
    with pytest.raises(InvitationUsedError):
        accept_invitation(invitation=invitation, name="Dora", password=NEW_PASSWORD)


def test_a_withdrawn_link_says_so(client, link, invitation, ana):
    withdraw_invitation(invitation=invitation, by=ana.user)
    assert client.post(link, FORM).status_code == 410
    assert "has withdrawn" in client.get(link).text


def test_who_has_an_account_signs_in_and_comes_back(client, dora, link):
    page = client.get(link)
    assert "Sign in to join" in page.text
    assert "password1" not in page.text
    form = {"login": "dora@example.org", "password": PASSWORD, "next": link}
    assert client.post("/account/login/", form).url == link
    assert "Join Muster GmbH" in client.get(link).text
    assert client.post(link).url == "/"
    assert Membership.objects.get(user=dora).roles == (Role.OFFICER, Role.REVIEWER)


def test_the_link_does_not_replace_the_password_of_an_account(client, dora, link):
    client.post(link, FORM)
    dora.refresh_from_db()
    assert dora.check_password(PASSWORD)
    assert get_user(client).is_anonymous
    assert not Membership.objects.filter(user=dora).exists()


def test_an_account_that_never_had_a_password_gets_one(client, link, carla):
    add_member(
        organisation=carla.organisation, email="dora@example.org", roles=["auditor"], by=carla.user
    )
    client.post(link, FORM)
    assert get_user(client).check_password(NEW_PASSWORD)
    assert Membership.objects.filter(user=get_user(client)).count() == 2


def test_another_person_cannot_use_the_link(link, carla, invitation):
    browser = browser_of(carla.user)
    page = browser.get(link)
    assert page.status_code == 403
    assert "dora@example.org" in page.text
    assert browser.post(link).status_code == 403
    with pytest.raises(WrongPersonError):
        accept_invitation(invitation=invitation, by=carla.user)
    assert Invitation.objects.pending().exists(), "the failed try leaves the link open"


def test_a_person_whose_account_was_closed_cannot_join(client, dora, link):
    User.objects.filter(pk=dora.pk).update(is_active=False)
    assert client.get(link).status_code == 403
    assert client.post(link, FORM).status_code == 403
    assert not Membership.objects.filter(user=dora).exists()


def test_a_closed_account_without_a_password_is_not_opened_by_the_link(client, link, carla):
    add_member(
        organisation=carla.organisation, email="dora@example.org", roles=["auditor"], by=None
    )
    User.objects.filter(email="dora@example.org").update(is_active=False)
    assert client.post(link, FORM).status_code == 403
    user = User.objects.get(email="dora@example.org")
    assert (user.is_active, user.has_usable_password()) == (False, False)


def test_a_former_member_comes_back_with_the_new_roles_only(ana, ben):
    remove_member(membership=ben, by=ana.user)
    again = invite(
        organisation=ana.organisation,
        email=ben.user.email,
        roles=["auditor"],
        language="en",
        by=ana.user,
    )
    browser = browser_of(ben.user)
    assert browser.post(path_of(again)).url == "/"
    ben.refresh_from_db()
    assert (ben.is_active, ben.roles) == (True, (Role.AUDITOR,))


def test_an_old_link_does_not_bring_a_removed_member_back(ana, dora, link, invitation):
    member = add_member(
        organisation=ana.organisation, email=dora.email, roles=["auditor"], by=ana.user
    )
    assert browser_of(dora).post(link).status_code == 410, "a member needs no invitation"
    remove_member(membership=member, by=ana.user)
    assert browser_of(dora).post(link).status_code == 410
    member.refresh_from_db()
    assert not member.is_active


def test_the_link_gives_the_roles_of_the_row_and_no_others(client, link):
    client.post(link, FORM | {"roles": ["admin"], "organisation": "x"})
    assert Membership.objects.get(user=get_user(client)).roles == (Role.OFFICER, Role.REVIEWER)


def test_a_member_of_two_organisations_works_for_the_new_one_first(carla, ana):
    second = invite(
        organisation=ana.organisation,
        email=carla.user.email,
        roles=["auditor"],
        language="en",
        by=ana.user,
    )
    browser = browser_of(carla.user)
    browser.post(path_of(second))
    assert "Ana" in browser.get("/organisation/people").text
    assert "Carla" in browser.get("/organisation/people").text


def test_guessing_through_the_form_is_stopped(client, link, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"accept_invitation": "2/m/ip"}
    for _turn in range(2):
        assert client.post(link, FORM | {"password2": "x"}).status_code == 200
    assert client.post(link, FORM).status_code == 429
    assert not User.objects.filter(email="dora@example.org").exists()


def test_the_pages_behind_the_link_are_kept_by_nobody(client, link):
    assert "no-store" in client.get(link).headers["Cache-Control"]


def test_a_name_is_shown_as_text(client, link, ana):
    User.objects.filter(pk=ana.user_id).update(name="<b>Ana</b>")
    assert "<b>Ana</b>" not in client.get(link).text
