"""With the keyboard alone, and where the focus and the announcements go."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessments.models import Answer, Assessment
from tests.accounts.factories import PASSWORD
from tests.assessments.factories import an_assessment

pytestmark = pytest.mark.django_db(transaction=True)
LOOKING = (Path(__file__).parent / "looking.js").read_text()
IS_FOCUSED = "element => element === document.activeElement"


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(LOOKING)
        self.press, self.type = page.keyboard.press, page.keyboard.type

    def tab_to(self, where):
        """On to it with Tab; each place on the way shows the focus, and nothing covers it."""
        place = self.page.locator(where).first
        for _step in range(150):
            self.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                continue
            assert self.page.evaluate("looking.here()") == ""
            if place.evaluate(IS_FOCUSED):
                return
        raise AssertionError(f"the keyboard does not reach {where}")

    def enter_at(self, where):
        self.tab_to(where)
        with self.page.expect_navigation():
            self.press("Enter")

    def types_in(self, where, text):
        self.tab_to(where)
        self.type(text)


@pytest.mark.parametrize("height", [800, 320])
def test_from_signing_in_to_handing_in(browse, ana, height):
    # A window of 320 by 320 is one of 1280 by 1280, enlarged to 400 %.
    page = browse(viewport={"width": 1280 if height == 800 else 320, "height": height})
    keys = Keys(page)
    page.goto("/")
    keys.types_in("[name=login]", ana.user.email)
    keys.types_in("[name=password]", PASSWORD)
    with page.expect_navigation():
        keys.press("Enter")
    keys.enter_at("main a[href$='/uses/register']")
    keys.types_in("#id_name", "Sorting letters")
    keys.types_in("#id_purpose", "Sorts letters by department.")
    keys.types_in("#id_new_system", "Sorter")
    keys.types_in("#id_unit", "Post room")
    keys.enter_at("main .app-actions [type=submit]")
    keys.enter_at("main a[href$='/assessment/']")
    keys.enter_at("main a[href*='/questions/']")
    for _question in range(3):
        answers_one(keys)
    keys.enter_at("main a[href$='/assessment/']")
    keys.enter_at("main a[href$='/assessment/answers']")
    keys.enter_at("form[action$='/submit'] [type=submit]")
    expect(page.locator("[role=status]").first).to_contain_text("Handed in")
    assert Assessment.objects.get().state == "in_review"
    assert Answer.objects.filter(note="typed by keys").count() == 3


def answers_one(keys):
    """One question: an answer by Space, a note, and on with Enter."""
    keys.tab_to("#answer [name=value]")
    keys.press("Space")
    expect(keys.page.locator("[data-say=saved]")).to_be_visible()
    assert keys.page.locator("#answer [name=value]").first.evaluate(IS_FOCUSED)
    keys.types_in("#id_note", "typed by keys")
    keys.enter_at("#answer .app-actions [type=submit]")


def test_the_first_tab_skips_to_the_content(browse, ana):
    page = browse(ana)
    keys = Keys(page)
    page.goto("/uses/")
    keys.press("Tab")
    expect(page.locator(".app-skip-link")).to_be_focused()
    expect(page.locator(".app-skip-link")).to_be_in_viewport()
    keys.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    keys.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_focus_follows_the_order_of_reading(browse, ana):
    page = browse(ana, viewport={"width": 390, "height": 800})
    keys = Keys(page)
    page.goto("/uses/register")
    names = ["#id_name", "#id_purpose", "#id_new_system", "#id_supplier_name", "#id_unit"]
    tops = []
    for name in [*names, "main .app-actions [type=submit]"]:
        keys.tab_to(name)
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert tops == sorted(tops)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_refused_form_says_so_and_leads_to_the_field(browse, ana, language, javascript):
    ana.user.language = language
    ana.user.save()
    page = browse(ana, javascript=javascript)
    page.goto("/uses/register")
    page.locator("main .app-actions [type=submit]").press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith({"en": "Error: ", "de": "Fehler: "}[language])
    expect(page.locator("#id_name")).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()


def test_the_menu_opens_with_enter_and_closes_with_escape_or_behind_one(browse, ana):
    page = browse(ana)
    keys = Keys(page)
    page.goto("/uses/")
    keys.tab_to(".app-account summary")
    keys.press("Enter")
    panel = page.locator(".app-account__panel")
    expect(panel).to_be_visible()
    keys.press("Tab")
    keys.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".app-account summary")).to_be_focused()
    keys.press("Enter")
    keys.tab_to("main a")
    expect(panel).to_be_hidden()


def test_an_answer_that_is_saved_takes_no_focus_away(browse, ana):
    page = browse(ana)
    assessment = an_assessment(ana)
    page.goto(f"/uses/{assessment.use_case_id}/questions/subject_kind/")
    page.locator("#answer [name=value]").first.check()
    link = page.locator("[data-so-far] a").first
    link.focus()
    expect(page.locator("[data-say=saved]")).to_be_visible()
    expect(page.locator("[data-so-far] a").first).to_be_focused()
    expect(page.locator("[data-autosave-status]")).to_have_attribute("role", "status")


def test_a_class_that_changes_is_told(browse, ana):
    page = browse(ana)
    assessment = an_assessment(ana)
    page.goto(f"/uses/{assessment.use_case_id}/questions/subject_kind/")
    page.locator("input[value=model]").check()
    expect(page.locator("[role=status] [data-class]")).to_have_text(re.compile(r"\w"))


def test_a_conflict_takes_the_focus(browse, ana):
    page = browse(ana)
    assessment = an_assessment(ana)
    address = f"/uses/{assessment.use_case_id}/questions/subject_kind/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.locator("#answer [name=value]").first.check()
    expect(other.locator("[data-say=saved]")).to_be_visible()
    page.locator("#id_note").fill("mine")
    page.locator("#answer [name=value]").last.check()
    expect(page.locator("[data-say=conflict]")).to_be_visible()
    page.locator("#answer .app-actions [type=submit]").first.press("Enter")
    expect(page.locator(".app-conflict")).to_be_focused()
