"""Admins invite people to their organisation, send the mail again and withdraw it."""

import re
from smtplib import SMTPException

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.links import invitation_link
from accounts.models import Invitation, Role
from accounts.services import invite, open_example
from events.models import Event
from events.verification import verify_chain
from tests.accounts.factories import MembershipFactory, UserFactory

NEW, PEOPLE = "/organisation/invitations/new", "/organisation/people"
FORM = {"email": "dora@example.org", "roles": ["officer", "reviewer"], "language": "en"}


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as the mails do."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def contributor(organisation):
    return MembershipFactory(organisation=organisation, roles=[Role.CONTRIBUTOR])


def invited(ana, email="dora@example.org", roles=("officer",)):
    return invite(
        organisation=ana.organisation, email=email, roles=roles, language="en", by=ana.user
    )


def url(invitation, what):
    return f"/organisation/invitations/{invitation.pk}/{what}"


def test_an_admin_sends_a_link_by_mail(signed_in, ana, commits, mailoutbox, settings):
    with commits():
        response = signed_in(ana).post(NEW, FORM)
    assert response.url == PEOPLE
    invitation = Invitation.objects.get()
    assert invitation.roles == (Role.OFFICER, Role.REVIEWER)
    (mail,) = mailoutbox
    assert mail.to == ["dora@example.org"]
    assert mail.subject == "Invitation to Muster GmbH"
    assert f"{settings.SITE_URL}/invitation/" in mail.body
    assert "Ana invites you" in mail.body
    assert invitation.mailed_at
    assert Event.objects.get(kind="invitation.sent").actor_id == ana.user_id


def test_the_mail_is_in_the_language_that_was_chosen(signed_in, ana, commits, mailoutbox):
    with commits():
        signed_in(ana).post(NEW, {**FORM, "language": "de"})
    assert mailoutbox[0].subject == "Einladung zu Muster GmbH"
    assert "Guten Tag" in mailoutbox[0].body
    assert "invites" not in mailoutbox[0].body


def test_who_has_an_account_gets_the_mail_in_their_own_language(ana, commits, mailoutbox):
    UserFactory(email="dora@example.org", language="de")
    with commits():
        invited(ana)
    assert mailoutbox[0].subject.startswith("Einladung")


def test_a_name_cannot_add_a_head_to_the_mail(ana, commits, mailoutbox):
    ana.organisation.name = "Muster\nBcc: everybody@example.com"
    with pytest.raises(ValueError, match="newline"), commits():
        invited(ana)
    assert not mailoutbox


def test_nobody_but_admins_invites(signed_in, ben, contributor):
    for member in (ben, contributor):
        browser = signed_in(member)
        assert browser.get(NEW).status_code == 403
        assert browser.post(NEW, FORM).status_code == 403
        assert "Invite a person" not in browser.get(PEOPLE).text
    assert not Invitation.objects.exists()


def test_a_colleague_without_the_role_changes_no_invitation(signed_in, ana, contributor):
    invitation = invited(ana)
    for what in ("send-again", "withdraw"):
        assert signed_in(contributor).post(url(invitation, what)).status_code == 403


def test_an_admin_of_another_organisation_finds_nothing(signed_in, ana, carla):
    invitation = invited(ana)
    for what in ("send-again", "withdraw"):
        assert signed_in(carla).post(url(invitation, what)).status_code == 404
    assert "dora@example.org" not in signed_in(carla).get(PEOPLE).text
    assert Invitation.objects.pending().get().sends == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "not an address"},
        {"email": "dora@example.org\nBcc: x@example.com"},
        {"email": "x" * 250 + "@example.org"},
        {"roles": []},
        {"roles": ["owner"]},
        {"language": "tlh"},
    ],
)
def test_a_form_that_is_wrong_says_so_and_sends_nothing(signed_in, ana, commits, mailoutbox, wrong):
    with commits():
        page = signed_in(ana).post(NEW, FORM | wrong)
    assert page.status_code == 200
    assert "Please check this" in page.text
    assert not mailoutbox
    assert not Invitation.objects.exists()


def test_members_and_the_invited_are_not_invited_again(ana, ben):
    invited(ana)
    for email, code in [("BEN@example.org", "member_already"), ("Dora@Example.org", "invited_alr")]:
        with pytest.raises(ValidationError) as failure:
            invited(ana, email=email)
        assert failure.value.code.startswith(code)
    assert Invitation.objects.count() == 1


