"""How answers, days and citations read in each language."""

from dataclasses import replace
from datetime import date

import pytest

from law.wording import answer_in_words, cites_in_words, day_in_words


@pytest.fixture
def words(catalogue):
    def of(question, value, language):
        return answer_in_words(catalogue.question(question), value, language)

    return of


@pytest.mark.parametrize(
    ("question", "value", "english", "german"),
    [
        ("interacts_with_people", True, "Yes", "Ja"),
        ("interacts_with_people", False, "No", "Nein"),
        ("interacts_with_people", None, "Not known", "Nicht bekannt"),
        ("seat", "third_country", "Outside it", "Außerhalb"),
        ("authority_field", frozenset(), "None of these", "Nichts davon"),
        (
            "authority_field",
            frozenset({"judicial", "law_enforcement"}),
            "Law enforcement; Judicial authority",
            "Strafverfolgung; Justizbehörde",
        ),
        ("placed_on_market_on", date(2026, 3, 3), "3 March 2026", "3. März 2026"),
    ],
)
def test_an_answer_in_words(words, question, value, english, german):
    assert words(question, value, "en") == english
    assert words(question, value, "de") == german


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (1e25, "1 × 10^25", "1 × 10^25"),
        (3.5e24, "3.5 × 10^24", "3,5 × 10^24"),
        (3.333e24, "3.33 × 10^24", "3,33 × 10^24"),
        (10_000_000.0, "1 × 10^7", "1 × 10^7"),
        (0.0, "0", "0"),
        (12.5, "12.5", "12,5"),
        (999_999.0, "999999", "999999"),
    ],
)
def test_a_number_in_words(words, catalogue, value, english, german):
    unit = catalogue.question("training_compute").unit
    ending = f" {unit}" if unit else ""
    assert words("training_compute", value, "en") == english + ending
    assert words("training_compute", value, "de") == german + ending


def test_a_number_without_a_unit_stands_alone(catalogue):
    bare = replace(catalogue.question("training_compute"), unit=None)
    assert answer_in_words(bare, 12.5, "de") == "12,5"


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_has_a_name_in_each_language(month):
    english, german = (day_in_words(date(2027, month, 2), language) for language in ("en", "de"))
    assert english.startswith("2 ")
    assert german.startswith("2. ")
    assert english.endswith(" 2027")
    assert len(english.split()) == len(german.split()) == 3


def test_citations_come_with_their_address():
    (one,) = cites_in_words(("Art 26(7)",), "de")
    assert one["id"] == "Art 26(7)"
    assert one["text"] == "Art. 26 Abs. 7"
    assert one["url"].endswith("/deu#art_26")
