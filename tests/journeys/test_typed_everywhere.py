"""The forms in which people write most, through a lost session, a lost connection, two tabs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.models import Answer, Disagreement, Review
from models_registry.models import Supplier, UseCase
from tests.accounts.factories import PASSWORD
from tests.assessments.factories import an_assessment
from tests.assessments.reviews import in_review
from tests.models_registry.factories import SupplierFactory

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Zephyr & Söhne <Werke>"


@dataclass(frozen=True)
class Writing:
    """Who writes what where; whether it has arrived."""

    who: Any
    address: str
    fields: dict[str, str]
    has_arrived: Callable[[], bool]

    def begin(self, page):
        page.goto(self.address)
        for name, text in self.fields.items():
            field = page.locator(name)
            if not field.is_visible():
                page.locator("details", has=field).locator("summary").click()
            field.fill(text)

    def send(self, page):
        form = page.locator(next(iter(self.fields))).locator("xpath=ancestor::form")
        form.locator(".app-actions [type=submit]").first.click()

    def arrives(self, page):
        """Looks into the database once the page has moved on, as both share one connection."""
        expect(page).not_to_have_url(re.compile(f"{re.escape(self.address)}$|/kept/|/login/"))
        page.wait_for_load_state()
        assert self.has_arrived()

    def is_there(self, page):
        for name, text in self.fields.items():
            expect(page.locator(name)).to_have_value(text)


def a_use(ana, ben):
    fields = {"#id_name": TEXT, "#id_purpose": f"{TEXT} 2", "#id_new_system": "S", "#id_unit": "U"}
    rows = UseCase.objects.filter(name=TEXT, purpose=f"{TEXT} 2", unit="U")
    return Writing(ana, "/uses/register", fields, rows.exists)


def an_answer(ana, ben):
    use = an_assessment(ana).use_case_id
    fields = {"#id_note": TEXT, "#id_whom": "Bodo", "#id_reason": f"{TEXT}?"}
    rows = Answer.objects.filter(note=TEXT, inquiry__whom="Bodo", inquiry__reason=f"{TEXT}?")
    return Writing(ana, f"/uses/{use}/questions/subject_kind/", fields, rows.exists)


def a_request_for_changes(ana, ben):
    use = in_review(ana).use_case_id
    rows = Review.objects.filter(reason=TEXT)
    return Writing(
        ben, f"/uses/{use}/review/", {"form[action$=changes] textarea": TEXT}, rows.exists
    )


def a_disagreement(ana, ben):
    use = an_assessment(ana).use_case_id
    rows = Disagreement.objects.filter(reason=TEXT)
    return Writing(ana, f"/uses/{use}/disagree", {"main textarea": TEXT}, rows.exists)


@pytest.fixture(params=[a_use, an_answer, a_request_for_changes, a_disagreement])
def writing(request, ana, ben):
    return request.param(ana, ben)


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in(page, member):
    page.locator("[name=login]").fill(member.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").click()


def test_with_scripts_a_lost_session_keeps_the_page(browse, writing):
    page = browse(writing.who)
    writing.begin(page)
    end_session(page)
    writing.send(page)
    line = page.locator("[data-keep-say=signed-out]")
    expect(line).to_be_visible()
    writing.is_there(page)
    with page.context.expect_page() as opened:
        line.get_by_role("link").click()
    sign_in(opened.value, writing.who)
    expect(opened.value.locator(".app-account")).to_be_visible()
    opened.value.close()
    page.bring_to_front()
    writing.send(page)
    writing.arrives(page)


def test_with_scripts_a_lost_connection_keeps_the_page(browse, writing):
    page = browse(writing.who)
    writing.begin(page)
    page.context.set_offline(True)
    writing.send(page)
    expect(page.locator("[data-keep-say=offline]")).to_be_visible()
    writing.is_there(page)
    assert not writing.has_arrived()
    page.context.set_offline(False)
    writing.send(page)
    writing.arrives(page)


def test_without_scripts_a_lost_session_shows_and_sends_it_afterwards(browse, writing):
    page = browse(javascript=False)
    page.goto(writing.address)
    sign_in(page, writing.who)
    writing.begin(page)
    end_session(page)
    writing.send(page)
    sign_in(page, writing.who)
    for text in writing.fields.values():
        expect(page.locator(".app-kept__text", has_text=text).first).to_be_visible()
    assert not writing.has_arrived()
    page.locator("form[data-keep-resend] [type=submit]").click()
    writing.arrives(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_second_tab_gets_what_stands_there_and_what_was_typed(browse, ana, javascript):
    supplier = SupplierFactory(organisation=ana.organisation, name="Norrvik")
    page = browse(ana, javascript=javascript)
    page.goto(f"/suppliers/{supplier.pk}/edit")
    other = page.context.new_page()
    other.goto(f"/suppliers/{supplier.pk}/edit")
    for tab, name in ((other, "From the other tab"), (page, TEXT)):
        tab.locator("#id_name").fill(name)
        tab.locator("main .app-actions [type=submit]").first.click()
        tab.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("From the other tab")
    expect(page.locator("#id_name")).to_have_value(TEXT)
    assert Supplier.objects.get().name == "From the other tab"
    page.locator("main .app-actions [type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("/edit$"))
    assert Supplier.objects.get().name == TEXT


# --- Impatience ----------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_double_press_registers_one_use(browse, ana, ben, javascript):
    writing, page, posts = a_use(ana, ben), browse(ana, javascript=javascript), []
    page.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    writing.begin(page)
    page.locator("main .app-actions [type=submit]").dblclick()
    writing.arrives(page)
    assert UseCase.objects.count() == 1
    if javascript:
        assert len(posts) == 1


def test_a_slow_network_is_told_and_pressing_again_sends_nothing_twice(browse, ana, ben):
    writing, page, posts, waiting = a_use(ana, ben), browse(ana), [], []
    page.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    writing.begin(page)
    page.route("**/session", lambda route: waiting.append(route))
    writing.send(page)
    expect(page.locator("[data-keep-say=sending]")).to_be_visible()
    writing.send(page)
    waiting[0].continue_()
    writing.arrives(page)
    assert (len(waiting), len(posts)) == (1, 1)


def test_going_back_after_saving_offers_nothing_as_unsaved(browse, ana, ben):
    writing, page = a_use(ana, ben), browse(ana)
    writing.begin(page)
    writing.send(page)
    writing.arrives(page)
    page.go_back()
    expect(page.locator("[data-keep-say=restored]")).to_be_hidden()


def test_what_waits_for_the_password_is_there_after_going_back(browse, ana, ben):
    use = in_review(ana).use_case_id
    page = browse(ben)
    page.goto(f"/uses/{use}/review/")
    page.locator("form[action$=decision] [name=outcome][value=rejected]").check()
    page.locator("form[action$=decision] [name=reason]").fill(TEXT)
    page.locator("form[action$=decision] .app-actions [type=submit]").click()
    page.wait_for_url("**/reauthenticate/**")
    page.go_back()
    expect(page.locator("form[action$=decision] [name=reason]")).to_have_value(TEXT)
