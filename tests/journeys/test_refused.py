"""What people meet when something is refused or breaks: looked at in a browser, and a way on."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]
LOOKING = (Path(__file__).parent / "looking.js").read_text()


@pytest.fixture(autouse=True)
def no_attempts_counted_yet():
    cache.clear()
    yield
    cache.clear()


def broken(page, settings, monkeypatch):
    def fail(*_given):
        raise RuntimeError("hunter2")

    monkeypatch.setattr("library.views.about.say", fail)
    return page.goto("/about")


def unreadable(page, settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    return page.goto("/help")


def too_long(page, settings, monkeypatch):
    page.goto("/uses/register")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    page.locator("#id_purpose").fill("long " * 50)
    return sent(page)


def too_many(page, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    for _attempt in range(2):
        page.goto("/account/password/reset/")
        page.locator("[name=email]").fill("somebody@example.org")
        answer = sent(page)
    return answer


def without_token(page, settings, monkeypatch):
    page.goto("/account/password/reset/")
    page.context.clear_cookies(name="csrftoken")
    page.locator("[name=email]").fill("somebody@example.org")
    return sent(page)


def sent(page):
    with page.expect_navigation() as gone:
        page.locator("main .app-actions [type=submit]").first.click()
    return gone.value


def not_there(page, settings, monkeypatch):
    return page.goto("/nowhere")


def only_for_buttons(page, settings, monkeypatch):
    return page.goto("/organisation/example/reset")


REFUSALS = {
    unreadable: 400, without_token: 403, not_there: 404, only_for_buttons: 405, too_long: 413,
    too_many: 429, broken: 500,
}  # fmt: skip
# Where no language is known: English with a German part.
PLAIN = {unreadable, broken}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_it_looks_right_and_leads_on(browse, ana, settings, monkeypatch, refusal, language):
    ana.user.language = language
    ana.user.save()
    who = None if refusal in {too_many, without_token} else ana
    page = browse(who, language=language, viewport={"width": 320, "height": 600})
    answer = refusal(page, settings, monkeypatch)
    assert answer.status == REFUSALS[refusal]
    expect(page.locator("html")).to_have_attribute("lang", "en" if refusal in PLAIN else language)
    expect(page.locator("main")).not_to_contain_text("hunter2")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == []
    page.evaluate(LOOKING)
    assert [*page.evaluate("looking.cutOff()"), *page.evaluate("looking.focus()")] == []
    assert page.locator("main a[href]").count() >= 1


def test_text_that_is_too_long_is_still_there_after_going_back(browse, ana, settings, monkeypatch):
    page = browse(ana)
    too_long(page, settings, monkeypatch)
    page.go_back()
    expect(page.locator("#id_purpose")).to_have_value("long " * 50)
