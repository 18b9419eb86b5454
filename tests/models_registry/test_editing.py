"""Changing, retiring, renewing and cloning what the register lists."""

import json

import pytest
from django.core.exceptions import ValidationError

from events.models import Event, EventDetail
from models_registry.models import AIModel, AISystem, Supplier, SystemModel, UseCase
from models_registry.services import (
    StaleError,
    clone_use_case,
    discard_example,
    register_new_version,
    register_system,
    restore,
    retire,
    stamp,
    update_model,
    update_supplier,
    update_system,
    update_use_case,
)
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)


def last_event():
    event = Event.objects.order_by("sequence").last()
    return event.kind, json.loads(EventDetail.objects.get(pk=event.pk).payload)


@pytest.fixture
def own(organisation):
    return {"organisation": organisation}


@pytest.fixture
def system(own):
    system = AISystemFactory(name="TalentRank", version="2026.3", **own)
    for role in ("ranks", "explains"):
        model = AIModelFactory(name=f"Model that {role}", **own)
        SystemModel.objects.create(system=system, model=model, role=role, **own)
    return system


def test_a_change_tells_what_was_there_before_and_what_is_there_now(ana, own):
    supplier = SupplierFactory(name="Norvik", country="SE", **own)
    update_supplier(supplier=supplier, by=ana.user, name="Norrvik", country="SE")
    assert last_event() == (
        "supplier.changed",
        {"before": {"name": "Norvik"}, "after": {"name": "Norrvik"}},
    )


def test_what_changes_nothing_is_not_told_of(ana, own):
    supplier = SupplierFactory(name="Norrvik", country="SE", **own)
    before = stamp(supplier)
    update_supplier(supplier=supplier, by=ana.user, name="Norrvik", country="SE")
    supplier.refresh_from_db()
    assert not Event.objects.exists()
    assert stamp(supplier) == before


def test_the_later_of_two_writers_is_told(ana, ben, own):
    supplier = SupplierFactory(name="Norrvik", **own)
    seen = stamp(supplier)
    update_supplier(supplier=supplier, by=ana.user, name="Norrvik AB", country="", seen=seen)
    with pytest.raises(StaleError):
        update_supplier(supplier=supplier, by=ben.user, name="Nordvik", country="", seen=seen)
    assert Supplier.objects.get().name == "Norrvik AB"


def test_a_name_that_is_taken_is_refused_and_nothing_changes(ana, own):
    SupplierFactory(name="Norrvik", **own)
    other = SupplierFactory(name="Campusmetrik", **own)
    with pytest.raises(ValidationError, match="registered already"):
        update_supplier(supplier=other, by=ana.user, name="Norrvik", country="")
    other.refresh_from_db()
    assert other.name == "Campusmetrik"
    assert not Event.objects.exists()


def test_a_model_gets_a_provider_by_name_that_is_known_or_new(ana, own):
    known = SupplierFactory(name="Briefwerk", **own)
    model = AIModelFactory(name="Reader", **own)
    values = {
        "model": model,
        "by": ana.user,
        "name": "Reader",
        "version": "",
        "access": "gated",
        "licence": "",
        "training_compute": None,
    }
    assert update_model(**values, provider="briefwerk").provider == known
    assert update_model(**values, provider="Postwerk").provider.name == "Postwerk"
    assert update_model(**values, provider="").provider is None


def test_the_supplier_of_others_with_the_same_name_is_not_taken(ana, carla):
    theirs = SupplierFactory(name="Briefwerk", organisation=carla.organisation)
    system = register_system(
        organisation=ana.organisation, by=ana.user, name="Sorter", supplier="Briefwerk"
    )
    assert system.supplier != theirs
    assert system.supplier.organisation == ana.organisation


def test_a_system_has_exactly_the_models_it_is_given(ana, own, system):
    ranks, explains = AIModel.objects.order_by("-name")
    added = AIModelFactory(name="Third", **own)
    update_system(
        system=system,
        by=ana.user,
        name="TalentRank",
        version="2026.3",
        supplier=None,
        models=[(ranks, "ranks applicants"), (added, "")],
    )
    parts = {part.model: part.role for part in system.parts.all()}
    assert parts == {ranks: "ranks applicants", added: ""}
    kind, detail = last_event()
    assert kind == "system.changed"
    assert detail["before"]["models"] == {str(ranks.pk): "ranks", str(explains.pk): "explains"}
    assert detail["after"]["models"] == {str(ranks.pk): "ranks applicants", str(added.pk): ""}


def test_a_change_of_models_makes_an_open_form_out_of_date(ana, own, system):
    seen = stamp(system)
    values = {"by": ana.user, "name": system.name, "version": system.version, "supplier": None}
    update_system(system=system, models=[], seen=seen, **values)
    with pytest.raises(StaleError):
        update_system(system=system, models=[], seen=seen, **values)


