"""Models of the starter catalogue in an organisation's own register."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from models_registry.checks.starter import starter
from models_registry.models import AIModel, Derivation, Supplier
from models_registry.services import retire
from models_registry.services.copying import copy_of, copy_starter_model
from models_registry.sovereignty.knowledge import check_catalogue
from tests.models_registry.factories import AIModelFactory, SupplierFactory

KIMI = "kimi-k2-thinking"


def copied(member, name=KIMI):
    return copy_starter_model(model_id=name, organisation=member.organisation, by=member.user)


def test_a_copy_has_what_the_catalogue_knows(ana):
    model = copied(ana)
    model.refresh_from_db()
    assert (model.name, model.catalogue_id, model.access) == (
        "Kimi K2 Thinking", KIMI, "open_weights",
    )  # fmt: skip
    assert (model.parameters_total, model.parameters_active) == (1e12, 3.2e10)
    assert (model.training_compute, model.compute_is_lower_bound) == (3e24, True)
    assert model.released_on == date(2025, 11, 6)
    assert model.context_length == 262144
    assert model.licence_id == "moonshot-modified-mit-k2"
    assert model.input_modalities == ["text"]
    assert model.repository == "moonshotai/Kimi-K2-Thinking"
    assert model.general_purpose is True
    assert (model.provider.name, model.provider.country) == ("Moonshot AI", "CN")
    kinds = Event.objects.filter(organisation_id=ana.organisation.pk).values_list("kind", flat=True)
    assert {"model.registered", "supplier.registered"} <= set(kinds)


def test_a_month_alone_is_no_day(ana):
    assert copied(ana, "kimi-k2.5").released_on is None


def test_a_second_copy_leads_to_the_first(ana):
    first = copied(ana)
    before = Event.objects.count()
    assert copied(ana) == first
    assert Event.objects.count() == before
    assert AIModel.objects.count() == 1


def test_a_retired_copy_is_still_the_copy_until_there_is_one_in_use(ana):
    first = copied(ana)
    retire(row=first, by=ana.user)
    assert copied(ana).pk == first.pk
    other = AIModelFactory(organisation=ana.organisation, catalogue_id=KIMI)
    assert copy_of(KIMI, ana.organisation) == other


def test_a_supplier_that_is_there_is_taken_whatever_its_capitals(ana):
    there = SupplierFactory(organisation=ana.organisation, name="moonshot ai", country="")
    assert copied(ana).provider == there
    there.refresh_from_db()
    assert there.country == ""


def test_the_models_it_was_made_from_come_along_once(ana):
    base = copied(ana, "llama-3.3-70b")
    model = copied(ana, "llama-nemotron-super-49b")
    derivation = Derivation.objects.get(model=model)
    assert (derivation.base, derivation.relation) == (base, "fine_tune")
    assert AIModel.objects.count() == 2


def test_another_model_of_its_name_refuses_the_copy_and_leaves_nothing_behind(ana):
    AIModelFactory(organisation=ana.organisation, name="Kimi K2 Thinking")
    with pytest.raises(ValidationError):
        copied(ana)
    assert not Supplier.objects.exists()
    assert not Event.objects.filter(kind="supplier.registered").exists()


def test_each_organisation_has_its_own_copy(ana, carla):
    assert copied(ana) != copied(carla)
    assert copy_of(KIMI, carla.organisation).organisation == carla.organisation


def test_no_entry_no_copy(ana):
    with pytest.raises(KeyError):
        copied(ana, "skald-9")


def test_every_entry_can_be_copied(ana):
    entries = starter(check_catalogue()).models
    for name, entry in entries.items():
        # Or the register would call something open of which nobody knows that.
        assert entry.values["weights_available"] is not None
        copied(ana, name)
    assert AIModel.objects.count() == len(entries)
