"""From signing in to the PDF on one's disk, with a real server and a real worker."""

import re

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.living import EMAIL

pytestmark = pytest.mark.slow
READY = {"en": "Your report is ready", "de": "Ihr Bericht ist fertig"}
# However slow the machine is on which a worker sets the pages.
A_REPORT_MS = 60_000


@pytest.fixture(autouse=True)
def english(drawbridge):
    """Whatever language the person chose in the test before."""
    drawbridge.query("UPDATE accounts_user SET language = 'en'")


@pytest.fixture
def faultless(page, watch):
    """Looks at the present page in daylight and at night, on a wide and on a narrow screen."""

    def look():
        for scheme in ("light", "dark"):
            for width in (1280, 390):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 800})
                watch.finds_no_fault()
        page.set_viewport_size({"width": 1280, "height": 800})

    return look


def sign_in(page, drawbridge):
    page.goto(drawbridge.url)
    page.locator("[name=login]").fill(EMAIL)
    page.locator("[name=password]").fill(drawbridge.password)
    page.locator("main [type=submit]").click()
    expect(page).to_have_url(f"{drawbridge.url}/uses/")


def speak(page, language):
    button = page.locator("header").get_by_role("button", name="Deutsch")
    if language == "de":
        button.click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def a_finished_report(page, drawbridge, number):
    """On the page of the report of one of the uses."""
    page.goto(f"{drawbridge.url}/uses/")
    page.locator("main tbody a").nth(number).click()
    page.locator("form[action$='/reports/request'] button").click()
    expect(page.get_by_role("heading", name=READY["en"])).to_be_visible(timeout=A_REPORT_MS)


def save_and_open(page, press):
    with page.expect_download() as started:
        press()
    download = started.value
    with pikepdf.open(download.path()) as document:
        assert len(document.pages) >= 1
    return download.suggested_filename


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_use_is_found_and_its_report_is_made_and_saved(page, drawbridge, faultless, language):
    sign_in(page, drawbridge)
    speak(page, language)
    faultless()
    page.locator("main .app-tiles a").first.click()
    expect(page).to_have_url(re.compile(r"\?tier="))
    faultless()
    page.locator("main tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/uses/[0-9a-f-]+/$"))
    faultless()
    page.locator("#report-language").select_option(language)
    page.locator("form[action$='/reports/request'] button").click()
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f-]+/$"))
    expect(page.get_by_role("heading", name=READY[language])).to_be_visible(timeout=A_REPORT_MS)
    faultless()
    name = save_and_open(page, page.locator("main a[download]").click)
    assert re.fullmatch(rf"drawbridge-readiness-[a-z0-9-]+-{language}\.pdf", name)
    page.goto(f"{drawbridge.url}/reports/")
    faultless()


def test_a_cancelled_report_can_be_asked_for_again(page, drawbridge, faultless):
    sign_in(page, drawbridge)
    a_finished_report(page, drawbridge, 3)
    drawbridge.query("UPDATE reports_report SET state = 'cancelled'")
    page.reload()
    faultless()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name=READY["en"])).to_be_visible(timeout=A_REPORT_MS)


def test_a_report_that_failed_looks_right(page, drawbridge, faultless):
    sign_in(page, drawbridge)
    a_finished_report(page, drawbridge, 4)
    drawbridge.query("UPDATE reports_report SET state = 'failed', failure = 'The store is full.'")
    page.reload()
    expect(page.get_by_text("The store is full.")).to_be_visible()
    faultless()


@pytest.mark.parametrize("width", [1280, 390])
def test_everything_works_without_javascript(browser, drawbridge, width):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    sign_in(page, drawbridge)
    a_finished_report(page, drawbridge, 1)
    save_and_open(page, page.locator("main a[download]").click)
    context.close()


def tab_to(page, locator):
    """Move the focus on with the keyboard until it is there, and see that it shows."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            assert locator.evaluate("element => element.matches(':focus-visible')")
            return
    raise AssertionError(f"the keyboard does not reach {locator}")


def test_everything_works_with_the_keyboard_alone(page, drawbridge):
    page.goto(drawbridge.url)
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(EMAIL)
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(drawbridge.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{drawbridge.url}/uses/")
    tab_to(page, page.locator("main tbody a").nth(2))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/uses/[0-9a-f-]+/$"))
    tab_to(page, page.locator("form[action$='/reports/request'] button"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=READY["en"])).to_be_visible(timeout=A_REPORT_MS)
    link = page.locator("main a[download]")
    tab_to(page, link)
    save_and_open(page, lambda: page.keyboard.press("Enter"))


def test_the_keyboard_skips_to_the_content(page, drawbridge):
    sign_in(page, drawbridge)
    page.goto(f"{drawbridge.url}/reports/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
