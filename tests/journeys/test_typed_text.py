"""Nothing typed is lost with a session, a connection or a page, with and without scripts."""

import pytest
from playwright.sync_api import expect

from models_registry.models import Supplier
from tests.accounts.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/suppliers/register"
NAME = "Zephyr & Söhne <Werke>"


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in(page, member):
    page.locator("[name=login]").fill(member.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").click()


def type_name(page, text=NAME):
    page.goto(FORM)
    page.locator("#id_name").press_sequentially(text)


def save(page):
    page.locator("form.app-form button[type=submit]:not([name], [aria-hidden])").first.click()


def kept(page):
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:'))")


def is_saved():
    return Supplier.objects.filter(name=NAME).exists()


# --- With scripts --------------------------------------------------------------------------------


def test_a_saved_form_leaves_nothing_behind(browse, ana):
    page = browse(ana)
    type_name(page)
    assert kept(page)
    save(page)
    page.wait_for_url("**/suppliers/*-*/")
    assert is_saved()
    assert kept(page) == []


def test_a_lost_session_keeps_the_page(browse, ana):
    page = browse(ana)
    type_name(page)
    end_session(page)
    save(page)
    expect(page.get_by_text("You were signed out.")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value(NAME)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new window)").click()
    sign_in(opened.value, ana)
    opened.value.wait_for_url("**/uses/**")
    save(page)
    page.wait_for_url("**/suppliers/*-*/")
    assert is_saved()


def test_a_lost_connection_keeps_the_page(browse, ana):
    page = browse(ana)
    type_name(page)
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_text("There is no connection")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value(NAME)
    assert not is_saved()
    page.context.set_offline(False)
    save(page)
    page.wait_for_url("**/suppliers/*-*/")
    assert is_saved()


def test_leaving_asks_first_and_the_text_comes_back(browse, ana):
    page = browse(ana)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_name(page)
    page.goto("/uses/")
    page.goto(FORM)
    assert asked == ["beforeunload"]
    expect(page.get_by_text("What you had typed is back")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value(NAME)
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator("#id_name")).to_have_value("")
    assert kept(page) == []


def test_text_over_something_that_changed_is_offered_and_not_put_there(browse, ana):
    page = browse(ana)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/profile")
    page.locator("#id_name").fill("Anna")
    ana.user.name = "Changed elsewhere"
    ana.user.save()
    page.goto("/profile")
    expect(page.locator("#id_name")).to_have_value("Changed elsewhere")
    page.get_by_role("button", name="Put mine back into the form").click()
    expect(page.locator("#id_name")).to_have_value("Anna")


def test_a_refused_form_keeps_the_text_until_it_is_accepted(browse, ana):
    page = browse(ana)
    page.on("dialog", lambda dialog: dialog.accept())
    Supplier.objects.create(organisation=ana.organisation, name=NAME)
    type_name(page)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("registered already")
    page.goto("/uses/")
    page.goto(FORM)
    expect(page.locator("#id_name")).to_have_value(NAME)


def test_somebody_else_in_the_same_browser_sends_nothing(browse, ana, carla):
    page = browse(ana)
    type_name(page)
    end_session(page)
    other = page.context.new_page()
    other.goto("/account/login/")
    sign_in(other, carla)
    other.wait_for_url("**/uses/**")
    save(page)
    expect(page.get_by_text("Somebody else is signed in now.")).to_be_visible()
    assert not is_saved()


def test_the_next_person_in_the_same_window_finds_nothing(browse, ana, carla):
    page = browse(ana)
    page.on("dialog", lambda dialog: dialog.accept())
    type_name(page)
    end_session(page)
    page.goto("/account/login/")
    assert kept(page)
    sign_in(page, carla)
    page.wait_for_url("**/uses/**")
    assert kept(page) == []
    page.goto(FORM)
    expect(page.locator("#id_name")).to_have_value("")


def test_signing_out_takes_what_was_typed_along(browse, ana):
    page = browse(ana)
    type_name(page)
    page.locator(".app-account__summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login/**")
    assert kept(page) == []


# --- Without scripts -----------------------------------------------------------------------------


def test_without_scripts_an_ended_session_shows_the_text_after_signing_in(browse, ana):
    page = browse(ana, javascript=False)
    type_name(page)
    end_session(page)
    save(page)
    expect(page.get_by_text("What you typed is kept for 30 minutes")).to_be_visible()
    sign_in(page, ana)
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    expect(page.get_by_text(NAME)).to_be_visible()
    assert not is_saved()
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url("**/suppliers/*-*/")
    assert is_saved()


def test_without_scripts_another_person_gets_nothing(browse, ana, carla):
    page = browse(ana, javascript=False)
    type_name(page)
    end_session(page)
    save(page)
    sign_in(page, carla)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is kept for you here")
    assert NAME not in page.content()


def test_without_scripts_an_old_form_is_shown_again(browse, ana):
    page = browse(ana, javascript=False)
    type_name(page)
    other = page.context.new_page()
    end_session(page)
    other.goto("/account/login/")
    sign_in(other, ana)
    other.wait_for_url("**/uses/**")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This form was open for too long")
    expect(page.get_by_text(NAME)).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url("**/suppliers/*-*/")
    assert is_saved()
