"""The pages of signing in speak with one voice, also where the form is not ours."""

import pytest
from django.urls import reverse

from accounts.links import set_password_link

THEIRS = ("Remember Me", "New Password", "Current Password", "Your password can", "E-mail:")


@pytest.fixture
def pages(client, signed_in, ana):
    link = set_password_link(ana.user).partition("//")[2].partition("/")[2]
    return {
        "sign in": client.get(reverse("account_login")).text,
        "forgotten": client.get(reverse("account_reset_password")).text,
        "new": client.get(f"/{link}", follow=True).text,
        "change": signed_in(ana).get(reverse("account_change_password")).text,
        "address": signed_in(ana).get(reverse("account_email")).text,
    }


def test_no_label_is_left_to_others(pages):
    for name, text in pages.items():
        for theirs in THEIRS:
            assert theirs not in text, name


def test_each_field_says_what_belongs_in_it(pages):
    assert "Stay signed in" in pages["sign in"]
    assert "At least 12 characters" in pages["new"]
    assert "Current password" in pages["change"]
    assert "New e-mail address" in pages["address"]


def test_the_hint_says_what_the_validators_ask(settings):
    lengths = [
        validator.get("OPTIONS", {}).get("min_length")
        for validator in settings.AUTH_PASSWORD_VALIDATORS
    ]
    assert 12 in lengths


def test_signing_in_is_in_german_too(client, db):
    client.cookies["django_language"] = "de"
    text = client.get(reverse("account_login")).text
    assert "Angemeldet bleiben" in text
    assert "Wissen, welche Ihrer KI" in text
