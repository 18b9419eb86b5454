"""Search over the catalogue: both languages, any case, any umlaut, and nothing that breaks it."""

import time

import pytest

from law import load
from law.browsing import LawIndex
from law.searching import LawSearch

HOSTILE = [
    "", " ", "%", "_", "\\", "(.*)+$", "[[[", "' OR 1=1 --", "<script>alert(1)</script>", "\x00",
    "\ud800", "x" * 10_000, "a " * 5_000, "🦊", "İ", "ß" * 300, "e\u0301", "\u202e26(7)",
]  # fmt: skip


@pytest.fixture(scope="module")
def search():
    return LawSearch(LawIndex(load()))


def ids(found, kind):
    return [entry.id for entry in found[kind].entries] if kind in found else []


@pytest.mark.parametrize("words", ["inform workers", "Beschäftigte informieren"])
def test_a_duty_is_found_in_both_languages(search, words):
    assert "AIA-026-7" in ids(search.find(words), "duty")


@pytest.mark.parametrize("words", ["PRÜFUNG", "prüfung", "pruefung", "prufung", "Pru\u0308fung"])
def test_case_and_umlauts_make_no_difference(search, words):
    assert search.find(words) == search.find("Prüfung")
    assert search.find(words)["duty"].total


def test_sharp_s_may_be_written_as_two(search):
    assert search.find("gemäß") == search.find("GEMÄSS")


def test_a_word_inside_a_german_compound_is_found(search):
    assert "emotion_recognition_system" in ids(search.find("Erkennungssystem"), "term")


def test_the_plural_finds_the_singular(search):
    assert set(ids(search.find("chatbots"), "question")) >= set(
        ids(search.find("chatbot"), "question")
    )


def test_a_title_comes_before_a_mention(search):
    assert ids(search.find("human oversight"), "provision")[0] == "Art 14"
    assert ids(search.find("Deepfake"), "term")[0] == "deep_fake"


def test_a_citation_finds_the_provision_and_what_cites_it(search):
    found = search.find("Art. 26 Abs. 7")
    assert ids(found, "provision") == ["Art 26(7)"]
    assert ids(found, "duty") == ["AIA-026-7"]


def test_the_id_of_a_duty_finds_it(search):
    assert ids(search.find("aia-026-7"), "duty")[0] == "AIA-026-7"


def test_an_unknown_word_beside_known_ones_does_not_empty_the_list(search):
    assert search.find("chatbot zzzzz")["question"].total
    assert search.find("chatbot zzzzz qqqqq vvvvv") == {}


def test_no_more_than_asked_for_are_listed_but_all_are_counted(search):
    found = search.find("provider", most=3)["duty"]
    assert len(found.entries) == 3
    assert found.total > 3


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_breaks_it(search, text):
    search.find(text)


def test_it_answers_at_once(search):
    search.find("warm")
    start = time.perf_counter()
    for text in ("risk", "26(7)", "die KI erkennt Gefühle von Beschäftigten am Arbeitsplatz"):
        search.find(text)
    # Twenty milliseconds are promised for one; a busy machine gets some room.
    assert (time.perf_counter() - start) / 3 < 0.02 * 3
