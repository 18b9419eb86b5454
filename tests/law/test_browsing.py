"""The catalogue as it is read: what cites a provision, what a condition says."""

import pytest

from law import load
from law.browsing import LawIndex
from law.conditions_in_words import condition_in_words
from law.entries import LANGUAGES


@pytest.fixture(scope="module")
def catalogue():
    return load()


@pytest.fixture(scope="module")
def index(catalogue):
    return LawIndex(catalogue)


def lines(said):
    if said["kind"] == "line":
        yield said
    for part in said.get("parts", ()):
        yield from lines(part)


def test_every_entry_is_found_at_each_provision_it_cites(index):
    for entry in index.entries:
        assert entry.cite, entry.id
        for cite in entry.cite:
            assert entry in index.citing(cite)


def test_an_article_gathers_what_cites_its_paragraphs(index):
    within = index.citing_within("Art 26")
    assert set(index.citing("Art 26(7)")) < set(within)
    assert len(within) == len(set(within))


def test_each_duty_and_outcome_stands_in_one_chapter(index):
    for kind in ("duty", "outcome"):
        listed = [entry.id for rows in index.by_chapter(kind).values() for entry in rows]
        assert sorted(listed) == sorted(e.id for e in index.entries if e.kind == kind)


def test_what_reads_a_question_is_known(index):
    readers = {entry.id for entry in index.readers_of("deployer_circumstances")}
    assert "AIA-026-7" in readers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_can_be_said(catalogue, language):
    entries = catalogue.entries
    for entry in (*entries.rules.values(), *entries.duties.values()):
        said = list(lines(condition_in_words(catalogue, entry.when, language)))
        assert said, entry.id
        assert all(line["text"].strip(" –") for line in said), entry.id


def test_a_denied_statement_is_said_as_denied(catalogue):
    said = [
        line["text"]
        for rule in catalogue.entries.rules.values()
        for line in lines(condition_in_words(catalogue, rule.when, "en"))
    ]
    assert any(text.startswith("Not the case:") for text in said)
    assert any(text.endswith("– No") for text in said)
    assert any("more than 1 × 10^25" in text for text in said)


def test_an_option_is_said_with_its_question(catalogue):
    said = condition_in_words(catalogue, catalogue.duty("AIA-026-7").when, "en")
    assert said["kind"] == "all"
    assert said["parts"][1]["entry"] == "question"
    assert "workplace" in said["parts"][1]["text"]
