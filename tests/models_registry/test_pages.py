"""The lists and forms of models, systems and suppliers, as a browser meets them."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.paging import ROWS_ON_A_PAGE
from models_registry.choosing import MOST_OFFERED
from models_registry.models import AIModel, AISystem, Supplier, SystemModel, UseCase
from models_registry.services import stamp
from tests.accounts.factories import MembershipFactory
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)

HOSTILE = "<script>alert(1)</script>\"'&{{ 7|add:7 }}"
NOUNS = {"supplier": SupplierFactory, "model": AIModelFactory, "system": AISystemFactory}


def url(name, row=None, **query):
    path = reverse(f"models_registry:{name}", args=[row.pk] if row else [])
    return f"{path}?{urlencode(query)}" if query else path


def names(page, noun):
    return [line["name"] for line in page.context[f"{noun}s"]]


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_list_teaches_and_offers_the_first_step(browser, noun):
    page = browser.get(url(f"{noun}-list"))
    assert url(f"{noun}-register") in page.text
    assert page.context["is_begun"] is False


@pytest.mark.parametrize("noun", NOUNS)
def test_a_stranger_finds_nothing(signed_in, carla, own, noun):
    row, stranger = NOUNS[noun](name="Secret", **own), signed_in(carla)
    assert "Secret" not in stranger.get(url(f"{noun}-list")).text
    for deed in ("detail", "edit"):
        assert stranger.get(url(f"{noun}-{deed}", row)).status_code == 404
    for deed in ("edit", "retire", "restore"):
        assert stranger.post(url(f"{noun}-{deed}", row), {"name": "Mine"}).status_code == 404
    row.refresh_from_db()
    assert row.name == "Secret"
    assert row.retired_at is None


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER, Role.APPROVER])
def test_a_colleague_who_only_reads_sees_no_buttons_and_changes_nothing(signed_in, own, noun, role):
    row = NOUNS[noun](**own)
    reader = signed_in(MembershipFactory(roles=[role], **own))
    page = reader.get(url(f"{noun}-detail", row))
    assert url(f"{noun}-edit", row) not in page.text
    assert url(f"{noun}-retire", row) not in page.text
    assert url(f"{noun}-register") not in reader.get(url(f"{noun}-list")).text
    assert reader.get(url(f"{noun}-edit", row)).status_code == 403
    assert reader.post(url(f"{noun}-register"), {"name": "New"}).status_code == 403
    assert reader.post(url(f"{noun}-retire", row)).status_code == 403


def test_a_contributor_registers_but_does_not_retire(signed_in, own):
    contributor = signed_in(MembershipFactory(roles=[Role.CONTRIBUTOR], **own))
    assert contributor.post(url("supplier-register"), {"name": "Norrvik"}).status_code == 302
    supplier = Supplier.objects.get()
    assert contributor.post(url("supplier-retire", supplier)).status_code == 403


@pytest.mark.parametrize("noun", NOUNS)
def test_hostile_names_are_shown_as_text(browser, own, noun):
    row = NOUNS[noun](name=HOSTILE, **own)
    for page in (url(f"{noun}-list"), url(f"{noun}-detail", row), url(f"{noun}-edit", row)):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize("noun", NOUNS)
def test_search_takes_every_sign_literally(browser, own, noun):
    for name in ("100% Recall", "1000 Recall", 'O\'Hara "Q"', "under_score", "underscore"):
        NOUNS[noun](name=name, **own)
    found = {
        "100%": ["100% Recall"],
        "'": ['O\'Hara "Q"'],
        '"q"': ['O\'Hara "Q"'],
        "r_s": ["under_score"],
        "RECALL 100": ["100% Recall", "1000 Recall"],
        "' OR 1=1 --": [],
        "%": ["100% Recall"],
    }
    for text, expected in found.items():
        assert names(browser.get(url(f"{noun}-list", q=text)), noun) == expected, text


def test_search_minds_no_capitals_in_german_either(browser, own):
    SupplierFactory(name="Übersetzungsbüro Öhler", **own)
    for text in ("übersetzung", "ÜBERSETZUNG", "öhler", "BÜRO"):
        assert len(names(browser.get(url("supplier-list", q=text)), "supplier")) == 1, text


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"sort": "name; DROP"},
        {"state": "gone"},
        {"supplier": "x"},
        {"after": "' OR 1=1"},
        {"before": "00000000-0000-0000-0000-000000000007"},
    ],
)
@pytest.mark.parametrize("noun", NOUNS)
def test_an_address_that_makes_no_sense_shows_the_list(browser, own, noun, query):
    NOUNS[noun](name="Here", **own)
    page = browser.get(url(f"{noun}-list", **query))
    assert page.status_code == 200


def test_pages_go_through_all_rows_once_in_either_direction(browser, own):
    wanted = [f"Supplier {'abc'[n % 3].upper() if n % 2 else 'abc'[n % 3]}{n}" for n in range(120)]
    Supplier.objects.bulk_create(Supplier(name=name, **own) for name in wanted)
    seen, address = [], url("supplier-list")
    while address:
        page = browser.get(address)
        seen.append(names(page, "supplier"))
        last, address = page, page.context["page"].next_url
        address = address and url("supplier-list") + address
    assert [len(part) for part in seen] == [ROWS_ON_A_PAGE, ROWS_ON_A_PAGE, 20]
    assert [name for part in seen for name in part] == sorted(wanted, key=str.lower)
    back = browser.get(url("supplier-list") + last.context["page"].previous_url)
    assert names(back, "supplier") == seen[1]


def test_rows_of_one_name_keep_their_order_across_pages(browser, own):
    AISystem.objects.bulk_create(
        AISystem(name="Same", version=f"{n:03}", **own) for n in range(110)
    )
    seen, address = [], url("system-list")
    while address:
        page = browser.get(address)
        seen += names(page, "system")
        address = (
            page.context["page"].next_url and url("system-list") + page.context["page"].next_url
        )
    assert len(seen) == len(set(seen)) == 110


def test_the_last_changed_comes_first_where_asked(browser, own):
    old, new = SupplierFactory(name="Old", **own), SupplierFactory(name="New", **own)
    old.save()
    assert names(browser.get(url("supplier-list", sort="changed")), "supplier") == ["Old", "New"]
    assert names(browser.get(url("supplier-list")), "supplier") == ["New", "Old"]
    assert new.changed_at < old.changed_at


def test_the_retired_are_listed_only_where_asked(browser, own):
    supplier = SupplierFactory(name="Gone", **own)
    browser.post(url("supplier-retire", supplier))
    assert names(browser.get(url("supplier-list")), "supplier") == []
    assert names(browser.get(url("supplier-list", state="retired")), "supplier") == ["Gone"]
    browser.post(url("supplier-restore", supplier))
    assert names(browser.get(url("supplier-list")), "supplier") == ["Gone"]


def test_a_supplier_is_found_by_a_number_however_it_is_typed(browser, own):
    SupplierFactory(name="Other", **own)
    typed = {
        "name": "Norrvik",
        "eu_representative": "Kontor Nord GmbH",
        "scheme_0": "0060",
        "number_0": "15-048-3782",
        "scheme_1": "0199",
        "number_1": "213800KUD8LAJWSQ9D15",
    }
    assert browser.post(url("supplier-register"), typed).status_code == 302
    for text in ("150483782", "15-048-3782", "213800kud8", "norrvik", "Kontor"):
        assert names(browser.get(url("supplier-list", q=text)), "supplier") == ["Norrvik"], text
    page = browser.get(url("supplier-detail", Supplier.objects.get(name="Norrvik"))).text
    assert "213800KUD8LAJWSQ9D15" in page
    assert "Kontor Nord GmbH" in page


@pytest.mark.parametrize(
    ("scheme", "number"),
    [
        ("0199", "213800KUD8LAJWSQ9D16"),
        ("0088", "4012345678902"),
        ("0060", "12"),
        ("vat", "DE123456789"),
        ("", "123"),
        ("9999", "123"),
    ],
)
def test_a_number_with_a_slip_is_refused_in_its_row(browser, own, scheme, number):
    typed = {"name": "Norrvik", "scheme_0": scheme, "number_0": number}
    page = browser.post(url("supplier-register"), typed)
    assert page.status_code == 200
    assert {"scheme_0", "number_0"} & page.context["form"].errors.keys()
    assert not Supplier.objects.exists()


def test_a_number_names_one_supplier_and_says_so_in_its_row(browser, own):
    typed = {"name": "Norrvik", "scheme_0": "own", "number_0": "4711"}
    browser.post(url("supplier-register"), typed)
    page = browser.post(url("supplier-register"), typed | {"name": "Other"})
    assert "Another supplier has this number already." in page.context["form"].errors["number_0"][0]
    assert Supplier.objects.count() == 1


def test_systems_are_listed_of_one_supplier_or_built_on_one_model(browser, own):
    supplier, model = SupplierFactory(**own), AIModelFactory(**own)
    AISystemFactory(name="Other", **own)
    AISystemFactory(name="Theirs", supplier=supplier, **own)
    built = AISystemFactory(name="Built", **own)
    SystemModel.objects.create(system=built, model=model, **own)
    assert names(browser.get(url("system-list", supplier=supplier.pk)), "system") == ["Theirs"]
    assert names(browser.get(url("system-list", model=model.pk)), "system") == ["Built"]


def test_registering_with_a_taken_name_keeps_what_was_typed(browser, own):
    SupplierFactory(name="Norrvik", **own)
    page = browser.post(url("supplier-register"), {"name": "Norrvik", "country": "SE"})
    assert page.status_code == 200
    assert "A supplier of this name is registered already." in page.text
    assert 'value="Norrvik"' in page.text
    assert '<option value="SE" selected>' in page.text
    assert Supplier.objects.count() == 1


def test_a_system_is_registered_with_its_models_and_a_new_supplier(browser, own):
    ranks, explains = AIModelFactory(**own), AIModelFactory(**own)
    typed = {
        "name": "TalentRank",
        "version": "2026.3",
        "supplier_name": "Norrvik",
        "model_0": ranks.pk,
        "role_0": "ranks",
        "model_2": explains.pk,
    }
    page = browser.post(url("system-register"), typed, follow=True)
    system = AISystem.objects.get()
    assert page.redirect_chain == [(url("system-detail", system), 302)]
    assert system.supplier.name == "Norrvik"
    assert {part.model: part.role for part in system.parts.all()} == {ranks: "ranks", explains: ""}
    assert "TalentRank 2026.3" in page.text


@pytest.mark.parametrize(
    "key", ["theirs", "nonsense", "\x00", "00000000-0000-0000-0000-000000000007"]
)
def test_a_model_of_others_in_a_form_is_unknown(browser, carla, own, key):
    theirs = AIModelFactory(name="Secret model", organisation=carla.organisation)
    typed = {"name": "System", "model_0": theirs.pk if key == "theirs" else key}
    page = browser.post(url("system-register"), typed)
    assert page.status_code == 200
    assert "not in your register" in page.text
    assert "Secret model" not in page.text
    assert not AISystem.objects.exists()


def test_a_model_twice_or_a_role_alone_is_told_at_its_row(browser, own):
    model = AIModelFactory(**own)
    typed = {"name": "System", "model_0": model.pk, "model_1": model.pk, "role_2": "ranks"}
    form = browser.post(url("system-register"), typed).context["form"]
    assert set(form.errors) == {"model_1", "model_2"}


def test_more_rows_and_found_models_keep_what_was_typed(browser, own):
    AIModel.objects.bulk_create(
        AIModel(name=f"Model {n:03}", access="gated", **own) for n in range(MOST_OFFERED + 5)
    )
    last = AIModel.objects.get(name=f"Model {MOST_OFFERED + 4:03}")
    page = browser.get(url("system-register"))
    assert str(last.pk) not in page.text
    typed = {"name": "Half typed", "role_0": "ranks", "find": last.name, "find_now": "1"}
    page = browser.post(url("system-register"), typed)
    assert 'value="Half typed"' in page.text
    assert 'value="ranks"' in page.text
    assert f'<option value="{last.pk}">' in page.text
    assert not AISystem.objects.exists()
    done = {"name": "Half typed", "model_0": last.pk, "role_0": "ranks", "find": ""}
    assert browser.post(url("system-register"), done).status_code == 302
    more = browser.post(url("system-register"), {"name": "N", "model_0": last.pk, "more": "1"})
    assert len(more.context["form"].bound_rows()) == 3


def test_an_edit_keeps_a_retired_model_that_is_in_the_system(browser, own):
    system, model = AISystemFactory(name="Sorter", **own), AIModelFactory(**own)
    SystemModel.objects.create(system=system, model=model, role="reads", **own)
    browser.post(url("model-retire", model))
    page = browser.get(url("system-edit", system))
    assert f'<option value="{model.pk}" selected>' in page.text
    typed = {"name": "Sorter 2", "model_0": model.pk, "role_0": "reads"}
    assert browser.post(url("system-edit", system), typed).status_code == 302
    assert system.parts.count() == 1


def test_a_second_tab_loses_nothing_and_overwrites_nothing_unseen(browser, own):
    supplier = SupplierFactory(name="Norrvik", country="SE", **own)
    seen = stamp(supplier)
    first = {"name": "Norrvik AB", "country": "SE", "seen": seen}
    assert browser.post(url("supplier-edit", supplier), first).status_code == 302
    second = {"name": "Norrvik Group", "country": "SE", "seen": seen}
    page = browser.post(url("supplier-edit", supplier), second)
    assert "Somebody changed this" in page.text
    assert "Norrvik AB" in page.text
    assert 'value="Norrvik Group"' in page.text
    supplier.refresh_from_db()
    assert supplier.name == "Norrvik AB"
    again = second | {"seen": page.context["form"].data["seen"]}
    assert browser.post(url("supplier-edit", supplier), again).status_code == 302
    supplier.refresh_from_db()
    assert supplier.name == "Norrvik Group"


def test_a_second_tab_sees_which_models_are_in_the_system_now(browser, own):
    system = AISystemFactory(
        name="Sorter", supplier=SupplierFactory(name="Briefwerk", **own), **own
    )
    model = AIModelFactory(name="Reader", **own)
    seen = stamp(system)
    base = {"name": "Sorter", "supplier_name": "Briefwerk", "seen": seen}
    browser.post(url("system-edit", system), base | {"model_0": model.pk, "role_0": "reads"})
    page = browser.post(url("system-edit", system), base | {"version": "2"})
    theirs = dict(page.context["form"].theirs)
    assert theirs == {
        "Version": "",
        "Model 1": "Reader",
        "What model 1 does in the system": "reads",
    }
    assert 'value="2"' in page.text
    assert system.parts.count() == 1


@pytest.mark.parametrize("amount", ["nan", "inf", "-1", "1e400", "many"])
def test_an_amount_that_is_none_is_refused(browser, amount):
    typed = {"name": "Reader", "access": "gated", "training_compute": amount}
    page = browser.post(url("model-register"), typed)
    assert page.context["form"].errors.keys() == {"training_compute"}
    assert not AIModel.objects.exists()


def test_a_model_is_registered_with_its_compute(browser):
    typed = {"name": "Reader", "access": "open_weights", "training_compute": "3.1e24"}
    browser.post(url("model-register"), typed | {"supplier_name": "Briefwerk"})
    model = AIModel.objects.get()
    assert model.training_compute == 3.1e24
    assert model.provider.name == "Briefwerk"


def test_a_new_version_moves_only_the_chosen_uses_of_this_system(browser, carla, own):
    system = AISystemFactory(name="TalentRank", version="1", **own)
    moving, staying = UseCaseFactory(system=system, **own), UseCaseFactory(system=system, **own)
    page = browser.post(url("system-renew", system), {"version": "2", "moving": [moving.pk]})
    new = AISystem.objects.get(version="2")
    assert page.url == url("system-detail", new)
    assert list(new.use_cases.all()) == [moving]
    for other in (UseCaseFactory(**own), UseCaseFactory(organisation=carla.organisation)):
        page = browser.post(url("system-renew", system), {"version": "3", "moving": [other.pk]})
        assert "not in your register" in page.text
    assert staying.system_id == UseCase.objects.get(pk=staying.pk).system_id
    assert not AISystem.objects.filter(version="3").exists()


def test_a_taken_version_is_told_at_the_version(browser, own):
    system = AISystemFactory(name="TalentRank", version="1", **own)
    form = browser.post(url("system-renew", system), {"version": "1"}).context["form"]
    assert form.errors.keys() == {"version"}


def test_detail_pages_show_what_hangs_together(browser, own):
    supplier = SupplierFactory(name="Norrvik", **own)
    model = AIModelFactory(name="Ranker", provider=supplier, **own)
    system = AISystemFactory(name="TalentRank", supplier=supplier, **own)
    SystemModel.objects.create(system=system, model=model, role="ranks applicants", **own)
    UseCaseFactory(name="Shortlist", system=system, **own)
    UseCaseFactory(name="Hand out the model", system=None, model=model, **own)
    assert "ranks applicants" in browser.get(url("system-detail", system)).text
    assert "Shortlist" in browser.get(url("system-detail", system)).text
    assert "TalentRank" in browser.get(url("model-detail", model)).text
    assert "Hand out the model" in browser.get(url("model-detail", model)).text
    page = browser.get(url("supplier-detail", supplier)).text
    assert "TalentRank" in page
    assert "Ranker" in page
