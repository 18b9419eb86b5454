import pytest
from django.conf import settings

SET = "/language"


def test_a_persons_language_counts_whatever_the_browser_asks_for(signed_in, ana):
    ana.user.language = "de"
    ana.user.save()
    page = signed_in(ana).get("/organisation/choose", HTTP_ACCEPT_LANGUAGE="en")
    assert '<html lang="de">' in page.text
    assert page.headers["Content-Language"] == "de"


def test_a_stranger_is_answered_in_the_browsers_language(client, db):
    page = client.get("/account/login/", HTTP_ACCEPT_LANGUAGE="de")
    assert '<html lang="de">' in page.text


def test_one_persons_language_does_not_leak_into_the_next_request(signed_in, ana, client):
    ana.user.language = "de"
    ana.user.save()
    signed_in(ana).get("/organisation/choose")
    assert '<html lang="en">' in client.get("/account/login/").text


def test_choosing_a_language_is_remembered_for_the_person(signed_in, ana):
    signed_in(ana).post(SET, {"language": "de", "next": "/organisation/choose"})
    ana.user.refresh_from_db()
    assert ana.user.language == "de"


def test_a_stranger_chooses_by_cookie(client, db):
    client.post(SET, {"language": "de", "next": "/account/login/"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"
    assert '<html lang="de">' in client.get("/account/login/").text


@pytest.mark.parametrize("language", ["", "fr", "xx" * 40, "de\x00"])
def test_a_language_we_do_not_speak_changes_nothing(signed_in, ana, language):
    signed_in(ana).post(SET, {"language": language, "next": "/"})
    ana.user.refresh_from_db()
    assert ana.user.language == "en"


def test_choosing_a_language_does_not_lead_elsewhere(client, db):
    response = client.post(SET, {"language": "de", "next": "https://evil.example/"})
    assert "evil" not in response.url


def test_a_language_is_not_set_by_a_link(client, db):
    assert client.get(f"{SET}?language=de").status_code == 405
