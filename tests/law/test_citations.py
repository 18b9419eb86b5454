"""One grammar for citations, in the words of either language, and only of provisions that exist."""

import pytest

from law.citations import parse_citation, provision_index
from law.consistency import conditions_of

WORDS = [
    ("Art 50", "Art 50", "Art. 50"),
    ("Art 26(7)", "Art 26(7)", "Art. 26 Abs. 7"),
    ("Art 5(1)(ba)", "Art 5(1)(ba)", "Art. 5 Abs. 1 Buchst. ba"),
    ("Art 5(1)(h)(iii)", "Art 5(1)(h)(iii)", "Art. 5 Abs. 1 Buchst. h Ziff. iii"),
    ("Art 75(2a)(b)", "Art 75(2a)(b)", "Art. 75 Abs. 2a Buchst. b"),
    ("Art 3(14a)", "Art 3(14a)", "Art. 3 Nr. 14a"),
    ("Art 3(49)(c)", "Art 3(49)(c)", "Art. 3 Nr. 49 Buchst. c"),
    ("Art 16(i)", "Art 16(i)", "Art. 16 Buchst. i"),
    ("Art 113(c)(ii)", "Art 113(c)(ii)", "Art. 113 Buchst. c Ziff. ii"),
    ("Annex X", "Annex X", "Anhang X"),
    ("Annex III(4)(a)", "Annex III point 4(a)", "Anhang III Nr. 4 Buchst. a"),
    ("Annex VII(3.1)(b)", "Annex VII point 3.1(b)", "Anhang VII Nr. 3.1 Buchst. b"),
    ("Annex VIII(B)(6)", "Annex VIII Section B point 6", "Anhang VIII Abschnitt B Nr. 6"),
    ("Annex XI(2)", "Annex XI Section 2", "Anhang XI Abschnitt 2"),
    (
        "Annex XI(1)(1)(d)",
        "Annex XI Section 1 point 1(d)",
        "Anhang XI Abschnitt 1 Nr. 1 Buchst. d",
    ),
    ("Annex XIII(f)", "Annex XIII point f", "Anhang XIII Buchst. f"),
]


@pytest.mark.parametrize(("cite", "english", "german"), WORDS)
def test_a_citation_reads_as_people_write_it(cite, english, german):
    citation = parse_citation(cite)
    assert str(citation) == cite
    assert (citation.in_words(), citation.in_words("de")) == (english, german)


@pytest.mark.parametrize(
    "text",
    ["", "Art", "Article 5", "art 5", "Art. 5", "Art 5.1", "Art 5 (1)", "Art 5(1", "Art 5()",
     "Art 5(1)(“68)", "Annex 3", "Anhang III", "Art 5(1) ", "Art 5\n", "Art  5", "Recital 12"],
)  # fmt: skip
def test_other_spellings_are_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"is not a citation; write it like 'Art 26\(7\)'"):
        parse_citation(text)


def test_the_address_leads_to_the_article_or_annex_in_the_language():
    consolidated = "https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27"
    assert parse_citation("Art 5(1)(a)").url() == f"{consolidated}/eng#art_5"
    assert parse_citation("Annex III(4)").url("de") == f"{consolidated}/deu#anx_III"


def test_every_provision_of_the_index_is_said_in_full_in_both_languages():
    short = []
    for provision in provision_index().provisions:
        citation = parse_citation(provision)
        for language in ("en", "de"):
            words = citation.in_words(language)
            if not all(part in words for part in (citation.number, *citation.path)):
                short.append((provision, words))
    assert not short


def test_no_two_provisions_read_alike():
    provisions = provision_index().provisions
    for language in ("en", "de"):
        assert len({parse_citation(p).in_words(language) for p in provisions}) == len(provisions)


def test_the_index_knows_the_titles():
    index = provision_index()
    assert "Art 5(1)(ba)" in index
    assert "Art 5(1)(zz)" not in index
    assert index.title(parse_citation("Art 26(7)")) == index.titles["Art 26"]


def test_every_citation_of_the_catalogue_exists(catalogue):
    entries, index = catalogue.entries, provision_index()
    groups = (
        entries.questions, entries.rules, entries.readings, entries.duties,
        entries.transitions, entries.milestones, entries.fines, entries.glossary,
    )  # fmt: skip
    cites = {
        (entry.id, cite) for group in groups for entry in group.values() for cite in entry.cite
    }
    assert len(cites) > 500
    assert not {(owner, cite) for owner, cite in cites if cite not in index}
    assert len(list(conditions_of(entries))) > 400
