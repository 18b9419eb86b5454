"""The register of uses: searched, filtered, put in order, page by page."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.paging import ROWS_ON_A_PAGE
from assessments.models import Assessment
from models_registry.models import SystemModel
from models_registry.services import retire
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)

USES = reverse("assessments:use-list")
DAY = date(2026, 11, 23)


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)


@pytest.fixture
def add(organisation):
    """A use whose assessment has this summary."""

    def make(name, *, tier="minimal", unit="", purpose="Does it.", supplier=None, **summary):
        system = AISystemFactory(organisation=organisation, name=f"S {name}", supplier=supplier)
        use = UseCaseFactory(
            organisation=organisation, name=name, unit=unit, purpose=purpose, system=system
        )
        return Assessment.objects.create(
            organisation=organisation,
            use_case=use,
            as_of=DAY,
            law_version="x",
            catalogue_digest="x",
            headline=tier,
            at_best=tier,
            at_worst=tier,
            gpai="none",
            **summary,
        )

    return make


def look(browser, **query):
    return browser.get(f"{USES}?{urlencode(query)}")


def names(page):
    return [use["name"] for use in page.context["uses"]]


def tiles(page):
    return {tile["tier"]: tile["count"] for tile in page.context["tiles"]}


def test_search_finds_names_purposes_units_systems_suppliers_and_models(browser, add, organisation):
    own = {"organisation": organisation}
    one = add("Shortlist", purpose="Ranks applicants", unit="People team",
              supplier=SupplierFactory(name="Norrvik", **own))  # fmt: skip
    model = AIModelFactory(name="Ranker", **own)
    SystemModel.objects.create(system=one.use_case.system, model=model, **own)
    add("Other")
    for text in ("shortl", "APPLICANTS", "people", "S Shortlist", "norrvik", "ranker",
                 "norrvik ranks"):  # fmt: skip
        assert names(look(browser, q=text)) == ["Shortlist"], text
    assert names(look(browser, q="norrvik other")) == []


def test_search_takes_every_sign_literally(browser, add):
    for name in ("100% recall", "1000 recalls", "O'Hara", 'The "best"', "a_b", "axb", "C:\\x"):
        add(name)
    for text, found in {
        "100%": ["100% recall"],
        "_": ["a_b"],
        "o'h": ["O'Hara"],
        '"best"': ['The "best"'],
        "\\": ["C:\\x"],
        "') OR 1=1 --": [],
    }.items():
        assert names(look(browser, q=text)) == found, text


def test_tiles_count_what_the_search_finds_and_lead_on_from_it(browser, add):
    add("Chat one", tier="transparency_art_50")
    add("Chat two", tier="high_risk_annex_iii")
    add("Filter", tier="minimal")
    page = look(browser, q="chat", sort="changed")
    assert tiles(page) == {"high_risk_annex_iii": 1, "transparency_art_50": 1}
    assert page.context["total"] == 3
    url = page.context["tiles"][0]["url"]
    assert parse_qs(urlsplit(url).query) == {
        "q": ["chat"], "sort": ["changed"], "tier": ["high_risk_annex_iii"],
    }  # fmt: skip
    chosen = browser.get(url)
    assert names(chosen) == ["Chat two"]
    assert tiles(chosen) == tiles(page)
    assert "tier" not in parse_qs(urlsplit(chosen.context["tiles"][0]["url"]).query)


def test_filters_narrow_the_list(browser, add, organisation):
    supplier = SupplierFactory(organisation=organisation, name="Norrvik")
    add("A", roles=["provider", "deployer"], unit="HR", state="in_review")
    add("B", roles=["gpai_provider"], unit="IT", supplier=supplier, tier="prohibited")
    add("C", roles=["deployer"], unit="HR")
    for query, found in (
        ({"role": "deployer"}, ["A", "C"]),
        ({"role": "provider"}, ["A"]),
        ({"role": "gpai_provider"}, ["B"]),
        ({"unit": "HR"}, ["A", "C"]),
        ({"unit": "HR", "state": "in_review"}, ["A"]),
        ({"supplier": supplier.pk}, ["B"]),
        ({"tier": "prohibited"}, ["B"]),
        ({"unit": "nowhere"}, []),
    ):
        assert names(look(browser, **query)) == found, query


def test_a_use_of_one_system_or_model_is_found_from_its_page(browser, add, organisation):
    one = add("One")
    add("Two")
    model = AIModelFactory(organisation=organisation)
    assert names(look(browser, system=one.use_case.system_id)) == ["One"]
    assert names(look(browser, model=model.pk)) == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["alpha", "Beta", "Gamma"]),
        ("class", ["Gamma", "alpha", "Beta"]),
        ("date", ["Beta", "Gamma", "alpha"]),
        ("changed", ["alpha", "Gamma", "Beta"]),
    ],
)
def test_the_order_is_what_was_asked_for(browser, add, sort, order):
    now = timezone.now()
    add("Beta", tier="minimal", next_day=DAY, changed_at=now + timedelta(1))
    add("alpha", tier="minimal", next_day=None, changed_at=now + timedelta(3))
    add("Gamma", tier="prohibited", next_day=DAY + timedelta(9), changed_at=now + timedelta(2))
    if sort == "class":
        order = ["Gamma", "Beta", "alpha"]
    assert names(look(browser, sort=sort)) == order


@pytest.mark.parametrize("sort", ["", "class", "date", "changed"])
def test_every_order_pages_through_all_uses_once_and_back(browser, add, sort):
    moment = timezone.now() + timedelta(1)
    for n in range(120):
        add(
            f"Use {n * 7 % 120:03}",
            tier=["minimal", "open", "prohibited"][n % 3],
            next_day=None if n % 4 else DAY + timedelta(n % 5),
            # Ties in everything but the key.
            changed_at=moment,
        )
    pages, address = [], f"{USES}?sort={sort}&q=use"
    while address:
        page = browser.get(address)
        pages.append(names(page))
        last, address = page, page.context["page"].next_url
        address = address and USES + address
    assert [len(part) for part in pages] == [ROWS_ON_A_PAGE, ROWS_ON_A_PAGE, 20]
    assert len({name for part in pages for name in part}) == 120
    back = browser.get(USES + last.context["page"].previous_url)
    assert names(back) == pages[1]
    assert "q=use" in back.context["page"].previous_url


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "%" * 3000},
        {"sort": "-pk"},
        {"tier": "worst"},
        {"role": '"'},
        {"state": "superseded"},
        {"supplier": "' OR 1=1"},
        {"unit": "\x00"},
        {"after": "x"},
        {"before": "00000000-0000-0000-0000-000000000007"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_register(browser, add, query):
    add("Here")
    page = look(browser, **query)
    assert page.status_code == 200
    assert names(page) == ["Here"]


def test_the_filter_of_others_finds_nothing_of_theirs(browser, add, carla):
    add("Mine")
    theirs = SupplierFactory(organisation=carla.organisation, name="Secret supplier")
    system = AISystemFactory(organisation=carla.organisation, supplier=theirs)
    UseCaseFactory(organisation=carla.organisation, name="Secret", unit="Unit X", system=system)
    page = look(browser, supplier=theirs.pk)
    assert names(page) == []
    assert "Secret" not in page.text
    assert "Unit X" not in page.text


def test_retired_uses_are_seen_only_where_asked(browser, add, ana):
    gone = add("Gone", next_day=timezone.localdate() + timedelta(5))
    add("Here", tier="open")
    retire(row=gone.use_case, by=ana.user)
    page = look(browser)
    assert names(page) == ["Here"]
    assert tiles(page) == {"open": 1}
    assert (page.context["total"], page.context["dates_soon"]) == (1, 0)
    assert names(look(browser, state="retired")) == ["Gone"]


def test_an_empty_register_leads_to_the_retired_uses_if_there_are_any(browser, add, ana):
    assert "state=retired" not in look(browser).text
    retire(row=add("Gone").use_case, by=ana.user)
    assert "state=retired" in look(browser).text


def test_a_retired_use_is_found_once_whatever_became_of_its_assessments(browser, add, ana):
    first = add("Gone", state="superseded")
    fields = {f.attname: getattr(first, f.attname) for f in Assessment._meta.fields}
    for state in ("archived", "archived"):
        Assessment.objects.create(**fields | {"id": uuid7(), "state": state})
    retire(row=first.use_case, by=ana.user)
    page = look(browser, state="retired", sort="changed")
    assert names(page) == ["Gone"]
    assert tiles(page) == {"minimal": 1}


def test_choices_keep_what_was_chosen(browser, add, organisation):
    supplier = SupplierFactory(organisation=organisation, name="Norrvik")
    add("A", unit="HR & <Co>", supplier=supplier)
    page = look(browser, unit="HR & <Co>", supplier=supplier.pk, sort="date")
    assert '<option value="HR &amp; &lt;Co&gt;" selected>' in page.text
    assert f'<option value="{supplier.pk}" selected>' in page.text
    assert '<option value="date" selected>' in page.text


def test_a_long_register_costs_as_many_queries_as_a_short_one(
    browser, add, django_assert_num_queries, django_assert_max_num_queries
):
    add("Use 0")
    browser.get(USES)
    with django_assert_max_num_queries(15) as few:
        look(browser, q="use", sort="class")
    for n in range(1, 60):
        add(f"Use {n}", unit=f"Unit {n}")
    with django_assert_num_queries(len(few)):
        look(browser, q="use", sort="class")
