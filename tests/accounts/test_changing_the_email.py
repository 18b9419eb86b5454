import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from events.models import Event
from tests.accounts.factories import PASSWORD, UserFactory

OLD, NEW = "ana@example.org", "ana.new@example.org"


@pytest.fixture
def at_home(client, ana):
    """Ana's own browser."""
    client.post(reverse("account_login"), {"login": OLD, "password": PASSWORD})
    return client


def ask_for(client, email, password=PASSWORD):
    """The form, and the question for the password that comes before it takes effect."""
    asked = client.post(reverse("account_email"), {"email": email, "action_add": ""})
    return client.post(asked.url, {"password": password})


def confirm(client, mailbox):
    mail = next(mail for mail in reversed(mailbox) if mail.to == [NEW])
    (link,) = re.findall(r"http://\S+/account/confirm-email/\S+/", mail.body)
    page = client.get(link)
    assert page.status_code == 200
    return client.post(link)


def test_the_new_address_counts_once_it_is_confirmed(at_home, ana, mailoutbox):
    ask_for(at_home, NEW)
    ana.user.refresh_from_db()
    assert ana.user.email == OLD
    confirm(at_home, mailoutbox)
    ana.user.refresh_from_db()
    assert ana.user.email == NEW


def test_the_old_address_is_told(at_home, mailoutbox):
    ask_for(at_home, NEW)
    confirm(at_home, mailoutbox)
    told = [mail for mail in mailoutbox if mail.to == [OLD]]
    assert NEW in told[-1].body


def test_only_the_new_address_signs_in_afterwards(at_home, mailoutbox):
    ask_for(at_home, NEW)
    confirm(at_home, mailoutbox)
    for email, expected in ((OLD, 200), (NEW, 302)):
        form = {"login": email, "password": PASSWORD}
        assert Client().post(reverse("account_login"), form).status_code == expected


def test_the_trail_keeps_the_change(at_home, ana, mailoutbox):
    ask_for(at_home, NEW)
    confirm(at_home, mailoutbox)
    event = Event.objects.get(kind="member.email_changed")
    assert event.actor_id == ana.user_id
    assert event.organisation_id == ana.organisation_id
    assert NEW in event.detail.payload


def test_a_second_click_on_the_link_changes_and_records_nothing(at_home, mailoutbox):
    ask_for(at_home, NEW)
    first = next(mail for mail in mailoutbox if mail.to == [NEW])
    confirm(at_home, mailoutbox)
    (link,) = re.findall(r"http://\S+/account/confirm-email/\S+/", first.body)
    at_home.post(link)
    assert Event.objects.filter(kind="member.email_changed").count() == 1


def test_the_address_of_another_person_cannot_be_taken(at_home, ana, mailoutbox):
    other = UserFactory(email=NEW)
    ask_for(at_home, NEW)
    # The mail goes out all the same, or the form would tell who has an account.
    confirm(at_home, mailoutbox)
    assert User.objects.get(email=NEW) == other
    assert User.objects.get(email=OLD) == ana.user


def test_whoever_finds_the_browser_open_cannot_change_the_address(at_home, mailoutbox):
    ask_for(at_home, NEW, password="guessed")
    assert not mailoutbox


def test_the_old_address_is_told_in_the_language_of_the_person(at_home, ana, mailoutbox):
    ask_for(at_home, NEW)
    User.objects.filter(pk=ana.user.pk).update(language="de")
    mail = next(mail for mail in reversed(mailoutbox) if mail.to == [NEW])
    (link,) = re.findall(r"http://\S+/account/confirm-email/\S+/", mail.body)
    Client(headers={"accept-language": "en"}).post(link)
    assert mailoutbox[-1].to == [OLD]
    assert "E-Mail-Adresse" in mailoutbox[-1].subject
