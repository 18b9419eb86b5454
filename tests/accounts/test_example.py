"""The example beside an organisation: opened, played with, emptied and filled again."""

from datetime import date

import pytest
from django.apps import apps

from accounts.models import Membership, Organisation, OrganisationScoped, Role
from accounts.services import open_example, reset_example
from assessments.examples import FOLDER
from assessments.models import Answer, Assessment
from events.models import Event
from events.verification import verify_chain
from models_registry.models import UseCase
from models_registry.services import register_supplier
from reports.models import Report
from reports.services import request_report
from tests.accounts.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.usefixtures("few_examples")
ON = date(2026, 11, 23)
EXAMPLE, RESET = "/organisation/example", "/organisation/example/reset"


@pytest.fixture
def player(ana):
    return open_example(membership=ana, on=ON)


def uses(organisation):
    return set(UseCase.objects.filter(organisation=organisation).values_list("name", flat=True))


def test_a_member_opens_the_example_and_returns(signed_in, ben):
    browser = signed_in(ben)
    assert browser.post(EXAMPLE).url == "/"
    page = browser.get("/", follow=True).text
    assert "This is an example" in page
    assert "Change to Muster GmbH" in page
    browser.post("/organisation/choose", {"organisation": ben.organisation_id})
    assert "This is an example" not in browser.get("/", follow=True).text
    assert uses(ben.organisation) == set()


def test_colleagues_share_one_example_and_hold_every_role(ana, ben, player):
    second = open_example(membership=ben, on=ON)
    assert second.organisation == player.organisation
    assert set(Role) - {Role.AUDITOR} == set(second.roles)
    assert open_example(membership=ben, on=ON) == second
    assert Organisation.objects.filter(is_example=True).count() == 1


@pytest.mark.slow
def test_the_example_holds_every_described_use(ana, settings):
    settings.EXAMPLE_LOADER = "assessments.examples.load_examples"
    player = open_example(membership=ana, on=ON)
    assert len(uses(player.organisation)) == len(list(FOLDER.glob("*.yaml"))) > 3


def test_strangers_have_an_example_of_their_own(player, carla, signed_in):
    other = open_example(membership=carla, on=ON)
    assert other.organisation != player.organisation
    use = UseCase.objects.filter(organisation=player.organisation).first()
    browser = signed_in(carla)
    browser.post(EXAMPLE)
    assert browser.get(f"/uses/{use.pk}/").status_code == 404
    assert "ana@example.org" not in browser.get("/organisation/people").text


def test_the_example_does_not_make_people_choose_when_they_sign_in(signed_in, ana, player):
    browser = signed_in(ana)
    page = browser.get("/organisation/people")
    assert page.status_code == 200
    assert page.context["membership"].organisation == ana.organisation


def test_starting_over_throws_away_what_was_changed(ana, player):
    example = player.organisation
    start = uses(example)
    changed = UseCase.objects.filter(organisation=example).first()
    register_supplier(organisation=example, by=ana.user, name="Played")
    request_report(assessment=changed.assessments.get(), language="en", by=ana.user, on=ON)
    UseCase.objects.filter(pk=changed.pk).update(name="Something else")
    reset_example(organisation=example, by=ana.user, on=ON)
    assert uses(example) == start
    assert not Report.objects.filter(organisation=example).exists()
    assert not UseCase.objects.filter(pk=changed.pk).exists()
    assert Answer.objects.filter(organisation=example).exists()


def test_the_log_survives_and_tells_of_the_reset(ana, player):
    example = player.organisation
    before = Event.objects.filter(organisation_id=example.pk).count()
    reset_example(organisation=example, by=ana.user, on=ON)
    chain = verify_chain(example.pk)
    assert (chain.fault, chain.missing) == (None, 0)
    assert chain.length > before
    reset = Event.objects.get(kind="example.reset")
    assert reset.actor_id == ana.user_id
    assert '"models_registry.usecase":' in reset.detail.payload


def test_the_people_stay(ana, player):
    reset_example(organisation=player.organisation, by=ana.user, on=ON)
    player.refresh_from_db()
    assert player.is_active


def test_nothing_of_others_is_thrown_away(ana, carla, player):
    other = open_example(membership=carla, on=ON).organisation
    start = uses(other)
    reset_example(organisation=player.organisation, by=ana.user, on=ON)
    assert uses(other) == start
    assert Assessment.objects.filter(organisation=other).count() == len(start)


def test_a_real_organisation_is_never_emptied(signed_in, ana, player):
    register_supplier(organisation=ana.organisation, by=ana.user, name="Real")
    with pytest.raises(ValueError, match="Only an example"):
        reset_example(organisation=ana.organisation, by=ana.user, on=ON)
    lying = Organisation.objects.get(pk=ana.organisation_id)
    lying.is_example = True
    with pytest.raises(ValueError, match="Only an example"):
        reset_example(organisation=lying, by=ana.user, on=ON)
    assert signed_in(ana).post(RESET).status_code == 403
    assert ana.organisation.name == "Muster GmbH"


def test_starting_over_is_a_click_for_every_player(signed_in, ben):
    browser = signed_in(ben)
    browser.post(EXAMPLE)
    assert "Throw away and start over" in browser.get(EXAMPLE).text
    page = browser.post(RESET, follow=True)
    assert "as it was at the start" in page.text


def test_the_installations_own_example_can_be_started_over_too(signed_in, db):
    demo = MembershipFactory(
        organisation=OrganisationFactory(is_example=True), roles=[Role.AUDITOR]
    )
    assert signed_in(demo).post(RESET).url == "/"
    assert uses(demo.organisation)
    assert open_example(membership=demo, on=ON) == demo


def test_each_table_of_an_organisation_is_emptied_by_its_own_key():
    scoped = {model for model in apps.get_models() if issubclass(model, OrganisationScoped)}
    for model in apps.get_models():
        targets = {field.related_model for field in model._meta.fields if field.is_relation}
        if targets & (scoped - {Membership}):
            assert model in scoped, f"{model} would keep rows of a thrown-away example"
