"""Two people of one organisation bring a use to a decision; a stranger sees nothing of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.assessments.factories import described
from tests.journeys.person import in_words, squeezed

pytestmark = pytest.mark.slow
ANSWERS = described("customer_chatbot").answers
USE, SYSTEM = "Chat in the shop", "Bruno"
A_YEAR_ON = timezone.localdate() + timedelta(days=365)
CHANGES = "Please ask the shop who reads it."
NOTE = "The shop sells to adults only."
DISSENT = "Nobody takes a drawn badger for a person."
APPROVAL = "Seen in the shop on Tuesday."
CONDITIONS = "Only while the chat is switched off."


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_from_the_first_sign_in_to_the_report_and_a_second_assessment(
    founder, somebody, stranger, language, javascript
):
    browser = {"language": language, "javascript": javascript}
    ana = founder(f"Brunsbeck {language} {javascript}", **browser)
    ana.gives_roles("officer", "approver")
    ben = somebody("Ben", **browser)
    ben.joins(ana.invites(ben, "reviewer", "approver"))

    use = ana.registers_a_use(USE, system=SYSTEM)
    asked = ana.answers_everything(use, ANSWERS)
    assert 15 <= len(asked) <= 25
    ana.opens(use)
    ana.sees(USE, SYSTEM)
    ana.reads("Transparency")
    ana.follows("/disagree")
    ana.sends(reason=DISSENT)
    ana.sees(DISSENT)
    ana.posts("/submit")

    the_author_cannot_approve(ana, use)
    stranger.finds_nothing_at(ana.met)
    ben.opens(use)
    ben.sees(DISSENT)
    ben.follows("/review/")
    ben.posts("/review/changes", reason=CHANGES)

    ana.opens(use)
    ana.sees(CHANGES)
    ana.changes_an_answer(use, "vulnerable_audience", False, note=NOTE)
    ana.opens(use)
    ana.posts("/submit")
    ben.opens(f"{use}review/")
    ben.reads("What changed since a second person last had it")
    ben.signs("/review/decision", outcome=["approved"], reason=APPROVAL)
    ben.sees(APPROVAL)

    ana.opens(use)
    the_report_tells_it_all(ana.asks_for_a_report(language), language)
    assert [path for _method, path in ana.met if path.endswith("/download")]
    a_second_assessment_leaves_the_first_as_it_was(ana, ben, use)
    stranger.finds_nothing_at(ana.met | ben.met)


def the_author_cannot_approve(ana, use):
    """No page offers it to her, and what she sends without a page is refused."""
    ana.opens(f"{use}review/")
    assert ana.page.locator("form[action$='/review/decision']").count() == 0
    ana.confirms_the_password()
    ana.opens(use)
    waiting = ana.page.locator(f"form[action='{use}take-back']")
    revision = waiting.locator("[name=revision]").input_value()
    forged = {"revision": revision, "outcome": "approved", "valid_until": A_YEAR_ON.isoformat()}
    answer = ana.tries("POST", f"{use}review/decision", **forged)
    assert answer.status == 200
    assert 'role="alert"' in answer.text()
    assert ana.tries("POST", f"{use}record", **forged).status == 403
    ana.opens(use)
    assert waiting.count() == 1


def the_report_tells_it_all(text, language):
    """Whose text it is, in the reader's language, without what only the other one says."""
    title = "EU AI Act readiness assessment report"
    ours = (title, "Transparency duties", "Decision", "Dissent")
    told = (USE, SYSTEM, CHANGES, NOTE, DISSENT, APPROVAL, "Ana", "Ben")
    told += tuple(in_words(words, language) for words in ours)
    assert [words for words in told if squeezed(words) not in text] == []
    assert squeezed(in_words(title, {"en": "de", "de": "en"}[language])) not in text


def a_second_assessment_leaves_the_first_as_it_was(ana, ben, use):
    """While the new one is answered and judged, and after it has taken the place of the first."""
    ana.opens(use)
    told = what_the_result_says(ana)
    ana.posts("/reassess")
    draft = ana.path
    first = ana.page.locator(".app-life a[href*='/assessments/']").get_attribute("href")
    assert len({use, draft, first}) == 3
    ana.changes_an_answer(use, "interacts_with_people", False)
    ana.opens(draft)
    ana.posts("/submit")
    for path in (use, first):
        ana.opens(path)
        ana.sees(APPROVAL)
        assert what_the_result_says(ana) == told
    ben.opens(draft)
    ben.follows("/review/")
    ben.signs("/review/decision", outcome=["approved_with_conditions"], conditions=CONDITIONS)
    ben.opens(use)
    ben.sees(CONDITIONS)
    ben.reads("Minimal")
    ben.opens(first)
    ben.sees(APPROVAL)
    ben.reads("A later assessment has replaced this one. It is kept as it was.")
    assert what_the_result_says(ben) == told


def what_the_result_says(person):
    """The class with its reasons and duties, as they stand on the present page."""
    parts = ("main h1", "section[aria-labelledby=because]", "section[aria-labelledby=duties]")
    return [person.page.locator(part).inner_text() for part in parts]
