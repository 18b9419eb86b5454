from datetime import date

import pytest
from django.utils import timezone

from models_registry.checks.examining import examine
from models_registry.checks.exemption_register import exemption_by_register
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.keeping import results_as_data, run_summary, values_as_data
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength, Verdict
from models_registry.checks.sovereignty.levels import Origin
from models_registry.models import CheckRun
from models_registry.sovereignty.knowledge import (
    check_catalogue,
    knowledge_of,
    knowledge_of_many,
    starter_knowledge,
)
from tests.models_registry.checks.making import ON, material_of, mixture
from tests.models_registry.factories import AIModelFactory, SupplierFactory


def finished_run(model, *, claims=None, fingerprint="a", state=CheckRun.State.DONE):
    """A run as a worker leaves it, over a small synthetic model."""
    found = examine(hashed(material_of(mixture())), check_catalogue(), on=ON, claims=claims or {})
    return CheckRun.objects.create(
        organisation=model.organisation,
        model=model,
        state=state,
        fingerprint=fingerprint,
        as_of=ON,
        claims=values_as_data(found.context.claims),
        results=results_as_data(found.results),
        summary=run_summary(found),
        finished_at=timezone.now(),
    )


def test_the_catalogue_alone_speaks_of_a_model_that_nobody_registered():
    given = starter_knowledge("kimi-k2-thinking")
    assert given.value("parameters_total") == 10**12
    assert given.values["parameters_total"].strength is Strength.ASSERTED
    assert given.licence.verdict is LicenceVerdict.CONTESTED


def test_an_unknown_entry_is_no_entry():
    with pytest.raises(KeyError):
        starter_knowledge("no-such-model")


def test_a_closed_model_is_exempt_in_no_case():
    closed = starter_knowledge("gpt-5")
    assert closed.exemption is LicenceVerdict.UNKNOWN
    assert exemption_by_register(closed).if_general_purpose is LicenceVerdict.FAILS
    assert starter_knowledge("whisper-large-v3").exemption is LicenceVerdict.NOT_APPLICABLE
    assert starter_knowledge("kimi-k2-thinking").exemption is LicenceVerdict.UNKNOWN


@pytest.mark.django_db
def test_a_general_purpose_model_behind_an_interface_is_not_exempt():
    model = AIModelFactory(access="api_only", general_purpose=True)
    assert knowledge_of(model).exemption is LicenceVerdict.FAILS


@pytest.mark.django_db
def test_compute_above_a_threshold_speaks_and_below_it_is_silent():
    above = knowledge_of(AIModelFactory(access="open_weights", training_compute=2e25))
    below = knowledge_of(AIModelFactory(access="open_weights", training_compute=1e21))
    assert above.exemption is LicenceVerdict.FAILS
    assert below.exemption is LicenceVerdict.UNKNOWN


@pytest.mark.django_db
def test_a_row_without_anything_says_its_access_and_nothing_more():
    given = knowledge_of(AIModelFactory(access="in_house"))
    assert given.value("access") == "in_house"
    assert given.value("weights_available") is None
    assert given.licence is None
    assert given.exemption is LicenceVerdict.UNKNOWN


@pytest.mark.django_db
def test_the_register_comes_before_the_entry_that_it_was_copied_from():
    model = AIModelFactory(
        access="open_weights",
        catalogue_id="kimi-k2-thinking",
        parameters_total=9.9e11,
        released_on=date(2025, 11, 6),
        licence_id="apache-2.0",
    )
    model.provider = SupplierFactory(organisation=model.organisation, country="DE")
    given = knowledge_of(model)
    assert given.value("parameters_total") == 9.9e11
    assert given.values["parameters_total"].source == "register"
    assert given.value("in_union") is True
    assert given.licence.id == "apache-2.0"
    assert given.values["parameters_active"].source != "register"


@pytest.mark.django_db
def test_an_entry_that_left_the_catalogue_is_no_fault():
    assert knowledge_of(AIModelFactory(catalogue_id="gone")).value("access") == "api_only"


@pytest.mark.django_db
def test_what_a_run_found_comes_before_what_the_register_says():
    model = AIModelFactory(access="open_weights", parameters_total=5.0, licence_id="mit")
    finished_run(model)
    given = knowledge_of(model, {"hosting": "on_premises"})
    known = given.values["parameters_total"]
    assert known.strength is Strength.VERIFIED
    assert known.origin is Origin.CHECKS
    assert known.value != 5.0
    assert given.verdict("W02") is Verdict.PASS
    assert given.answers == {"hosting": "on_premises"}


@pytest.mark.django_db
def test_only_the_newest_finished_run_counts():
    model = AIModelFactory(access="open_weights")
    finished_run(model, fingerprint="old", claims={"training_tokens": 1.0})
    finished_run(model, fingerprint="new", claims={"training_tokens": 2.0})
    waiting = CheckRun.State.QUEUED
    finished_run(model, fingerprint="later", claims={"training_tokens": 3.0}, state=waiting)
    assert knowledge_of(model).value("training_tokens") == 2.0


@pytest.mark.django_db
def test_many_models_take_no_more_queries_than_two(django_assert_num_queries):
    rows = AIModelFactory.create_batch(4)
    for row in rows:
        row.provider = SupplierFactory(organisation=row.organisation)
        finished_run(row)
    for count in (2, 4):
        with django_assert_num_queries(2):
            assert len(knowledge_of_many(rows[:count])) == count
