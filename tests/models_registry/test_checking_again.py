"""A run made again by itself, because the register says something else than what was checked."""

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from models_registry import building
from models_registry.building import check
from models_registry.models import CheckRun, Derivation
from models_registry.runs.claims import claims_of
from models_registry.runs.newest import latest_run
from models_registry.services import retire, update_model, update_supplier
from tests.models_registry.factories import SupplierFactory
from tests.models_registry.run_factories import a_done_run, a_model, a_queued_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def changed(model, by, **values):
    given = {
        name: getattr(model, name)
        for name in ("name", "version", "provider", "access", "licence", "training_compute")
    }
    return update_model(model=model, by=by, **given | values)


def derived(model, base):
    Derivation.objects.create(
        organisation=model.organisation, model=model, base=base, relation="fine_tune"
    )


def test_a_fact_that_checks_look_at_asks_for_a_run_in_the_name_of_who_changed_it(ana):
    first = a_done_run(a_model(ana))
    changed(first.model, ana.user, parameters_total=7936.0)
    run = latest_run(first.model)
    assert (run.state, run.requested_by, run.as_of) == ("queued", ana.user, timezone.localdate())
    assert run.claims["parameters_total"] == 7936


def test_what_no_check_looks_at_asks_for_none(ana):
    run = a_done_run(a_model(ana))
    changed(run.model, ana.user, version="2")
    assert list(CheckRun.objects.all()) == [run]


def test_a_model_that_was_never_checked_or_is_retired_is_left_alone(ana):
    changed(a_model(ana, name="Fresh"), ana.user, licence_id="apache-2.0")
    assert not CheckRun.objects.exists()
    run = a_done_run(a_model(ana))
    retire(row=run.model, by=ana.user)
    run.model.refresh_from_db()
    changed(run.model, ana.user, licence_id="apache-2.0")
    assert CheckRun.objects.count() == 1


def test_models_made_from_the_changed_one_are_checked_again(ana):
    base, middle = a_model(ana, name="Base"), a_model(ana, name="Middle")
    run = a_done_run(a_model(ana, name="Tuned"))
    derived(middle, base)
    derived(run.model, middle)
    check(a_queued_run(run.model).pk)
    changed(base, ana.user, licence_id="apache-2.0")
    newest = latest_run(run.model)
    assert newest.state == "queued"
    assert newest.claims["lineage"][-1][-1] == "apache-2.0"


def test_the_country_of_a_supplier_reaches_its_models(ana):
    supplier = SupplierFactory(organisation=ana.organisation, name="Norrvik", country="SE")
    run = a_done_run(a_model(ana, provider=supplier))
    update_supplier(supplier=supplier, by=ana.user, name="Norrvik", country="US")
    assert latest_run(run.model).claims["provider_outside_union"] is True


def test_a_circle_in_the_register_makes_no_model_its_own_ancestor(ana):
    one, other = a_model(ana, name="One"), a_model(ana, name="Other")
    derived(one, other)
    derived(other, one)
    assert [name for name, _relation, _licence in claims_of(one)["lineage"]] == ["Other"]


def test_a_run_that_takes_too_long_is_no_fault_of_the_check_it_was_at(ana, monkeypatch):
    def slow(_material, _catalogue, *, stops, **_more):
        raise stops[0]

    monkeypatch.setattr(building, "examine", slow)
    run = a_queued_run(a_model(ana))
    with pytest.raises(SoftTimeLimitExceeded):
        building.check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.failure, run.results) == ("queued", "other", [])
