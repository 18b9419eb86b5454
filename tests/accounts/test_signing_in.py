import re

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from accounts.models import User
from events.models import Event
from tests.accounts.factories import PASSWORD

LOGIN = "/account/login/"
NEW_PASSWORD = "a wholly different passphrase"


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def who(client):
    return getattr(get_user(client), "email", None)


def test_a_member_signs_in_with_email_and_password(client, ana):
    response = sign_in(client, "Ana@Example.org")
    assert response.status_code == 302
    assert who(client) == "ana@example.org"


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper(), PASSWORD + "\x00"])
def test_a_wrong_password_does_not_let_in(client, ana, password):
    assert sign_in(client, "ana@example.org", password).status_code == 200
    assert who(client) is None


def test_an_account_that_was_closed_does_not_let_in(client, ana):
    User.objects.filter(pk=ana.user_id).update(is_active=False)
    sign_in(client, "ana@example.org")
    assert who(client) is None


def test_an_account_that_is_closed_is_signed_out_at_once(signed_in, ana):
    browser = signed_in(ana)
    assert browser.get("/organisation/choose").status_code == 200
    User.objects.filter(pk=ana.user_id).update(is_active=False)
    assert browser.get("/organisation/choose").url.startswith(LOGIN)


def test_nobody_signs_up_by_themselves(client, db):
    form = {"email": "new@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/account/signup/", form)
    assert not User.objects.exists()


def test_guessing_one_persons_password_is_stopped_from_many_addresses(ana):
    for turn in range(5):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{turn}"), "ana@example.org", "wrong")
    late = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(late, "ana@example.org")
    assert who(late) is None, "even the right password must wait now"


def test_guessing_many_peoples_passwords_from_one_address_is_stopped(client, ana):
    for turn in range(10):
        sign_in(client, f"person-{turn}@example.org", "wrong")
    assert sign_in(client, "ana@example.org").status_code != 302
    assert who(client) is None
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(other, "ana@example.org").status_code == 302, "others are not locked out"


def test_a_forged_header_does_not_give_a_guesser_a_new_address(client, ana):
    for turn in range(10):
        sign_in(client, f"p{turn}@example.org", "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{turn}")
    sign_in(client, "ana@example.org", HTTP_X_FORWARDED_FOR="203.0.113.77")
    assert who(client) is None


def test_attempts_are_counted_where_every_web_process_sees_them(settings):
    backend = settings.CACHES["default"]["BACKEND"]
    assert backend.endswith(("FileBasedCache", "RedisCache")), backend


def test_a_link_after_signing_in_cannot_lead_elsewhere(client, ana):
    form = {"login": "ana@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(LOGIN, form).url == "/"


def reset_link(mailbox):
    (link,) = re.findall(r"http://\S+/account/password/reset/key/\S+", mailbox[-1].body)
    return link


def test_a_forgotten_password_is_replaced_through_the_mail(client, ana, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    page = client.get(reset_link(mailoutbox), follow=True)
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(page.redirect_chain[-1][0], form)
    assert not sign_in_fails(NEW_PASSWORD)
    assert sign_in_fails(PASSWORD)
    assert Event.objects.filter(kind="member.password_changed").count() == 1
    assert mailoutbox[-1].to == ["ana@example.org"], "and the person is told that it changed"


def sign_in_fails(password):
    browser = Client(REMOTE_ADDR="192.0.2.200")
    sign_in(browser, "ana@example.org", password)
    return who(browser) is None


def test_a_reset_link_works_once(client, ana, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    link = reset_link(mailoutbox)
    page = client.get(link, follow=True)
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(page.redirect_chain[-1][0], form)
    again = Client().get(link, follow=True)
    assert again.context["token_fail"]


def test_a_forged_host_does_not_get_into_the_reset_mail(client, ana, mailoutbox):
    reset = reverse("account_reset_password")
    response = client.post(reset, {"email": "ana@example.org"}, HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert not mailoutbox


def test_asking_for_a_reset_does_not_tell_who_has_an_account(client, ana, mailoutbox):
    reset = reverse("account_reset_password")
    known = client.post(reset, {"email": "ana@example.org"})
    unknown = client.post(reset, {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [mail.to for mail in mailoutbox] == [["ana@example.org"]]


@pytest.mark.parametrize(
    "password", ["short", "123456789012345", "ana@example.org", "password1234"]
)
def test_a_poor_password_is_refused(client, ana, mailoutbox, password):
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    page = client.get(reset_link(mailoutbox), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})
    assert sign_in_fails(password)
