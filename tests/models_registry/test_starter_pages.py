"""The starter catalogue and what it says of open and closed models, as a browser meets them."""

import pytest
from django.urls import reverse

from accounts.models import Role
from models_registry.checks.starter import starter
from models_registry.models import AIModel, Deployment
from models_registry.services import retire
from models_registry.services.copying import copy_starter_model
from models_registry.sovereignty.knowledge import check_catalogue
from models_registry.starter.claim_pages import _in_common
from tests.accounts.factories import MembershipFactory
from tests.models_registry.factories import AIModelFactory

KIMI = "kimi-k2-thinking"
LIST = reverse("models_registry:starter-list")
CLAIM = reverse("models_registry:open-and-closed")


def entry(name=KIMI):
    return reverse("models_registry:starter-model", args=[name])


def copy(name=KIMI):
    return reverse("models_registry:starter-copy", args=[name])


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)


def names(page):
    return [line["name"] for line in page.context["models"]]


def test_the_list_has_every_model(browser):
    page = browser.get(LIST)
    assert len(names(page)) == page.context["total"] == 64


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "kimi THINKING"}, ["Kimi K2 Thinking"]),
        ({"provider": "moonshot-ai", "sort": "released"},
         ["Kimi K2.5", "Kimi K2 Thinking", "Kimi K2 (Instruct, July 2025 / 0905)"]),
        ({"licence": "moonshot-modified-mit-k2.5"}, ["Kimi K2.5"]),
        ({"q": "%"}, []),
        ({"q": "<script>"}, []),
    ],
)  # fmt: skip
def test_search_and_filters(browser, query, expected):
    assert names(browser.get(LIST, query)) == expected


def test_filters_by_access_verdict_and_purpose_divide_the_list(browser):
    for field, values in {
        "access": ("open_weights", "gated", "gate_unknown", "api_only"),
        "verdict": ("meets", "contested", "likely_fails", "fails"),
        "general_purpose": ("yes", "no", "open"),
    }.items():
        found = [name for value in values for name in names(browser.get(LIST, {field: value}))]
        assert len(found) == len(set(found)) == 64, field


@pytest.mark.parametrize(
    "query",
    [{"q": "\x00"}, {"q": "x" * 5000}, {"access": "'"}, {"sort": "id; --"}, {"provider": "nobody"}],
)
def test_an_address_that_makes_no_sense_shows_the_list(browser, query):
    assert browser.get(LIST, query).status_code == 200


@pytest.mark.parametrize("name", starter(check_catalogue()).models)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_entry_has_a_page_in_both_languages(browser, ana, name, language):
    ana.user.language = language
    ana.user.save()
    assert browser.get(entry(name)).status_code == 200


def test_the_figures_of_kimi_k2_thinking_say_who_measured_them(browser):
    told = {
        (row["name"], row["details"]): (row["figure"], row["by"], row["measured_by"])
        for row in browser.get(entry()).context["model"]["benchmarks"]
    }
    own = ("self-reported", "Moonshot AI")
    theirs = ("independent", "Artificial Analysis")
    exam = "Humanity's Last Exam"
    assert told["Artificial Analysis Intelligence Index", "3.0"] == ("67", *theirs)
    assert told[exam, "without tools"] == ("22.3 %", *theirs)
    assert told[exam, "text only, without tools"] == ("23.9 %", *own)
    assert told[exam, "with tools"] == ("44.9 %", *own)
    assert told["BrowseComp", "as an agent"] == ("60.2 %", *own)
    assert told["Sequential tool calls", ""] == ("200–300 calls", *own)
    rows = {row["name"]: row for row in browser.get(entry()).context["model"]["values"]}
    assert rows["training_cost_usd"]["value"] == "USD 4.6 million"
    assert "unaudited" in rows["training_cost_usd"]["note"]
    assert "below USD 5 million" in rows["training_cost_usd"]["note"]


def test_general_knowledge_is_unverified_and_the_unknown_is_not_known(browser):
    page = browser.get(entry("kimi-k2.5"))
    rows = {row["name"]: row for row in page.context["model"]["values"]}
    assert rows["parameters_total"]["unverified"]
    assert rows["training_compute"]["value"] == ""
    assert "15 trillion" in rows["training_compute"]["note"]
    assert "unverified" in page.text
    assert "not known" in page.text


def test_a_contested_licence_shows_both_sides(browser):
    sides = browser.get(entry()).context["model"]["terms"]["arguments"]
    assert len(sides["for"]) > 1
    assert len(sides["against"]) > 1
    assert sides["plan_on"] == "likely fails the conditions"


def test_an_entry_that_does_not_exist_is_not_found(browser):
    for name in ("skald", "..", "kimi k2", "%2e"):
        assert browser.get(f"{LIST}{name}/").status_code == 404
        assert browser.post(f"{LIST}{name}/copy").status_code == 404


