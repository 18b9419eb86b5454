from html import unescape

import pytest

from accounts.models import Role
from events.models import Event
from models_registry.models import Deployment, MinimumLevel
from models_registry.sovereignty.deployment_forms import DeploymentForm
from tests.accounts.factories import MembershipFactory
from tests.models_registry.factories import AIModelFactory
from tests.models_registry.test_knowledge import finished_run

pytestmark = pytest.mark.django_db


def text_of(response):
    return unescape(response.content.decode())


@pytest.fixture
def model(ana):
    return AIModelFactory(
        organisation=ana.organisation,
        name="Kimi",
        access="open_weights",
        catalogue_id="kimi-k2-thinking",
    )


@pytest.fixture
def deployment(model):
    return Deployment.objects.create(
        organisation=model.organisation,
        model=model,
        name="Own data centre",
        answers={"hosting": "on_premises", "purpose": "commercial", "suppliers": 4},
    )


def test_a_deployment_is_described_and_shown(signed_in, ana, model):
    browser = signed_in(ana)
    typed = {
        "name": "Cloud", "operator": "Nordrechner", "hosting": "eu_operator",
        "purpose": "administrative", "suppliers": "7", "supplier_in_union": "yes",
        "version_frozen_by_contract": "no", "TRA-5": "2",
    }  # fmt: skip
    response = browser.post(f"/models/{model.pk}/deployments/register", typed)
    row = Deployment.objects.get()
    assert response.url == f"/deployments/{row.pk}/"
    assert row.answers == {
        "hosting": "eu_operator", "purpose": "administrative", "suppliers": 7,
        "supplier_in_union": True, "version_frozen_by_contract": False, "TRA-5": 2,
    }  # fmt: skip
    assert Event.objects.get(kind="deployment.registered").subject_id == str(row.pk)
    shown = text_of(browser.get(response.url))
    for words in ("Cloud", "Nordrechner", "at an operator of the Union", "Gates", "SOV-8"):
        assert words in shown
    assert "Cloud" in text_of(browser.get(f"/models/{model.pk}/"))


def test_what_is_left_open_is_no_answer(signed_in, ana, model):
    signed_in(ana).post(f"/models/{model.pk}/deployments/register", {"name": "Cloud"})
    assert Deployment.objects.get().answers == {}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("hosting", "moon"),
        ("suppliers", "-1"),
        ("suppliers", "1e9"),
        ("TRA-5", "4"),
        ("TRA-5", "-1"),
        ("supplier_in_union", "perhaps"),
        ("name", ""),
        ("name", "x" * 201),
        ("operator", "x" * 201),
    ],
)
def test_what_makes_no_sense_is_refused(field, typed, signed_in, ana, model):
    given = {"name": "Cloud", field: typed}
    response = signed_in(ana).post(f"/models/{model.pk}/deployments/register", given)
    assert response.status_code == 200
    assert b"govuk-error-message" in response.content
    assert not Deployment.objects.exists()


def test_one_name_names_one_deployment(signed_in, ana, model, deployment):
    response = signed_in(ana).post(
        f"/models/{model.pk}/deployments/register", {"name": deployment.name}
    )
    assert "has a deployment of this name already" in text_of(response)


def test_the_form_holds_what_stands_there(deployment):
    form = DeploymentForm(data=DeploymentForm.of(deployment))
    assert form.is_valid()
    assert form.answers() == deployment.answers


def test_a_second_writer_overwrites_nothing(signed_in, ana, deployment):
    browser, address = signed_in(ana), f"/deployments/{deployment.pk}/edit"
    typed = DeploymentForm.of(deployment)
    assert browser.post(address, {**typed, "operator": "First"}).status_code == 302
    second = browser.post(address, {**typed, "operator": "Second"})
    assert "Somebody changed this" in text_of(second)
    deployment.refresh_from_db()
    assert deployment.operator == "First"
    assert Event.objects.filter(kind="deployment.changed").count() == 1


def test_what_stays_the_same_is_not_told_of(signed_in, ana, deployment):
    signed_in(ana).post(f"/deployments/{deployment.pk}/edit", DeploymentForm.of(deployment))
    assert not Event.objects.filter(kind="deployment.changed").exists()


