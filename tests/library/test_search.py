"""Search over the organisation's register and the law."""

import pytest
from django.utils import translation

from tests.assessments.factories import a_full_assessment, an_assessment, register_rows
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)

HOSTILE = [
    "%", "_", "\\", "'", '"', "(.*)+$", "[[[", "' OR 1=1 --", "<script>alert(1)</script>",
    "a\x00b", "\x00", "x" * 10_000, "a " * 5_000, "ä " * 200, "🦊", "\u202e", "{{ 7|add:7 }}",
    "\r\nSet-Cookie: a=b",
]  # fmt: skip


def found(browser, text, **more):
    response = browser.get("/search/", {"q": text} | more)
    assert response.status_code == 200
    return response


def titles(response, kind):
    groups = {group["kind"]: group for group in response.context["groups"]}
    return [entry["title"] for entry in groups[kind]["entries"]] if kind in groups else []


@pytest.fixture
def register(ana):
    """One row of each kind with the same rare word in it."""
    own = {"organisation": ana.organisation}
    supplier = SupplierFactory(**own, name="Zephyr Werke")
    system = AISystemFactory(**own, name="ZephyrRank", version="2", supplier=supplier)
    AIModelFactory(**own, name="zephyr-7b", provider=supplier)
    an_assessment(ana, system=system, name="Sorting with zephyr")


def test_every_kind_of_row_is_found(signed_in, ana, register):
    page = found(signed_in(ana), "zephyr")
    assert titles(page, "use") == ["Sorting with zephyr"]
    assert titles(page, "system") == ["ZephyrRank 2"]
    assert titles(page, "model")[0].startswith("zephyr-7b")
    assert titles(page, "supplier") == ["Zephyr Werke"]


def test_each_result_leads_to_its_page(signed_in, ana, register):
    browser = signed_in(ana)
    for group in found(browser, "zephyr").context["groups"]:
        for entry in group["entries"]:
            assert browser.get(entry["url"].partition("#")[0]).status_code == 200, entry


def test_another_organisation_is_never_found(signed_in, carla, register):
    page = found(signed_in(carla), "zephyr")
    assert page.context["groups"] == []
    assert "ZephyrRank" not in page.text


def test_umlauts_are_found_in_small_and_capital_letters(signed_in, ana):
    UseCaseFactory(organisation=ana.organisation, name="Prüfung der Anträge")
    for words in ("PRÜFUNG", "prüfung", "anträge prüfung"):
        assert titles(found(signed_in(ana), words), "use") == ["Prüfung der Anträge"]


def test_percent_and_underscore_are_plain_signs(signed_in, ana):
    UseCaseFactory(organisation=ana.organisation, name="Discount of 5% for all")
    UseCaseFactory(organisation=ana.organisation, name="Something else")
    assert titles(found(signed_in(ana), "5%"), "use") == ["Discount of 5% for all"]
    assert titles(found(signed_in(ana), "_"), "use") == []


def test_what_is_named_so_comes_before_what_mentions_it(signed_in, ana):
    own = {"organisation": ana.organisation}
    UseCaseFactory(**own, name="Alpha", purpose="Answers mail about parking")
    UseCaseFactory(**own, name="Parking")
    assert titles(found(signed_in(ana), "parking"), "use") == ["Parking", "Alpha"]


def test_ten_of_many_are_shown_with_the_way_to_all(signed_in, ana):
    register_rows(ana, 12, name="Parking {}")
    page = found(signed_in(ana), "parking")
    assert len(titles(page, "use")) == 10
    group = page.context["groups"][0]
    assert group["all_url"] == "/uses/?q=parking"
    assert signed_in(ana).get(group["all_url"]).status_code == 200


def test_a_use_shows_its_class(signed_in, ana):
    a_full_assessment(ana, name="Sorting applicants")
    page = found(signed_in(ana), "sorting applicants")
    assert page.context["groups"][0]["entries"][0]["tier"] == "high_risk_annex_iii"


@pytest.mark.parametrize("text", ["26(7)", "Art. 26 Abs. 7", "article 26 paragraph 7"])
def test_a_provision_leads_to_what_rests_on_it(signed_in, ana, text):
    page = found(signed_in(ana), text)
    assert page.context["groups"][0]["kind"] == "provision"
    assert "/law/provisions/art-26-7" in page.text
    assert "/law/duties/AIA-026-7" in page.text


def test_german_words_find_in_the_english_pages_too(signed_in, ana):
    assert "/law/duties/AIA-026-7" in found(signed_in(ana), "Beschäftigte informieren").text


def test_the_page_speaks_german(signed_in, ana):
    ana.user.language = "de"
    ana.user.save()
    with translation.override("de"):
        page = found(signed_in(ana), "26(7)").text
    assert "Art. 26 Abs. 7" in page
    assert "Beschäftigte und ihre Vertretung" in page


def test_one_kind_can_be_listed_whole(signed_in, ana):
    some = found(signed_in(ana), "provider")
    every = found(signed_in(ana), "provider", kind="duty")
    assert len(titles(some, "duty")) == 10
    assert len(titles(every, "duty")) > 10
    assert [group["kind"] for group in every.context["groups"]] == ["duty"]


def test_a_kind_that_does_not_exist_counts_as_not_given(signed_in, ana, register):
    assert titles(found(signed_in(ana), "zephyr", kind="<b>"), "use")


def test_nothing_asked_teaches_what_can_be_found(signed_in, ana):
    assert "What you can look for" in found(signed_in(ana), "  ").text


def test_nothing_found_says_what_to_try(signed_in, ana):
    assert "Nothing found for" in found(signed_in(ana), "qqzzqq").text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_breaks_the_page(signed_in, ana, register, text):
    page = found(signed_in(ana), text)
    assert "<script>alert" not in page.text


def test_a_parameter_given_twice_does_no_harm(signed_in, ana):
    assert signed_in(ana).get("/search/?q=a&q=%ff%fe").status_code == 200


def test_a_search_costs_the_same_in_a_long_register(signed_in, ana, django_assert_max_num_queries):
    register_rows(ana, 30, name="Parking {}")
    browser = signed_in(ana)
    found(browser, "parking")
    with django_assert_max_num_queries(10):
        found(browser, "parking")


def test_somebody_without_an_organisation_chooses_one_first(signed_in, ana):
    ana.delete()
    assert signed_in(ana).get("/search/?q=x").status_code == 302
