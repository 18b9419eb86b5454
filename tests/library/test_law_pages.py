"""The law to read: every entry has a page, in both languages, and every link on it leads on."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from assessments.law_in_use import catalogue
from law.citing import slug_of
from law.outline import act_outline
from library.law_in_words import duty_page, provision_page, question_page, rule_page

LANGUAGES = ["en", "de"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_told(language):
    entries = catalogue().entries
    with translation.override(language):
        assert all(duty_page(duty)["title"] for duty in entries.duties.values())
        assert all(rule_page(rule)["title"] for rule in entries.rules.values())
        assert all(question_page(row)["text"] for row in entries.questions.values())
        assert all(provision_page(name)["title"] for name in act_outline().places)


def test_a_duty_says_who_when_from_which_day_and_what_it_costs(signed_in, ana):
    page = signed_in(ana).get("/law/duties/AIA-026-7").text
    for words in (
        "Deployer",
        "at the workplace",
        "2 December 2027",
        "EUR 15 million",
        "Notice to the workers",
        "eur-lex.europa.eu/eli/reg/2024/1689",
        "Art 26(7)",
    ):
        assert words in page, words


def test_a_class_says_its_condition(signed_in, ana):
    page = signed_in(ana).get("/law/rules/annex_iii_4_a").text
    assert "All of these:" in page
    assert "/law/rules/hits_annex_iii_4_a" in page


def test_a_question_says_what_depends_on_it(signed_in, ana):
    page = signed_in(ana).get("/law/questions/deployer_circumstances").text
    assert "/law/duties/AIA-026-7" in page
    assert "I don’t know" in page


def test_a_provision_shows_what_rests_on_it_and_its_parts(signed_in, ana):
    page = signed_in(ana).get("/law/provisions/annex-iii-4").text
    assert "/law/provisions/annex-iii-4-a" in page
    assert "/law/rules/annex_iii_4_a" in page
    assert signed_in(ana).get("/law/provisions/ANNEX-III-4").status_code == 200


def test_the_glossary_has_an_anchor_for_each_term(signed_in, ana):
    page = signed_in(ana).get("/law/glossary").text
    anchors = set(re.findall(r' id="(\w+)"', page))
    assert catalogue().entries.glossary.keys() <= anchors


@pytest.mark.parametrize(
    "path",
    ["duties/AIA-999", "rules/x", "questions/%00", "provisions/art-999", "provisions/..",
     "chapters/XIV", "chapters/%27", "duties/" + "x" * 5000],
)  # fmt: skip
def test_what_is_not_there_is_not_found(signed_in, ana, path):
    assert signed_in(ana).get(f"/law/{path}").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_between_these_pages_leads_nowhere(signed_in, ana, language):
    ana.user.language = language
    ana.user.save()
    browser, seen, waiting = signed_in(ana), set(), ["/law/"]
    while waiting and len(seen) < 250:
        path = waiting.pop()
        seen.add(path)
        answer = browser.get(path)
        assert answer.status_code == 200, path
        links = set(re.findall(r'href="(/law/[^"#?]*)', answer.text))
        waiting += sorted(links - seen - set(waiting))


def test_a_page_needs_no_query_of_its_own(signed_in, ana, django_assert_max_num_queries):
    browser = signed_in(ana)
    with django_assert_max_num_queries(4):
        browser.get(reverse("law:provision", args=[slug_of("Art 5")]))


def test_nobody_can_write_here(signed_in, ana):
    assert signed_in(ana).post("/law/").status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_leads_to_each_of_its_articles(signed_in, ana, language):
    ana.user.language = language
    ana.user.save()
    text = signed_in(ana).get(reverse("law:chapter", args=["III"])).text
    targets = re.findall(r'class="app-toc__link" href="#([^"]+)"', text)
    assert len(targets) > 40
    assert all(f'id="{target}"' in text for target in targets)
