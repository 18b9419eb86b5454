"""What people meet when something is refused or breaks: a page in their language, never a trace."""

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def no_attempts_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(params=["en", "de"])
def reader(request, ana):
    """Somebody signed in who reads that language, at a browser that is shown errors as pages."""
    ana.user.language = request.param
    ana.user.save()
    made = Client(raise_request_exception=False, headers={"Accept-Language": request.param})
    made.force_login(ana.user)
    made.language = request.param
    return made


def is_a_page(response, status, language, english, german):
    text = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in text
    assert {"en": english, "de": german}[language] in text
    assert 'href="/"' in text
    assert "Traceback" not in text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_an_address_that_is_not_there(reader):
    answer = reader.get("/nowhere")
    is_a_page(answer, 404, reader.language, "Page not found", "Seite nicht gefunden")


def test_what_ones_role_does_not_allow(reader, ana):
    ana.is_admin = False
    ana.save()
    answer = reader.get("/organisation/invitations/new")
    is_a_page(answer, 403, reader.language, "You may not do this", "Das dürfen Sie nicht")


def test_an_address_that_only_takes_what_a_button_sends(reader):
    answer = reader.get("/organisation/example/reset")
    is_a_page(answer, 405, reader.language, "nothing to see here", "nichts zu sehen")
    assert answer.headers["Allow"] == "POST"


def test_a_script_that_asks_in_the_wrong_way_gets_no_page(reader):
    answer = reader.get("/organisation/example/reset", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS"])
def test_more_text_than_a_form_takes(reader, settings, limit):
    setattr(settings, limit, 3)
    answer = reader.post("/profile", dict.fromkeys("abcd", "much too long"))
    is_a_page(answer, 413, reader.language, "too long to be saved", "zu lang")


def test_too_many_attempts(reader, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    reader.logout()
    reader.post("/account/password/reset/", {"email": "a@example.org"})
    answer = reader.post("/account/password/reset/", {"email": "a@example.org"})
    is_a_page(answer, 429, reader.language, "Too many attempts", "Zu viele Versuche")


def test_a_form_without_its_token(reader):
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": reader.language})
    strict.cookies = reader.cookies
    answer = strict.post("/profile", {"name": "Ana"})
    is_a_page(answer, 403, reader.language, "open for too long", "zu lange offen")


def is_in_both_languages(answer, status, english, german):
    for text in (english, german):
        is_a_page(answer, status, "en", text, text)


def test_a_request_that_cannot_be_read(reader):
    answer = reader.get("/uses/", headers={"Host": "evil.example"})
    is_in_both_languages(answer, 400, "cannot be read", "nicht lesbar")


def test_a_fault_of_ours_is_told_without_its_trace(reader, monkeypatch):
    def fail(*_given):
        raise RuntimeError("hunter2")

    monkeypatch.setattr("library.views.about.say", fail)
    answer = reader.get("/about")
    is_in_both_languages(answer, 500, "Something broke on our side", "Auf unserer Seite")
    assert "hunter2" not in answer.text
