"""What the database refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction

from models_registry.models import AIModel, SystemModel, UseCase
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)


@pytest.fixture
def refused(db):
    def check(constraint, write):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            write()

    return check


def test_names_are_taken_once_in_an_organisation(refused, organisation):
    own = {"organisation": organisation, "name": "Twin"}
    for factory in (SupplierFactory, AIModelFactory, AISystemFactory, UseCaseFactory):
        factory(**own)
        refused("(?i)unique", lambda factory=factory: factory(**own))


def test_a_model_is_in_a_system_once(refused, organisation):
    part = {
        "organisation": organisation,
        "system": AISystemFactory(organisation=organisation),
        "model": AIModelFactory(organisation=organisation),
    }
    SystemModel.objects.create(**part)
    refused("(?i)unique", lambda: SystemModel.objects.create(**part))


def test_the_access_to_a_model_is_known(refused):
    model = AIModelFactory()
    rows = AIModel.objects.filter(pk=model.pk)
    refused("the_access_to_a_model_is_known", lambda: rows.update(access="stolen"))


def test_a_use_is_of_a_system_or_a_model(refused):
    use = UseCaseFactory()
    rows = UseCase.objects.filter(pk=use.pk)
    refused("a_use_is_of_a_system_or_a_model", lambda: rows.update(system=None))
    model = AIModelFactory(organisation=use.organisation)
    refused("a_use_is_of_a_system_or_a_model", lambda: rows.update(model=model))
    rows.update(system=None, model=model)


def test_a_model_reads_with_its_version():
    assert str(AIModel(name="Reader", version="2")) == "Reader 2"
    assert str(AIModel(name="Reader")) == "Reader"