@pytest.mark.parametrize("what", ["model", "supplier"])
def test_parts_of_another_organisation_are_refused(ana, carla, own, what):
    other = {"organisation": carla.organisation}
    values = {"supplier": None, "models": []} | {
        "model": {"models": [(AIModelFactory(**other), "")]},
        "supplier": {"supplier": SupplierFactory(**other)},
    }[what]
    system = AISystemFactory(**own)
    with pytest.raises(ValueError, match="another organisation"):
        update_system(system=system, by=ana.user, name="x", version="", **values)


def test_a_use_is_never_moved_to_the_system_of_another_organisation(ana, carla, own):
    use = UseCaseFactory(**own)
    values = {"name": use.name, "purpose": use.purpose, "unit": "", "affected_persons": ""}
    theirs = AISystemFactory(organisation=carla.organisation)
    with pytest.raises(ValueError, match="another organisation"):
        update_use_case(use_case=use, by=ana.user, subject=theirs, member_states=[], **values)


@pytest.mark.parametrize(
    "factory", [SupplierFactory, AIModelFactory, AISystemFactory, UseCaseFactory]
)
def test_what_is_retired_is_hidden_until_it_is_restored(ana, own, factory):
    row = factory(**own)
    rows = type(row).objects.in_use()
    retire(row=row, by=ana.user)
    assert not rows.filter(pk=row.pk).exists()
    assert last_event()[0].endswith(".retired")
    retire(row=row, by=ana.user)
    assert Event.objects.count() == 1
    restore(row=row, by=ana.user)
    assert rows.filter(pk=row.pk).exists()
    assert last_event()[0].endswith(".restored")


def test_a_new_version_has_the_same_parts_and_knows_where_it_comes_from(ana, own, system):
    staying, moving = UseCaseFactory(system=system, **own), UseCaseFactory(system=system, **own)
    new = register_new_version(system=system, by=ana.user, version="2026.4", moving=[moving])
    assert new.previous == system
    assert (new.name, new.version) == ("TalentRank", "2026.4")
    assert {(p.model_id, p.role) for p in new.parts.all()} == {
        (p.model_id, p.role) for p in system.parts.all()
    }
    assert set(new.use_cases.all()) == {moving}
    assert set(system.use_cases.all()) == {staying}
    kind, detail = last_event()
    assert kind == "use_case.changed"
    assert detail == {"before": {"system": str(system.pk)}, "after": {"system": str(new.pk)}}


def test_a_version_is_registered_once_and_nothing_moves_when_it_is_refused(ana, own, system):
    use = UseCaseFactory(system=system, **own)
    with pytest.raises(ValidationError, match="registered already"):
        register_new_version(system=system, by=ana.user, version="2026.3", moving=[use])
    assert AISystem.objects.count() == 1
    assert not Event.objects.exists()


def test_a_use_of_another_system_does_not_move(ana, own, system):
    with pytest.raises(ValueError, match="another system"):
        register_new_version(
            system=system, by=ana.user, version="2026.4", moving=[UseCaseFactory(**own)]
        )


def test_a_clone_is_the_same_use_under_another_name(ana, own):
    use = UseCaseFactory(
        unit="HR", member_states=["DE", "FR"], affected_persons="Applicants", **own
    )
    twin = clone_use_case(use_case=use, by=ana.user, name="Shortlist, Lyon")
    same = ("purpose", "unit", "member_states", "affected_persons", "system", "model")
    assert [getattr(twin, name) for name in same] == [getattr(use, name) for name in same]
    assert last_event()[1]["cloned_from"] == str(use.pk)
    with pytest.raises(ValidationError, match="registered already"):
        clone_use_case(use_case=use, by=ana.user, name="Shortlist, Lyon")


def example(own):
    supplier = SupplierFactory(is_example=True, **own)
    model = AIModelFactory(is_example=True, provider=supplier, **own)
    system = AISystemFactory(is_example=True, supplier=supplier, **own)
    SystemModel.objects.create(system=system, model=model, **own)
    return UseCaseFactory(is_example=True, system=system, **own)


def test_an_example_goes_with_everything_that_came_with_it(ana, own):
    discard_example(use_case=example(own), by=ana.user)
    for model in (UseCase, AISystem, AIModel, Supplier, SystemModel):
        assert not model.objects.exists()
    assert last_event()[0] == "use_case.discarded"


def test_what_something_else_needs_outlives_the_example(ana, own):
    use = example(own)
    needed = UseCaseFactory(system=use.system, **own)
    discard_example(use_case=use, by=ana.user)
    assert UseCase.objects.get() == needed
    assert AISystem.objects.count() == AIModel.objects.count() == Supplier.objects.count() == 1


def test_only_an_example_is_thrown_away(ana, own):
    use = UseCaseFactory(**own)
    with pytest.raises(ValueError, match="retire"):
        discard_example(use_case=use, by=ana.user)
    assert UseCase.objects.filter(pk=use.pk).exists()
