"""What the lists of the register have in common, and how an empty or a fruitless one goes on."""

import re

import pytest
from django.urls import reverse

from tests.assessments.factories import register_rows

LISTS = {
    "use": "assessments:use-list",
    "model": "models_registry:model-list",
    "system": "models_registry:system-list",
    "supplier": "models_registry:supplier-list",
}


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)


@pytest.fixture
def filled(ana):
    [row] = register_rows(ana, 1)
    return row.use_case.system


@pytest.mark.parametrize("name", LISTS.values())
def test_each_list_is_searched_filtered_and_sorted_by_the_same_form(browser, filled, name):
    text = browser.get(reverse(name)).text
    form = re.search(r'<form class="app-filters.*?</form>', text, re.DOTALL)
    assert form
    for field in ("q", "state", "sort"):
        assert f'name="{field}"' in form[0].partition("<details")[0]


@pytest.mark.parametrize("name", LISTS.values())
def test_a_fruitless_search_leads_back_to_all(browser, filled, name):
    text = browser.get(reverse(name), {"q": "nowhere to be found"}).text
    assert (
        f'<a href="{reverse(name)}">Show all</a>'
        in re.search(r'<p class="app-nothing">.*?</p>', text)[0]
    )


@pytest.mark.parametrize(("here", "name"), LISTS.items())
def test_an_empty_list_shows_its_place_in_the_register(browser, here, name):
    text = browser.get(reverse(name)).text
    links = re.findall(r'<li class="app-chain__link[^>]*>\s*<strong>(\w+)</strong>', text)
    assert links == ["Supplier", "Model", "System", "Use"]
    current = re.search(r'aria-current="true">\s*<strong>(\w+)</strong>', text)
    assert current
    assert current[1].lower() == here


def test_rows_in_use_have_a_german_word_of_their_own(browser, ana, filled):
    ana.user.language = "de"
    ana.user.save()
    text = browser.get(reverse("models_registry:model-list")).text
    assert ">Aktiv</option>" in text


def test_the_page_of_one_supplier_does_not_repeat_it_in_each_row(browser, filled):
    supplier = filled.supplier
    text = browser.get(reverse("models_registry:supplier-detail", args=[supplier.pk])).text
    table = re.search(r"<table.*?</table>", text, re.DOTALL)
    assert table
    assert filled.name in table[0]
    assert supplier.name not in table[0]
