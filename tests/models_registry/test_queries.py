"""How often lists and details ask the database, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_registry.models import SystemModel
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)


@pytest.mark.parametrize("noun", ["supplier", "model", "system"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(
    browser, own, noun, django_assert_num_queries, django_assert_max_num_queries
):
    def add(n):
        supplier = SupplierFactory(name=f"Supplier of {noun} {n}", **own)
        model = AIModelFactory(name=f"Model {n}", provider=supplier, **own)
        system = AISystemFactory(name=f"System {n}", supplier=supplier, **own)
        SystemModel.objects.create(system=system, model=model, **own)
        UseCaseFactory(name=f"Use {n}", system=system, **own)
        return {"supplier": supplier, "model": model, "system": system}[noun]

    row = add(0)
    listed = reverse(f"models_registry:{noun}-list")
    shown = reverse(f"models_registry:{noun}-detail", args=[row.pk])
    browser.get(listed)
    with django_assert_max_num_queries(14) as few:
        browser.get(listed)
    with django_assert_max_num_queries(24) as detail:
        browser.get(shown)
    for n in range(1, 20):
        add(n)
    with django_assert_num_queries(len(few)):
        browser.get(listed)
    with django_assert_num_queries(len(detail)):
        browser.get(shown)


def test_the_list_of_models_asks_five_times_however_long_it_is(browser, own):
    """Session, person, membership, which rows, and the rows with what is counted of them."""
    address = reverse("models_registry:model-list")
    first = AIModelFactory(name="Aardvark", **own)
    SystemModel.objects.create(system=AISystemFactory(**own), model=first, **own)
    for more in (1, 120):
        for _ in range(more):
            AIModelFactory(provider=SupplierFactory(**own), **own)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address)
        assert len(asked) == 5
        assert page.context["models"][0]["systems"] == 1