def test_a_deployment_is_removed_and_the_trail_keeps_it(signed_in, ana, deployment):
    signed_in(ana).post(f"/deployments/{deployment.pk}/remove")
    assert not Deployment.objects.exists()
    assert Event.objects.get(kind="deployment.removed").detail.payload


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER])
def test_who_only_reads_changes_nothing(role, signed_in, ana, model, deployment):
    browser = signed_in(MembershipFactory(organisation=ana.organisation, roles=[role]))
    page = text_of(browser.get(f"/deployments/{deployment.pk}/"))
    assert "/edit" not in page
    assert "minimum-levels" not in page
    for address in (
        f"/models/{model.pk}/deployments/register",
        f"/deployments/{deployment.pk}/edit",
        f"/deployments/{deployment.pk}/remove",
        "/models/minimum-levels",
    ):
        assert browser.post(address, {"name": "x"}).status_code == 403
    assert Deployment.objects.get().name == "Own data centre"


def test_the_place_of_operation_changes_the_profile(signed_in, ana, deployment):
    browser, address = signed_in(ana), f"/deployments/{deployment.pk}/"
    here = text_of(browser.get(address))
    deployment.answers = {"hosting": "foreign_region"}
    deployment.save()
    abroad = text_of(browser.get(address))
    assert "weights frozen, no link to the provider" in here
    assert "provider and operator exposed" in abroad


def test_there_is_no_total_unless_somebody_asks(signed_in, ana, deployment):
    browser, address = signed_in(ana), f"/deployments/{deployment.pk}/"
    assert "of 100" not in text_of(browser.get(address))
    asked = text_of(browser.get(f"{address}?total=1"))
    assert "of 100" in asked
    assert "hides which dimension is weak" in asked


def test_minimum_levels_are_reached_missed_or_cannot_be_said(signed_in, ana, deployment):
    browser = signed_in(ana)
    typed = {"innovation": "2", "infrastructure": "2.9", "regulation": "1.5", "transparency": ""}
    assert browser.post("/models/minimum-levels", typed).status_code == 302
    levels = dict(MinimumLevel.objects.values_list("dimension", "level"))
    assert levels == {"innovation": 2, "infrastructure": 2.9, "regulation": 1.5}
    shown = text_of(browser.get(f"/deployments/{deployment.pk}/"))
    assert "minimum 2.0: reached" in shown
    assert "minimum 2.9: not reached" in shown
    browser.post("/models/minimum-levels", {"innovation": "2"})
    assert MinimumLevel.objects.count() == 1
    assert Event.objects.filter(kind="minimum_level.set").count() == 5


def test_nothing_known_cannot_be_said_to_be_reached(signed_in, ana):
    bare = AIModelFactory(organisation=ana.organisation, access="in_house")
    MinimumLevel.objects.create(organisation=ana.organisation, dimension="infrastructure", level=1)
    shown = text_of(signed_in(ana).get(f"/models/{bare.pk}/sovereignty"))
    assert "minimum 1.0: cannot be said" in shown


@pytest.mark.parametrize("typed", ["3.1", "-1", "high", "nan", "1.23"])
def test_a_level_goes_from_none_to_three(typed, signed_in, ana):
    response = signed_in(ana).post("/models/minimum-levels", {"innovation": typed})
    assert response.status_code == 200
    assert not MinimumLevel.objects.exists()


def test_minimums_of_others_do_not_count(signed_in, ana, carla, deployment):
    MinimumLevel.objects.create(organisation=carla.organisation, dimension="innovation", level=3)
    assert "minimum" not in text_of(signed_in(ana).get(f"/deployments/{deployment.pk}/")).replace(
        "minimum-levels", ""
    )


def test_a_level_says_what_it_rests_on(signed_in, ana, model):
    finished_run(model)
    shown = text_of(signed_in(ana).get(f"/models/{model.pk}/sovereignty"))
    assert "W08" in shown
    assert "Verified" in shown


def test_answers_that_nobody_could_type_do_no_harm(signed_in, ana, deployment):
    deployment.answers = {"hosting": ["x"], "TRA-5": "9", "suppliers": "many", "else": {"a": 1}}
    deployment.save()
    browser = signed_in(ana)
    assert browser.get(f"/deployments/{deployment.pk}/").status_code == 200
    assert browser.get(f"/deployments/{deployment.pk}/edit").status_code == 200
