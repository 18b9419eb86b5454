import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from models_registry.comparison.chooser import WORKED_EXAMPLE, comparison_address
from models_registry.comparison.chosen import NotHereError, chosen_models, keys_in
from models_registry.comparison.pages import comparison_page
from tests.models_registry.factories import AIModelFactory
from tests.models_registry.test_knowledge import finished_run

pytestmark = pytest.mark.django_db


def text_of(response):
    return unescape(response.content.decode())


def page_of(ana, *keys, **options):
    return comparison_page(chosen_models(ana, keys), **{"differences_only": False} | options)


def rows_of(page, section):
    found = next(one for one in page["sections"] if one["id"] == section)
    return {row["label"]: row for group in found["groups"] for row in group["rows"]}


def test_the_worked_example_is_two_clicks_from_the_list(signed_in, ana):
    browser = signed_in(ana)
    listed = text_of(browser.get("/models/"))
    address = comparison_address(WORKED_EXAMPLE)
    assert address in listed
    shown = text_of(browser.get(address))
    for words in ("Kimi K2 Thinking", "GPT-5", "Apertus 70B Instruct", "contested", "Open weights"):
        assert words in shown
    assert "Closed" in shown


def test_open_and_closed_differ_in_what_can_be_verified(ana):
    glance = rows_of(page_of(ana, "kimi-k2-thinking", "gpt-5"), "glance")
    kimi, gpt = glance["Evidence that can be had at best"]["cells"]
    assert kimi["bar"]["verified"] > gpt["bar"]["verified"]
    assert kimi["bar"].get("none", 0) < gpt["bar"]["none"]


def test_completeness_and_assurance_are_two_figures(ana):
    model = AIModelFactory(organisation=ana.organisation, access="open_weights", name="Nord")
    finished_run(model)
    glance = rows_of(page_of(ana, str(model.pk), "gpt-5"), "glance")
    complete, assured = (glance[name]["cells"][0] for name in ("Completeness", "Assurance"))
    assert 0 < assured["figure"] <= complete["figure"]
    assert glance["Completeness"]["cells"][1]["figure"] == 0


def test_each_value_says_where_it_comes_from_and_how_strong_it_is(ana):
    model = AIModelFactory(organisation=ana.organisation, access="open_weights")
    finished_run(model)
    facts = rows_of(page_of(ana, str(model.pk), "kimi-k2-thinking"), "facts")
    own, starter = facts["Parameters"]["cells"]
    assert (own["strength"], own["source"]) == ("verified", "check W02")
    assert (starter["strength"], starter["text"]) == ("asserted", "1,000 billion")
    assert starter["source"] == "starter catalogue"


def test_only_differences_are_shown_where_asked_for(ana):
    page = page_of(ana, "qwen3-8b", "qwen3-32b", differences_only=True)
    rows = [row for one in page["sections"] for group in one["groups"] for row in group["rows"]]
    assert rows
    assert all(row["differs"] for row in rows)
    assert page["hidden"] > 0


def test_the_address_keeps_the_choice(signed_in, ana):
    shown = text_of(signed_in(ana).get(comparison_address(["phi-4", "gpt-5"])))
    assert "/models/compare?m=phi-4&m=gpt-5&differences=1" in shown


@pytest.mark.parametrize("query", ["", "?m=phi-4", "?m=phi-4&m=phi-4", "?m=phi-4&m=gpt-5&choose=1"])
def test_fewer_than_two_are_still_to_be_chosen(query, signed_in, ana):
    shown = text_of(signed_in(ana).get(f"/models/compare{query}"))
    assert "Choose models to compare" in shown


def test_more_than_six_cannot_stand_beside_each_other(signed_in, ana):
    rows = AIModelFactory.create_batch(7, organisation=ana.organisation)
    shown = text_of(signed_in(ana).get(comparison_address([str(row.pk) for row in rows])))
    assert "At most 6 can stand beside each other" in shown
    assert len(re.findall(r'value="[^"]+" checked', shown)) == 7


def test_the_search_keeps_what_is_chosen(signed_in, ana):
    AIModelFactory(organisation=ana.organisation, name="Skald")
    shown = text_of(signed_in(ana).get("/models/compare?choose=1&m=phi-4&q=skald"))
    assert re.search(r'value="phi-4" checked', shown)
    assert "Skald" in shown
    assert "Gemma" not in shown


@pytest.mark.parametrize("key", ["no-such-model", "../etc", "<script>", "0" * 400])
def test_what_names_nothing_is_not_found(key, signed_in, ana):
    response = signed_in(ana).get("/models/compare", {"m": [key, "phi-4"]})
    assert response.status_code == 404


def test_a_model_of_others_is_not_found(signed_in, ana, carla):
    theirs = AIModelFactory(organisation=carla.organisation, name="Geheim")
    for key in (str(theirs.pk), str(uuid4())):
        response = signed_in(ana).get("/models/compare", {"m": [key, "phi-4"]})
        assert response.status_code == 404
        assert b"Geheim" not in response.content
    with pytest.raises(NotHereError):
        chosen_models(ana, [str(theirs.pk)])


def test_a_retired_model_can_still_be_looked_at(signed_in, ana):
    model = AIModelFactory(
        organisation=ana.organisation, name="Alt", retired_at="2026-01-01T00:00Z"
    )
    assert signed_in(ana).get(comparison_address([str(model.pk), "phi-4"])).status_code == 200


def test_what_people_wrote_stays_text(signed_in, ana):
    model = AIModelFactory(organisation=ana.organisation, name="<b>bold</b>")
    body = signed_in(ana).get(comparison_address([str(model.pk), "phi-4"])).content.decode()
    assert "<b>bold" not in body


def test_keys_are_taken_once_and_not_without_end():
    assert keys_in(["a", " a ", "", "b"]) == ["a", "b"]
    assert len(keys_in(map(str, range(1000)))) < 30


def test_the_queries_do_not_grow_with_the_models(signed_in, ana, django_assert_max_num_queries):
    rows = AIModelFactory.create_batch(6, organisation=ana.organisation)
    for row in rows:
        finished_run(row)
    browser = signed_in(ana)
    for count in (2, 6):
        with django_assert_max_num_queries(7):
            browser.get(comparison_address([str(row.pk) for row in rows[:count]]))


def test_it_is_told_in_german(signed_in, ana):
    browser = signed_in(ana)
    browser.post(reverse("accounts:language-set"), {"language": "de", "next": "/"})
    shown = text_of(browser.get(comparison_address(WORKED_EXAMPLE)))
    assert "umstritten" in shown
