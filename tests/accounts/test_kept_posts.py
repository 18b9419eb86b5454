"""A session that ends while somebody types: the text is kept for them, and for nobody else."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.keeping import MOST_BYTES
from accounts.models import Role
from tests.accounts.factories import PASSWORD, MembershipFactory, OrganisationFactory

# Any page behind the sign-in that takes a form will do; this one is there for everybody.
PAGE = "/organisation/change"
TYPED = {"name": "Muster & Söhne <b>", "seen": "", "note": "line one\r\nline two"}
HOME = "http://testserver"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def sign_in(browser, member, **extra):
    return browser.post(
        "/account/login/", {"login": member.user.email, "password": PASSWORD} | extra
    )


@pytest.fixture
def expired(ana):
    """A browser in which Ana was signed in until her session ended."""
    browser = Client()
    sign_in(browser, ana)
    browser.get("/uses/")
    del browser.cookies["sessionid"]
    return browser


def kept_address(response):
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=/kept/")
    return response.url.partition("?next=")[2]


def hidden_fields(html):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name for name, _value in found}


def test_what_was_typed_is_shown_after_signing_in_again(expired, ana):
    address = kept_address(expired.post(PAGE, TYPED))
    assert "kept for 30 minutes" in expired.get(f"/account/login/?next={address}").text
    answer = sign_in(expired, ana, next=address)
    assert answer.url == address
    page = expired.get(address).text
    assert "Muster &amp; Söhne &lt;b&gt;" in page
    assert "line one" in page
    assert f'action="{PAGE}"' in page
    assert {"name", "seen", "note", "_kept"} <= hidden_fields(page)


def test_nothing_is_sent_before_the_person_says_so(expired, ana):
    address = kept_address(expired.post(PAGE, TYPED))
    sign_in(expired, ana, next=address)
    expired.get(address)
    ana.organisation.refresh_from_db()
    assert ana.organisation.name == "Muster GmbH"


def test_another_person_gets_nothing(expired, carla):
    address = kept_address(expired.post(PAGE, TYPED))
    sign_in(expired, carla, next=address)
    answer = expired.get(address)
    assert answer.status_code == 404
    assert "Söhne" not in answer.text
    assert "Nothing is kept for you" in answer.text


def test_a_colleague_gets_nothing(expired, ben):
    address = kept_address(expired.post(PAGE, TYPED))
    sign_in(expired, ben, next=address)
    assert expired.get(address).status_code == 404


def test_without_signing_in_it_is_not_shown(expired):
    address = kept_address(expired.post(PAGE, TYPED))
    assert expired.get(address).status_code == 302


def test_a_stranger_leaves_nothing_behind(client, db):
    answer = client.post(PAGE, TYPED)
    assert answer.url == f"/account/login/?next={PAGE}"


def test_an_address_that_nobody_has_is_empty(signed_in, ana):
    assert signed_in(ana).get(f"/kept/{uuid4()}").status_code == 404


def test_it_is_forgotten_once_it_has_arrived(expired, ana):
    address = kept_address(expired.post(PAGE, TYPED))
    sign_in(expired, ana, next=address)
    token = address.rpartition("/")[2]
    expired.post(
        reverse("accounts:organisation-choose"),
        {"organisation": str(ana.organisation_id), "_kept": token},
    )
    assert expired.get(address).status_code == 404


def test_it_stays_while_the_form_has_errors(expired, ana):
    address = kept_address(expired.post(PAGE, TYPED))
    sign_in(expired, ana, next=address)
    again = expired.post(PAGE, {"name": "", "_kept": address.rpartition("/")[2]})
    assert again.status_code == 200
    assert expired.get(address).status_code == 200


def test_it_goes_to_the_organisation_it_was_typed_for(ana):
    MembershipFactory(user=ana.user, organisation=OrganisationFactory(), roles=[Role.ADMIN])
    browser = Client()
    sign_in(browser, ana)
    browser.post("/organisation/choose", {"organisation": str(ana.organisation_id)})
    del browser.cookies["sessionid"]
    address = kept_address(browser.post(PAGE, TYPED))
    sign_in(browser, ana, next=address)
    assert "It goes to Muster GmbH" in browser.get(address).text


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "hunter2"},
        {"api_key": "x"},
        {"name": "x" * MOST_BYTES},
        {f"f{number}": "x" for number in range(600)},
    ],
    ids=["password", "key", "too long", "too many"],
)
def test_secrets_and_floods_are_not_kept(expired, fields):
    assert expired.post(PAGE, fields).url == f"/account/login/?next={PAGE}"


def test_files_are_not_kept(expired):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = expired.post(PAGE, {"name": "x", "file": SimpleUploadedFile("a.txt", b"a")})
    assert answer.url == f"/account/login/?next={PAGE}"


def test_other_content_is_not_kept(expired):
    answer = expired.post(PAGE, '{"name": "x"}', content_type="application/json")
    assert answer.url == f"/account/login/?next={PAGE}"


def test_the_sign_in_itself_is_never_kept(expired):
    answer = expired.post("/account/login/", {"login": "ana@example.org", "password": "wrong"})
    assert answer.status_code == 200


def test_a_forged_cookie_names_nobody(ana, client):
    client.cookies["last_person"] = f"{ana.user.pk}::forged"
    assert client.post(PAGE, TYPED).url == f"/account/login/?next={PAGE}"


def test_a_script_is_told_instead_of_sent_to_a_page(expired):
    answer = expired.post(PAGE, TYPED, headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser(client, ana):
    sign_in(client, ana)
    cookie = client.cookies["last_person"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


# --- A form whose token is old ---------------------------------------------------------------


@pytest.fixture
def strict(ana):
    """A browser that checks tokens, as real ones must, with Ana signed in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana.user)
    browser.get("/uses/")
    return browser


def test_an_old_token_shows_what_was_typed(strict):
    answer = strict.post(PAGE, TYPED, headers={"Origin": HOME})
    assert answer.status_code == 403
    assert "line one" in answer.text
    assert "csrfmiddlewaretoken" in answer.text
    assert f'action="{PAGE}"' in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example"]
)
def test_what_another_site_sends_is_not_shown(strict, origin):
    answer = strict.post(PAGE, TYPED, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "line one" not in answer.text


def test_without_a_sender_nothing_is_shown(strict):
    assert "line one" not in strict.post(PAGE, TYPED).text


def test_an_old_token_and_an_ended_session_lead_to_the_sign_in(strict):
    del strict.cookies["sessionid"]
    address = kept_address(strict.post(PAGE, TYPED, headers={"Origin": HOME}))
    assert address.startswith("/kept/")


def test_a_password_is_never_shown_again(strict):
    fields = {"login": "ana@example.org", "password": "hunter2"}
    answer = strict.post("/account/login/", fields, headers={"Origin": HOME})
    assert answer.status_code == 403
    assert "hunter2" not in answer.text


def test_the_state_of_the_session_is_told_to_our_scripts(signed_in, client, ana):
    told = signed_in(ana).get("/session")
    assert told.json()["person"] == str(ana.user.pk)
    assert told.json()["csrf"]
    assert "no-store" in told.headers["Cache-Control"]
    assert client.get("/session").json() | {"csrf": ""} == {
        "signed_in": False,
        "person": "",
        "csrf": "",
    }
