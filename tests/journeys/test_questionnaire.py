"""The questionnaire in a browser: by mouse, by keyboard, without scripts, in two tabs, offline."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Answer
from assessments.services import save_answer
from tests.accounts.factories import PASSWORD
from tests.assessments.factories import a_full_assessment, an_assessment

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = "A system or product and one use of it"
MODEL = "A model that others receive on its own"


def address(assessment, question_id="subject_kind"):
    return reverse("assessments:question", args=[assessment.use_case_id, question_id])


def tasks(assessment):
    return reverse("assessments:assessment-tasks", args=[assessment.use_case_id])


def opened(page, assessment, question_id="subject_kind"):
    page.goto(address(assessment, question_id))
    return page


def go_on(page):
    page.get_by_role("button", name="Save and continue").click()


def is_at(page, assessment, question_id):
    expect(page).to_have_url(re.compile(re.escape(address(assessment, question_id)) + "$"))


def stored(question_id="subject_kind"):
    return Answer.objects.filter(question_id=question_id).first()


def is_saved(page):
    expect(page.locator("[data-say=saved]")).to_be_visible()


def below_the_top(element):
    return element.evaluate("element => element.getBoundingClientRect().top + scrollY")


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in(page, member):
    page.locator("[name=login]").fill(member.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_from_the_list_through_questions_to_all_answers(browse, ana, javascript):
    assessment = an_assessment(ana)
    page = browse(ana, javascript=javascript)
    page.goto(tasks(assessment))
    page.get_by_role("link", name="Start with the first question").click()
    page.get_by_label(SYSTEM).check()
    go_on(page)
    is_at(page, assessment, "output_basis")
    page.get_by_label("I don’t know").check()
    page.get_by_label("Note").fill("The supplier knows.")
    go_on(page)
    is_at(page, assessment, "works_with_some_autonomy")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Save and return to the list").click()
    expect(page.get_by_text("1 answer is not known yet")).to_be_visible()
    page.get_by_role("link", name="Check your answers").click()
    expect(page.get_by_text("The supplier knows.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Change.*What do you want to assess")).click()
    page.get_by_label(MODEL).check()
    go_on(page)
    expect(page.get_by_role("heading", name="What your answer changed")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_nothing_chosen_is_told_and_the_note_stays(browse, ana, javascript):
    page = opened(browse(ana, javascript=javascript), an_assessment(ana))
    page.get_by_label("Note").fill("my note")
    go_on(page)
    expect(page.get_by_role("link", name=re.compile("Choose an answer"))).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("my note")


def test_a_walk_by_keyboard_alone(browse, ana):
    assessment = an_assessment(ana)
    page = opened(browse(ana), assessment)
    page.locator("#id_value").focus()
    page.keyboard.press("Space")
    is_saved(page)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("typed")
    page.get_by_role("button", name="Save and continue").press("Enter")
    is_at(page, assessment, "output_basis")
    assert stored().note == "typed"


# --- Saved by itself -----------------------------------------------------------------------------


def test_an_answer_is_saved_by_itself_with_the_result_so_far(browse, ana):
    assessment = an_assessment(ana)
    page = opened(browse(ana), assessment)
    expect(page.get_by_text("0 of")).to_be_visible()
    page.get_by_label(SYSTEM).check()
    is_saved(page)
    expect(page.get_by_text("1 of")).to_be_visible()
    assert stored().value == "system"
    page.get_by_label("Note").fill("more")
    page.get_by_label(MODEL).check()
    expect(page.locator("[name=version]")).to_have_value(re.compile("[23]"))
    is_saved(page)
    page.reload()
    expect(page.get_by_label(MODEL)).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("more")


def test_going_on_at_once_does_not_meet_ones_own_save(browse, ana):
    assessment = an_assessment(ana)
    page = opened(browse(ana), assessment)
    page.get_by_label(SYSTEM).check()
    page.get_by_label("Note").fill("quick")
    go_on(page)
    is_at(page, assessment, "output_basis")
    assert stored().note == "quick"


def test_none_of_these_clears_the_others(browse, ana):
    page = opened(browse(ana), an_assessment(ana), "use_areas")
    page.locator("input[value=employment]").check()
    page.locator("input[value=none]").check()
    expect(page.locator("input[value=employment]")).not_to_be_checked()
    is_saved(page)
    page.locator("input[value=education]").check()
    expect(page.locator("input[value=none]")).not_to_be_checked()
    go_on(page)
    expect(page).not_to_have_url(re.compile("use_areas/$"))
    assert stored("use_areas").value == ["education"]


def test_without_a_connection_the_text_stays_and_is_saved_later(browse, ana):
    assessment = an_assessment(ana)
    page = opened(browse(ana), assessment)
    page.context.set_offline(True)
    page.get_by_label(SYSTEM).check()
    page.get_by_label("Note").fill("typed offline")
    expect(page.locator("[data-say=offline]")).to_be_visible()
    assert stored() is None
    page.context.set_offline(False)
    is_saved(page)
    expect(page.get_by_label("Note")).to_have_value("typed offline")
    assert stored().value == "system"


def test_after_a_lost_session_the_page_saves_once_one_has_signed_in(browse, ana):
    assessment = an_assessment(ana)
    page = opened(browse(ana), assessment)
    end_session(page)
    page.get_by_label(SYSTEM).check()
    line = page.locator("[data-say=signed-out]")
    expect(line).to_be_visible()
    with page.context.expect_page() as other:
        line.get_by_role("link").click()
    sign_in(other.value, ana)
    expect(other.value).not_to_have_url(re.compile("login"))
    other.value.close()
    page.bring_to_front()
    page.get_by_label("Note").fill("still here")
    page.get_by_label("Note").blur()
    is_saved(page)
    assert stored().note == "still here"
    assert stored().value == "system"


def test_without_scripts_a_lost_session_keeps_the_answer(browse, ana):
    assessment = an_assessment(ana)
    page = browse(javascript=False)
    page.goto(address(assessment))
    sign_in(page, ana)
    page.get_by_label(SYSTEM).check()
    page.get_by_label("Note").fill("kept over")
    end_session(page)
    go_on(page)
    sign_in(page, ana)
    expect(page.get_by_text("kept over")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    is_at(page, assessment, "output_basis")
    assert stored().note == "kept over"


# --- Two at once ---------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_second_tab_gets_both_texts(browse, ana, javascript):
    assessment = an_assessment(ana)
    page = opened(browse(ana, javascript=javascript), assessment)
    save_answer(
        assessment=assessment, question_id="subject_kind", version=0, value="model",
        note="from the other tab", asked=None, by=ana.user,
    )  # fmt: skip
    page.get_by_label("Note").fill("from this tab")
    page.get_by_label("I don’t know").check()
    if javascript:
        expect(page.locator("[data-say=conflict]")).to_be_visible()
    go_on(page)
    expect(page.get_by_role("heading", name="Somebody else changed this answer")).to_be_visible()
    expect(page.get_by_text("from the other tab")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("from this tab")
    expect(page.get_by_label("I don’t know")).to_be_checked()
    page.get_by_label("Note").fill("both")
    page.get_by_role("button", name="Save mine").first.click()
    expect(page).not_to_have_url(re.compile("subject_kind/$"))
    assert (stored().value, stored().note) == (None, "both")


def test_an_edit_says_at_once_what_it_changed(browse, ana):
    assessment = a_full_assessment(ana)
    page = opened(browse(ana), assessment, "use_areas")
    button = page.get_by_role("button", name="Save and continue")
    place = below_the_top(button)
    page.get_by_label("None of these").check()
    line = page.locator("[data-change]")
    expect(line).to_contain_text("Your edit:")
    expect(line).to_contain_text("duties fewer")
    assert below_the_top(button) == place
    page.get_by_label("Hiring, managing or engaging people").check()
    expect(line).to_be_empty()
    is_saved(page)


def test_an_answer_saved_under_a_press_of_the_button_does_not_take_the_press_away(browse, ana):
    """What the save has to tell would move the button from under the pointer."""
    assessment = a_full_assessment(ana)
    page = opened(browse(ana), assessment, "use_areas")
    held = []
    page.route("**/questions/use_areas/", lambda route: held.append(route), times=1)
    page.get_by_label("None of these").check()
    expect(page.locator("[data-say=saving]")).to_be_visible()
    button = page.get_by_role("button", name="Save and continue")
    button.hover()
    page.mouse.down()
    with page.expect_response("**/questions/use_areas/"):
        held.pop().continue_()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(page.locator("[data-change]")).to_be_empty()
    page.mouse.up()
    expect(page.get_by_role("heading", name="What your answer changed")).to_be_visible()
