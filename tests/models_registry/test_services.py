import pytest
from django.core.exceptions import ValidationError

from events.models import Event, EventDetail
from models_registry.models import AIModel, AISystem, Supplier, SystemModel, UseCase
from models_registry.services import (
    register_model,
    register_supplier,
    register_system,
    register_use_case,
)
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)


@pytest.fixture
def by_ana(ana):
    return {"organisation": ana.organisation, "by": ana.user}


def kinds(ana):
    events = Event.objects.filter(organisation_id=ana.organisation_id)
    return list(events.values_list("kind", flat=True))


def a_use(by_ana, **given):
    subject = given.pop("subject", None) or AISystemFactory(organisation=by_ana["organisation"])
    return register_use_case(
        **{**by_ana, "name": "Post room", "purpose": "Sorts letters.", "subject": subject, **given}
    )


def test_each_registration_tells_its_event(ana, by_ana):
    supplier = register_supplier(**by_ana, name="Briefwerk", country="DE")
    model = register_model(**by_ana, name="Reader", access="gated", provider=supplier)
    system = register_system(**by_ana, name="Sorter", supplier=supplier, models=[(model, "reads")])
    use = a_use(by_ana, subject=system)
    assert kinds(ana) == [
        "supplier.registered", "model.registered", "system.registered", "use_case.registered",
    ]  # fmt: skip
    last = Event.objects.order_by("sequence").last()
    assert last.actor_id == ana.user_id
    assert last.subject_id == str(use.pk)
    assert "Post room" in EventDetail.objects.get(pk=last.pk).payload


def test_a_system_holds_its_models_with_their_roles(by_ana):
    models = [AIModelFactory(organisation=by_ana["organisation"]) for _ in range(2)]
    system = register_system(
        **by_ana, name="Sorter", models=zip(models, ["reads", "sorts"], strict=True)
    )
    assert {(part.model, part.role) for part in system.parts.all()} == {
        (models[0], "reads"),
        (models[1], "sorts"),
    }


@pytest.mark.parametrize(
    ("register", "message"),
    [
        (lambda by: register_supplier(**by, name="Twin"), "A supplier of this name"),
        (lambda by: register_model(**by, name="Twin", access="gated"), "version of the model"),
        (lambda by: register_system(**by, name="Twin"), "version of the system"),
        (lambda by: a_use(by, name="Twin"), "A use of this name"),
    ],
)
def test_a_second_one_of_the_same_name_is_refused_in_words(by_ana, register, message):
    register(by_ana)
    with pytest.raises(ValidationError, match=message):
        register(by_ana)


def test_a_refused_registration_leaves_neither_row_nor_event(ana, by_ana):
    register_supplier(**by_ana, name="Twin")
    with pytest.raises(ValidationError):
        register_supplier(**by_ana, name="Twin")
    assert Supplier.objects.count() == 1
    assert kinds(ana) == ["supplier.registered"]


def test_the_same_name_is_free_in_another_organisation(by_ana, carla):
    register_supplier(**by_ana, name="Twin")
    register_supplier(organisation=carla.organisation, by=carla.user, name="Twin")
    assert Supplier.objects.filter(name="Twin").count() == 2


def test_a_new_version_of_a_model_is_another_model(by_ana):
    for version in ("1", "2"):
        register_model(**by_ana, name="Reader", version=version, access="gated")
    assert AIModel.objects.count() == 2


def test_a_model_named_twice_in_a_system_is_refused_with_the_whole_system(ana, by_ana):
    model = AIModelFactory(organisation=ana.organisation)
    with pytest.raises(ValidationError, match="stands twice"):
        register_system(**by_ana, name="Sorter", models=[(model, "reads"), (model, "sorts")])
    assert not AISystem.objects.exists()
    assert kinds(ana) == []


@pytest.mark.parametrize(
    "register",
    [
        lambda by: register_model(**by, name="M", access="gated", provider=SupplierFactory()),
        lambda by: register_system(**by, name="S", supplier=SupplierFactory()),
        lambda by: register_system(**by, name="S", models=[(AIModelFactory(), "")]),
        lambda by: a_use(by, subject=AISystemFactory()),
        lambda by: a_use(by, subject=AIModelFactory()),
    ],
    ids=["provider", "supplier", "part", "system", "model"],
)
def test_rows_of_another_organisation_are_refused(ana, by_ana, register):
    with pytest.raises(ValueError, match="belongs to another organisation"):
        register(by_ana)
    own = {"organisation": ana.organisation}
    assert not AISystem.objects.filter(**own).exists()
    assert not UseCase.objects.filter(**own).exists()
    assert not SystemModel.objects.exists()
    assert kinds(ana) == []


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "n" * 201},
        {"purpose": ""},
        {"purpose": "p" * 4001},
        {"member_states": ["de"]},
        {"member_states": ["UK"]},
        {"member_states": [["DE"]]},
        {"member_states": [{"DE": 1}]},
        {"affected_persons": "p" * 401},
    ],
    ids=lambda given: str(given)[:40],
)
def test_what_does_not_fit_is_a_validation_error_and_never_a_crash(by_ana, given):
    with pytest.raises(ValidationError):
        a_use(by_ana, **given)


def test_an_unknown_access_is_refused(by_ana):
    with pytest.raises(ValidationError, match="access"):
        register_model(**by_ana, name="Reader", access="stolen")


def test_the_subject_of_a_use_is_its_system_or_its_model(by_ana):
    organisation = by_ana["organisation"]
    system = AISystemFactory(organisation=organisation)
    model = AIModelFactory(organisation=organisation)
    assert a_use(by_ana, name="One", subject=system).subject == system
    assert a_use(by_ana, name="Two", subject=model).subject == model


def test_the_parts_of_many_uses_cost_a_constant_number_of_queries(
    ana, by_ana, django_assert_num_queries
):
    organisation = by_ana["organisation"]
    for number in range(3):
        model = AIModelFactory(
            organisation=organisation, provider=SupplierFactory(organisation=organisation)
        )
        system = register_system(**by_ana, name=f"System {number}", models=[(model, "reads")])
        UseCaseFactory(organisation=organisation, system=system)
    with django_assert_num_queries(4):
        for use in UseCase.objects.visible_to(ana).with_parts():
            assert [str(part.model.provider) for part in use.system.parts.all()]
