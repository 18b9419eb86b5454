from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from events.models import Event
from models_registry.comparison.chosen import by_name, chosen_models
from models_registry.models import SystemModel
from models_registry.sovereignty.replacing_pages import replacing_page
from tests.models_registry.factories import AIModelFactory, AISystemFactory, UseCaseFactory
from tests.models_registry.test_knowledge import finished_run

pytestmark = pytest.mark.django_db


def text_of(response):
    return unescape(response.content.decode())


@pytest.fixture
def model(ana):
    return AIModelFactory(
        organisation=ana.organisation,
        name="Nordlicht",
        access="open_weights",
        catalogue_id="phi-4",
        licence_id="mit",
    )


@pytest.fixture
def system(ana, model):
    row = AISystemFactory(organisation=ana.organisation, name="Rank")
    SystemModel.objects.create(organisation=ana.organisation, system=row, model=model)
    return row


def test_a_gate_that_would_close_is_said_first(signed_in, ana, model):
    shown = text_of(signed_in(ana).get(f"/models/{model.pk}/replace?by=llama-4-scout"))
    assert "It would stop the deployment: The licence is not granted in the Union" in shown
    assert shown.index("It would stop") < shown.index("Evidence on the model by provision")


def test_evidence_that_goes_with_the_files_is_told(signed_in, ana, model):
    finished_run(model)
    shown = text_of(signed_in(ana).get(f"/models/{model.pk}/replace?by=gpt-5"))
    for words in ("Annex XII point 1(f)", "Verified", "produce it yourselves", "worse", "Closed"):
        assert words in shown
    assert "Certain uses are forbidden" in shown


def test_looking_changes_nothing(signed_in, ana, system, model):
    before = Event.objects.count()
    browser = signed_in(ana)
    assert browser.get(f"/systems/{system.pk}/replace?by=gpt-5").status_code == 200
    assert browser.post(f"/systems/{system.pk}/replace?by=gpt-5").status_code == 405
    assert Event.objects.count() == before
    assert system.parts.get().model == model


def test_a_system_names_the_uses_that_would_be_touched(signed_in, ana, system):
    UseCaseFactory(organisation=ana.organisation, system=system, name="Sorting applicants")
    shown = text_of(signed_in(ana).get(f"/systems/{system.pk}/replace?by=gpt-5"))
    assert "Sorting applicants" in shown
    assert "GPT-5 in place of Nordlicht" in shown


def test_of_several_models_the_one_to_go_is_chosen(signed_in, ana, system):
    other = AIModelFactory(organisation=ana.organisation, name="Zweites")
    SystemModel.objects.create(organisation=ana.organisation, system=system, model=other)
    browser = signed_in(ana)
    assert "Which model of the system goes?" in text_of(
        browser.get(f"/systems/{system.pk}/replace?by=gpt-5")
    )
    chosen = browser.get(f"/systems/{system.pk}/replace?by=gpt-5&model={other.pk}")
    assert "GPT-5 in place of Zweites" in text_of(chosen)
    strange = AIModelFactory(organisation=ana.organisation)
    address = f"/systems/{system.pk}/replace?by=gpt-5&model={strange.pk}"
    assert browser.get(address).status_code == 404


def test_a_system_without_models_has_none_to_replace(signed_in, ana):
    bare = AISystemFactory(organisation=ana.organisation)
    shown = text_of(signed_in(ana).get(f"/systems/{bare.pk}/replace?by=gpt-5"))
    assert "there is none to replace" in shown


def test_what_names_nothing_or_belongs_to_others_is_not_found(signed_in, ana, carla, model):
    theirs = AIModelFactory(organisation=carla.organisation)
    for key in (str(theirs.pk), "no-such-model"):
        assert signed_in(ana).get(f"/models/{model.pk}/replace?by={key}").status_code == 404


def test_a_comparison_is_taken_along_as_a_sheet(signed_in, ana, carla, model):

    browser = signed_in(ana)
    address = f"/models/compare/sheet?m={model.pk}&m=gpt-5"
    response = browser.get(address)
    assert "attachment" in response["Content-Disposition"]
    assert "xl/workbook.xml" in ZipFile(BytesIO(response.content)).namelist()
    assert signed_in(carla).get(address).status_code == 404
    assert browser.get("/models/compare/sheet?m=gpt-5").status_code == 404


def test_two_models_of_one_name_stay_two(ana):
    for version in ("1", "2"):
        AIModelFactory(organisation=ana.organisation, name="Kimi K2 Thinking", version=version)
    one = AIModelFactory(organisation=ana.organisation, name="Kimi K2 Thinking", version="")
    named = by_name(chosen_models(ana, [str(one.pk), "kimi-k2-thinking"]))
    assert list(named) == ["Kimi K2 Thinking", "Kimi K2 Thinking (2)"]


def test_a_licence_that_is_not_known_has_no_known_conditions(signed_in, ana):
    bare = AIModelFactory(organisation=ana.organisation, access="open_weights")
    (one,) = chosen_models(ana, [str(bare.pk)])
    (other,) = chosen_models(ana, ["gpt-5"])
    rows = replacing_page(one, other)["conditions"]
    assert {row["before"] for row in rows} == {""}
