"""Finding things and reading the law: by keyboard, without scripts, small, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.assessments.factories import a_full_assessment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_shortcuts_has_no_barrier_that_software_can_find(browse, ana, scheme):
    page = browse(ana, color_scheme=scheme)
    page.goto("/help")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


def test_a_search_by_keyboard_alone(browse, ana):
    a_full_assessment(ana, name="Sorting applicants")
    page = browse(ana)
    page.goto("/uses/")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("sorting")
    expect(page.locator("#search")).to_have_value("sorting")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sorting applicants").press("Enter")
    page.wait_for_url("**/uses/*-*/")


def test_on_a_narrow_screen_the_key_leads_to_the_search_page(browse, ana):
    page = browse(ana, viewport={"width": 390, "height": 800})
    page.goto("/uses/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")


def test_a_search_without_scripts(browse, ana):
    page = browse(ana, javascript=False)
    page.goto("/uses/")
    page.locator("#search").fill("26(7)")
    page.locator("#search").press("Enter")
    page.get_by_role("link", name="Tell workers and their representatives first").click()
    expect(page.get_by_text("You hold one of these roles:")).to_be_visible()


def test_the_shortcuts_open_close_and_give_the_focus_back(browse, ana):
    page = browse(ana)
    page.goto("/uses/")
    link = page.get_by_role("link", name="Law", exact=True)
    link.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Show the shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_single_keys_can_be_switched_off_and_on_again(browse, ana):
    page = browse(ana)
    page.goto("/help")
    page.get_by_role("button", name="Switch single-key shortcuts off").click()
    page.goto("/uses/")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.locator("#search")).not_to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/help")
    page.get_by_role("button", name="Switch single-key shortcuts on").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_key_typed_into_a_field_does_nothing_else(browse, ana):
    page = browse(ana)
    page.goto("/profile")
    page.locator("#id_name").fill("")
    page.keyboard.type("What? a/b")
    expect(page.locator("#id_name")).to_have_value("What? a/b")
    expect(page.get_by_role("dialog")).to_be_hidden()
