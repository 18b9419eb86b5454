"""People cite the Act in many ways; each leads to the one provision."""

import pytest

from law.citing import provision_of, provisions_meant, slug_of
from law.outline import act_outline

SPELLINGS = {
    "Art 26(7)": ["26(7)", "art 26(7)", "Art. 26 Abs. 7", "Artikel 26 Absatz 7", "26 para 7",
                  "Article 26 paragraph 7", "  ART.26,ABS.7 ", "26 7"],
    "Art 5(1)(ba)": ["5(1)(ba)", "Art. 5 Abs. 1 Buchst. ba", "article 5(1), point (ba)"],
    "Art 3(63)": ["Art. 3 Nr. 63", "3(63)"],
    "Art 4a": ["4a", "Artikel 4a"],
    "Art 6(1a)": ["6(1a)", "Art. 6 Abs. 1a"],
    "Annex III": ["Annex III", "Anhang III", "anhang iii"],
    "Annex III(4)(a)": ["Annex III(4)(a)", "Annex III point 4(a)", "Anhang III Nr. 4 Buchst. a"],
    "Annex VIII(B)(6)": ["Annex VIII section B point 6", "Anhang VIII Abschnitt B Nr. 6"],
    "Annex XI(1)(1)(d)": ["Annex XI(1)(1)(d)"],
}  # fmt: skip
NO_CITATIONS = ["", "   ", "III", "article", "chatbot", "2027", "10 AI tools", "AIA-026-7",
                "26(7) and 27(1) and 28", "art", "().*", "Art \x00", "۲۶"]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"), [(text, name) for name, texts in SPELLINGS.items() for text in texts]
)
def test_a_provision_is_found_however_it_is_written(written, meant):
    assert provisions_meant(written)[0] == meant


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_other_words_cite_nothing(text):
    assert provisions_meant(text) == ()


def test_a_point_that_does_not_exist_leads_to_what_is_above_it():
    assert provisions_meant("26(7)(a)") == ("Art 26(7)",)
    assert provisions_meant("Art 999") == ()


def test_what_lies_below_comes_along():
    assert provisions_meant("Annex III")[:3] == ("Annex III", "Annex III(1)", "Annex III(1)(a)")
    assert "Art 26(7)" not in provisions_meant("Art 2")


def test_each_provision_has_an_address_of_its_own():
    provisions = act_outline().places
    slugs = {slug_of(name): name for name in provisions}
    assert len(slugs) == len(provisions)
    assert all(provision_of(slug) == name for slug, name in slugs.items())
    assert provision_of("art-26-99") is None
    assert provision_of("") is None


def test_every_heading_has_a_chapter_and_both_languages():
    outline = act_outline()
    for heading in outline.headings.values():
        assert heading.chapter in outline.chapters
        assert heading.title.en
        assert heading.title.de
        assert heading.provisions[0] == heading.citation


def test_the_provisions_one_level_deeper_are_in_order():
    assert act_outline().below("Annex III(4)") == ("Annex III(4)(a)", "Annex III(4)(b)")
    assert act_outline().below("Art 26(7)") == ()