def test_copying_leads_to_the_row_and_a_second_time_to_the_same(browser):
    first = browser.post(copy())
    model = AIModel.objects.get()
    assert first.url == reverse("models_registry:model-detail", args=[model.pk])
    assert browser.post(copy()).url == first.url
    page = browser.get(first.url)
    assert entry() in page.text
    listed = {line["name"]: line["own_url"] for line in browser.get(LIST).context["models"]}
    assert listed["Kimi K2 Thinking"] == first.url
    assert not listed["Kimi K2.5"]
    assert browser.get(entry()).context["model"]["own_url"] == first.url


def test_a_name_that_is_taken_is_told_of(browser, ana):
    AIModelFactory(organisation=ana.organisation, name="Kimi K2 Thinking")
    page = browser.post(copy(), follow=True)
    assert "another model of this name" in page.text
    assert AIModel.objects.count() == 1


def test_asking_for_the_address_copies_nothing(browser):
    assert browser.get(copy()).status_code == 405
    assert not AIModel.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER, Role.APPROVER])
def test_who_only_reads_sees_the_catalogue_and_copies_nothing(signed_in, organisation, role):
    reader = signed_in(MembershipFactory(organisation=organisation, roles=[role]))
    assert copy() not in reader.get(entry()).text
    assert reader.get(CLAIM).status_code == 200
    assert reader.post(copy()).status_code == 403
    assert not AIModel.objects.exists()


def test_strangers_do_not_see_whose_register_has_what(signed_in, ana, carla, client):
    copy_starter_model(model_id=KIMI, organisation=ana.organisation, by=ana.user)
    page = signed_in(carla).get(LIST)
    assert not any(line["own_url"] for line in page.context["models"])
    for address in (LIST, entry(), CLAIM):
        assert client.get(address).status_code == 302


def test_an_empty_register_and_the_form_offer_the_catalogue_first(browser):
    assert LIST in browser.get(reverse("models_registry:model-list")).text
    text = browser.get(reverse("models_registry:model-register")).text
    assert text.index("app-example") < text.index('app-form"')


def test_without_models_of_its_own_an_organisation_sees_what_the_catalogue_says(browser):
    assert browser.get(CLAIM).context["claim"]["scope"] == "catalogue"
    own = browser.get(CLAIM, {"of": "register"}).context["claim"]
    assert (own["scope"], own["total"]) == ("register", 0)


def test_the_claim_names_only_models_in_use_of_the_own_register(browser, ana, carla):
    AIModelFactory(organisation=carla.organisation, name="Secret")
    gone = AIModelFactory(organisation=ana.organisation, name="Gone")
    retire(row=gone, by=ana.user)
    for n in range(4):
        AIModelFactory(organisation=ana.organisation, name=f"<b>Open {n}", access="open_weights")
        AIModelFactory(organisation=ana.organisation, name=f"Closed {n}")
    page = browser.get(CLAIM)
    assert page.context["claim"]["total"] == 8
    assert (page.context["claim"]["open"], page.context["claim"]["closed"]) == (4, 4)
    assert "Secret" not in page.text
    assert "<b>Open" not in page.text


def test_with_few_models_the_page_says_that_nothing_can_be_judged(browser, ana):
    AIModelFactory(organisation=ana.organisation, access="open_weights")
    claimed = browser.get(CLAIM).context["claim"]["claimed"]
    assert {str(one["tag"]["label"]) for one in claimed} == {"Cannot be judged"}


def test_the_claim_is_told_in_german_too(browser, ana):
    ana.user.language = "de"
    ana.user.save()
    text = browser.get(CLAIM, {"of": "catalogue"}).text
    assert "Transparenz" in text
    assert "open models" not in text
    assert "Davon:" in text


def test_what_deployments_have_in_common_counts():
    both = [
        {"hosting": "on_premises", "suppliers": 1},
        {"hosting": "on_premises", "suppliers": True},
    ]
    assert _in_common([{"hosting": "vendor"}, {}]) == {}
    assert _in_common(both)["hosting"] == "on_premises"


def test_deployments_count_and_queries_do_not_grow(browser, ana, django_assert_max_num_queries):
    for n in range(12):
        model = AIModelFactory(organisation=ana.organisation, name=f"M{n}", access="open_weights")
        Deployment.objects.create(
            organisation=ana.organisation, model=model, name="ours", answers={"suppliers": 6}
        )
    with django_assert_max_num_queries(20):
        page = browser.get(CLAIM)
    independence = page.context["claim"]["claimed"][2]
    suppliers = next(one for one in independence["measures"] if one["id"] == "ICL-3")
    assert suppliers["open"]["known"] == 12
