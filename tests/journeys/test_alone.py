"""The only member of an organisation records a result, which says that nobody else has seen it."""

import pytest

from tests.assessments.factories import described
from tests.journeys.person import in_words, squeezed

pytestmark = pytest.mark.slow
ANSWERS = described("spam_filter").answers
ON_THE_PAGE = (
    "Not reviewed by a second person: the only member of the organisation recorded this result."
)
IN_THE_REPORT = "Not reviewed by a second person."


@pytest.mark.parametrize(
    ("language", "javascript"), [("en", False), ("de", True)], ids=["en-no scripts", "de-scripts"]
)
def test_page_and_report_say_that_no_second_person_has_reviewed_it(
    founder, stranger, language, javascript
):
    ana = founder(f"Allein {language}", language=language, javascript=javascript)
    ana.gives_roles("officer")
    use = ana.registers_a_use("Filter of unwanted mail", system="Postwall")
    assert len(ana.answers_everything(use, ANSWERS)) <= 15
    ana.opens(use)
    assert ana.page.locator("form[action$='/submit']").count() == 0
    ana.follows("/record")
    ana.signs()
    ana.reads("Minimal")
    ana.reads(ON_THE_PAGE)
    text = ana.asks_for_a_report(language)
    assert squeezed(in_words(IN_THE_REPORT, language)) in text
    stranger.finds_nothing_at(ana.met)