def test_an_expired_invitation_makes_room_for_another(ana):
    Invitation.objects.filter(pk=invited(ana).pk).update(expires_at=timezone.now())
    again = invited(ana, roles=["auditor"])
    assert Invitation.objects.pending().get() == again


def test_the_same_address_may_be_invited_by_two_organisations(ana, carla):
    invited(ana)
    invited(carla)
    assert Invitation.objects.pending().count() == 2


def test_the_database_keeps_one_open_invitation_for_an_address(ana):
    first = invited(ana)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_sending_again_starts_a_new_week_and_ends_the_old_link(
    signed_in, ana, client, commits, mailoutbox
):
    invitation = invited(ana)
    old = invitation_link(invitation)
    Invitation.objects.update(expires_at=timezone.now())
    with commits():
        signed_in(ana).post(url(invitation, "send-again"))
    invitation.refresh_from_db()
    assert not invitation.has_expired(timezone.now())
    assert client.get(old).status_code == 410
    (new,) = re.findall(r"http\S+/invitation/\S+", mailoutbox[0].body)
    assert client.get(new).status_code == 200


def test_a_withdrawn_invitation_leaves_the_list_and_its_link_is_dead(signed_in, ana, client):
    invitation = invited(ana)
    browser = signed_in(ana)
    page = browser.post(url(invitation, "withdraw"), follow=True)
    assert "is withdrawn" in page.text
    assert "Send again" not in page.text
    assert client.get(invitation_link(invitation)).status_code == 410
    again = browser.post(url(invitation, "withdraw"), follow=True)
    assert "in the meantime" in again.text
    assert Event.objects.filter(kind="invitation.withdrawn").count() == 1


def test_a_mail_server_that_is_down_does_not_lose_the_invitation(
    signed_in, ana, commits, monkeypatch
):
    def down(*args, **kwargs):
        raise SMTPException("no")

    monkeypatch.setattr("accounts.links.send_mail", down)
    browser = signed_in(ana)
    with commits():
        browser.post(NEW, FORM)
    page = browser.get(PEOPLE).text
    assert "could not be sent" in page
    assert "mail not sent" in page
    assert Invitation.objects.pending().count() == 1


def test_an_installation_without_mail_shows_the_link(signed_in, ana, commits, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    browser = signed_in(ana)
    with commits():
        browser.post(NEW, FORM)
    assert invitation_link(Invitation.objects.get()) in browser.get(PEOPLE).text


def test_the_link_is_shown_to_nobody_where_mails_go_out(signed_in, ana):
    assert "/invitation/" not in signed_in(ana).post(NEW, FORM, follow=True).text


def test_one_person_is_not_flooded_with_mails(signed_in, ana):
    invitation, browser = invited(ana), signed_in(ana)
    for _turn in range(3):
        browser.post(url(invitation, "send-again"))
    page = browser.post(url(invitation, "send-again"), follow=True)
    assert "Wait a little" in page.text
    invitation.refresh_from_db()
    assert invitation.sends == 4


def test_invitations_are_limited_an_hour(signed_in, ana, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invite": "2/h/user"}
    browser = signed_in(ana)
    for turn in range(2):
        browser.post(NEW, FORM | {"email": f"p{turn}@example.org"})
    assert "Go on in an hour" in browser.post(NEW, FORM).text
    assert Invitation.objects.count() == 2


def test_nobody_is_invited_into_the_example_of_an_organisation(ana, few_examples):
    player = open_example(membership=ana, on=timezone.localdate())
    with pytest.raises(ValidationError) as failure:
        invited(player)
    assert failure.value.code == "no_guests"


def test_the_trail_tells_each_step(signed_in, ana):
    browser = signed_in(ana)
    browser.post(NEW, FORM)
    invitation = Invitation.objects.get()
    browser.post(url(invitation, "send-again"))
    browser.post(url(invitation, "withdraw"))
    kinds = Event.objects.filter(subject_id=str(invitation.pk)).values_list("kind", flat=True)
    assert list(kinds) == ["invitation.sent", "invitation.sent_again", "invitation.withdrawn"]
    assert verify_chain(ana.organisation_id).fault is None
