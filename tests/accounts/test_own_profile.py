"""A person's own page: name and language, for them alone."""

import pytest
from django.utils import translation

from accounts.countries import IN_THE_UNION, by_name
from accounts.models import Membership
from events.models import Event
from tests.accounts.factories import MembershipFactory

PROFILE = "/profile"


def test_a_person_changes_name_and_language(signed_in, ana):
    browser = signed_in(ana)
    page = browser.post(PROFILE, {"name": "Ana B.", "language": "de"}, follow=True)
    ana.user.refresh_from_db()
    assert (ana.user.name, ana.user.language) == ("Ana B.", "de")
    assert 'lang="de"' in page.text
    assert "Ihr Profil ist gespeichert." in page.text


def test_each_organisation_is_told_the_new_name_once(signed_in, ana):
    second = MembershipFactory(user=ana.user)
    browser = signed_in(ana)
    for _turn in range(2):
        browser.post(PROFILE, {"name": "Ana B.", "language": "en"})
    told = Event.objects.filter(kind="member.name_changed")
    assert {event.organisation_id for event in told} == {
        ana.organisation_id,
        second.organisation_id,
    }
    assert told.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 151}, {"name": "\x00"}, {"language": "tlh"}, {"language": ""}],
)
def test_what_makes_no_sense_changes_nothing(signed_in, ana, wrong):
    page = signed_in(ana).post(PROFILE, {"name": "Ana B.", "language": "de"} | wrong)
    assert page.status_code == 200
    ana.user.refresh_from_db()
    assert (ana.user.name, ana.user.language) == ("Ana", "en")


def test_a_line_break_in_a_name_becomes_a_space(signed_in, ana):
    signed_in(ana).post(PROFILE, {"name": "Ana\r\nBcc: x@example.com", "language": "en"})
    ana.user.refresh_from_db()
    assert ana.user.name == "Ana Bcc: x@example.com"


def test_who_belongs_nowhere_still_has_a_profile(signed_in, ben):
    Membership.objects.filter(pk=ben.pk).update(is_active=False)
    assert signed_in(ben).get(PROFILE).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(PROFILE).url.startswith("/account/login/")


def test_the_menu_names_the_organisation_one_works_for(signed_in, ana):
    text = signed_in(ana).get("/profile").text
    assert '<span class="app-account__place">Muster GmbH</span>' in text


def test_countries_stand_by_their_letters_in_german_too():
    with translation.override("de"):
        names = [str(name) for _code, name in by_name(IN_THE_UNION)]
    assert names.index("Niederlande") < names.index("Österreich") < names.index("Polen")
