"""The library: who sees what, how strong evidence is, how it is found, and how it leaves."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Role
from events.models import Event
from models_registry.models import Attachment, CheckRun, Evidence, StoredFile
from models_registry.services import storing
from models_registry.services.evidence import add_evidence, archive, attach, confirm, store
from tests.accounts.factories import MembershipFactory

CASES = ("evidence-detail", "evidence-download", "evidence-edit", "evidence-attach")


def a_file(ana, name="card.md", content=b"# Skald", **values):
    kept = store(upload=ContentFile(content, name=name), organisation=ana.organisation, by=ana.user)
    values = {"title": name, "kind": "model_card", "file_name": name, **values}
    return add_evidence(organisation=ana.organisation, by=ana.user, stored=kept.stored, **values)


def a_link(ana, **values):
    values = {"title": "Terms", "kind": "licence", "link": "https://example.org/terms", **values}
    return add_evidence(organisation=ana.organisation, by=ana.user, **values)


def url(name, row=None, query=""):
    return reverse(f"models_registry:{name}", args=[row.pk] if row else []) + query


def titles(browser, query=""):
    page = browser.get(url("evidence-list", query=query))
    return [row["title"] for row in page.context["evidence"]]


def edited(browser, row, **changes):
    row.refresh_from_db()
    page = browser.get(url("evidence-edit", row)).context["form"]
    typed = {name: page[name].value() for name in page.fields if name != "upload"}
    typed = {name: value for name, value in typed.items() if value not in (None, False)}
    return browser.post(url("evidence-edit", row), typed | changes)


def test_an_empty_library_teaches(browser):
    assert url("evidence-add") in browser.get(url("evidence-list")).text


def test_a_link_is_shown_and_never_called(browser):
    typed = {"link": "https://example.org/a?b=<script>", "title": "T", "kind": "guess",
             "confidentiality": "public"}  # fmt: skip
    answer = browser.post(url("evidence-add"), typed)
    row = Evidence.objects.get()
    assert (row.strength, row.stored) == ("asserted", None)
    page = browser.get(answer.url).text
    assert 'rel="noopener noreferrer nofollow"' in page
    assert "<script>" not in page.split("<main", 1)[1]
    assert browser.get(url("evidence-download", row)).status_code == 404


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://example.org/x", "file:///etc/passwd", "data:text/html,x"]
)
def test_a_link_is_of_the_web_or_refused(browser, link):
    typed = {"link": link, "title": "T", "kind": "other", "confidentiality": "public"}
    assert browser.post(url("evidence-add"), typed).status_code == 200
    assert not Evidence.objects.exists()


def test_a_file_can_be_added_after_somebody_has_edited_a_link(browser, ana):
    assert edited(browser, a_link(ana), note="Read again.").status_code == 302
    typed = {"upload": ContentFile(b"All tests were passed.", name="tests.txt"),
             "kind": "evaluation", "confidentiality": "internal"}  # fmt: skip
    answer = browser.post(url("evidence-add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors


def test_either_a_file_or_a_link(browser):
    typed = {"title": "T", "kind": "other", "confidentiality": "public"}
    assert "Choose a file, or give a link" in browser.post(url("evidence-add"), typed).text
    both = {**typed, "link": "https://example.org", "upload": ContentFile(b"x", name="a.txt")}
    assert "either a file or a link" in browser.post(url("evidence-add"), both).text
    assert not StoredFile.objects.exists()


def test_a_title_is_made_of_the_name_and_wrong_days_are_told(browser):
    typed = {
        "kind": "guess", "confidentiality": "internal", "period_from": "2026-02-01",
        "period_to": "2026-01-01", "issued_on": "2026-03-01", "valid_to": "2026-01-01",
    }  # fmt: skip
    page = browser.post(
        url("evidence-add"), {**typed, "upload": ContentFile(b"words", name="ISO 42001_x.txt")}
    )
    assert "before the day on which the period begins" in page.text
    assert "before the date of the evidence" in page.text
    assert not StoredFile.objects.exists()
    for name in ("period_to", "valid_to"):
        del typed[name]
    browser.post(
        url("evidence-add"), {**typed, "upload": ContentFile(b"w", name="ISO 42001_x.txt")}
    )
    row = Evidence.objects.get()
    assert (row.title, row.kind, row.strength) == ("ISO 42001 x", "certificate", "documented")
    assert row.added_by.name == "Ana"


def test_a_statement_is_only_asserted(browser):
    typed = {"kind": "other", "confidentiality": "internal", "is_statement": "on"}
    browser.post(url("evidence-add"), {**typed, "upload": ContentFile(b"We do!", name="a.txt")})
    assert Evidence.objects.get().strength == "asserted"


def test_a_person_confirms_and_a_change_of_the_essence_takes_it_back(browser, ana):
    row = a_file(ana, issuer="Testing Body")
    early = browser.post(url("evidence-confirm", row), {"compared": "on"})
    assert "which date" in early.text
    edited(browser, row, issued_on="2026-01-01")
    assert browser.post(url("evidence-confirm", row), {}).status_code == 200
    browser.post(url("evidence-confirm", row), {"compared": "on"})
    row.refresh_from_db()
    assert (row.strength, row.confirmed_by) == ("verified", ana.user)
    edited(browser, row, note="Still the same document.")
    row.refresh_from_db()
    assert row.strength == "verified"
    for change in (
        {"issued_on": "2026-01-02"},
        {"issuer": "Somebody else"},
        {"upload": ContentFile(b"# Other", name="card.md")},
    ):
        confirm(evidence=row, by=ana.user)
        assert edited(browser, row, **change).status_code == 302
        row.refresh_from_db()
        assert (row.strength, row.confirmed_by, row.confirmed_at) == ("documented", None, None)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"evidence.added", "evidence.changed", "evidence.confirmed", "file.stored"} <= kinds


def test_a_confirmation_can_be_taken_back(browser, ana):
    row = a_file(ana, issued_on=date(2026, 1, 1))
    confirm(evidence=row, by=ana.user)
    browser.post(url("evidence-withdraw", row))
    row.refresh_from_db()
    assert (row.strength, row.confirmed_by) == ("documented", None)


@pytest.mark.parametrize(
    ("issuer", "strength"),
    [
        ("Testing Body GmbH", "independent"),
        ("Norrvik AI", "documented"),
        ("norrvik ai Ltd.", "documented"),
        ("Norrvik", "documented"),
        ("", "documented"),
    ],
)
def test_independent_is_only_what_somebody_else_issued(browser, ana, model, issuer, strength):
    row = a_file(ana, issuer=issuer, issued_on=date(2026, 1, 1))
    attach(evidence=row, by=ana.user, on=date(2026, 11, 1), model=model)
    offered = "independent" in browser.get(url("evidence-confirm", row)).context["form"].fields
    assert offered == (strength == "independent")
    if offered:
        browser.post(url("evidence-confirm", row), {"compared": "on", "independent": "on"})
    row.refresh_from_db()
    assert row.strength == strength


def test_what_the_supplier_issued_loses_its_independence_when_it_is_attached(ana, model):
    row = a_file(ana, issuer="Norrvik AI", issued_on=date(2026, 1, 1))
    confirm(evidence=row, by=ana.user, independent=True)
    attach(evidence=row, by=ana.user, on=date(2026, 11, 1), model=model)
    row.refresh_from_db()
    assert row.strength == "verified"


def test_a_second_editor_sees_what_the_first_wrote(browser, ana):
    row = a_file(ana)
    seen = row.changed_at.isoformat()
    edited(browser, row, note="First.")
    typed = {"title": "Mine", "kind": "other", "confidentiality": "internal", "seen": seen}
    answer = browser.post(url("evidence-edit", row), typed)
    assert "Somebody changed this" in answer.text
    assert "First." in answer.text
    row.refresh_from_db()
    assert row.title == "card.md"


def test_what_is_confidential_is_hidden_from_contributors(signed_in, ana, model, own):
    secret = a_file(ana, title="Secret contract", confidentiality="confidential")
    attach(evidence=secret, by=ana.user, on=date(2026, 11, 1), model=model)
    contributor = MembershipFactory(roles=[Role.CONTRIBUTOR], **own)
    browser = signed_in(contributor)
    assert "Secret" not in browser.get(url("evidence-list")).text
    assert "Secret" not in browser.get(url("model-detail", model)).text
    for name in CASES:
        assert browser.get(url(name, secret)).status_code == 404
    for name in ("confirm", "withdraw", "archive", "restore"):
        assert browser.post(url(f"evidence-{name}", secret)).status_code == 404
    detach = reverse("models_registry:evidence-detach", args=[Attachment.objects.get().pk])
    assert browser.post(detach).status_code == 404
    assert not Attachment.objects.visible_to(contributor.user).exists()
    Evidence.objects.update(added_by=contributor.user)
    assert browser.get(url("evidence-detail", secret)).status_code == 200
    for role in (Role.REVIEWER, Role.APPROVER, Role.AUDITOR):
        reader = signed_in(MembershipFactory(roles=[role], **own))
        assert "Secret" in reader.get(url("evidence-list")).text
        assert reader.get(url("evidence-edit", secret)).status_code == 403


def test_a_download_is_an_attachment_that_no_browser_shows(browser, ana):
    row = a_file(ana, content=b"<script>alert(1)</script>")
    Evidence.objects.update(file_name='p"\r\nX-Evil: 1/../ä.html')
    answer = browser.get(url("evidence-download", row))
    assert b"".join(answer) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    row.stored.file.storage.delete(row.stored.file.name)
    assert browser.get(url("evidence-download", row)).status_code == 404


def test_evidence_that_expires_comes_first_and_is_counted(browser, ana):
    today = localdate()
    for days, title in ((10, "soon"), (-5, "over"), (89, "later"), (200, "far"), (90, "last day")):
        a_link(ana, title=title, valid_to=today + timedelta(days=days))
    a_link(ana, title="endless")
    page = browser.get(url("evidence-list"))
    assert "4 pieces of evidence" in page.text
    assert titles(browser, "?state=expiring") == ["over", "soon", "later", "last day"]
    assert titles(browser, "?state=expired") == ["over"]
    assert titles(browser, "?sort=end")[-1] == "endless"


def test_search_and_filters(browser, ana, model, system):
    card = a_file(ana, title="Card 100% sure", issuer="Norrvik")
    attach(evidence=card, by=ana.user, on=date(2026, 11, 1), model=model)
    terms = a_link(ana, title="Terms_of use", confidentiality="public")
    attach(evidence=terms, by=ana.user, on=date(2026, 11, 1), system=system)
    a_file(ana, name="run.bin", content=b"\x7fELF" + bytes(60), title="Program")
    away = a_link(ana, title="Away")
    archive(evidence=away, by=ana.user, on=date(2026, 11, 1))
    for query, expected in {
        "?q=100%25": ["Card 100% sure"],
        "?q=norrvik": ["Card 100% sure"],
        f"?q={card.stored.sha256[:20]}": ["Card 100% sure"],
        "?q=s_o": ["Terms_of use"],
        "?kind=licence": ["Terms_of use"],
        "?strength=documented": ["Card 100% sure"],
        "?confidentiality=public": ["Terms_of use"],
        "?attached=model": ["Card 100% sure"],
        "?attached=system": ["Terms_of use"],
        "?attached=nothing": ["Program"],
        f"?model={model.pk}": ["Card 100% sure"],
        f"?system={system.pk}": ["Terms_of use"],
        "?state=quarantined": ["Program"],
        "?state=archived": ["Away"],
        "?sort=title": ["Card 100% sure", "Program", "Terms_of use"],
        "?model=x&kind=nonsense&sort=nonsense&state=nonsense": [
            "Program", "Terms_of use", "Card 100% sure",
        ],
    }.items():  # fmt: skip
        assert titles(browser, query) == expected, query


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    browser, ana, model, system, django_assert_max_num_queries
):
    for n in range(60):
        row = a_link(ana, title=f"Link {n:02}")
        for end in ({"model": model}, {"system": system}):
            Attachment.objects.create(organisation=ana.organisation, evidence=row, **end)
    for query in ("", "?sort=title", "?state=expiring", "?q=link"):
        with django_assert_max_num_queries(14):
            browser.get(url("evidence-list", query=query))
    first = browser.get(url("evidence-list", query="?sort=title"))
    second = browser.get(url("evidence-list") + first.context["page"].next_url)
    listed = [row["title"] for row in second.context["evidence"]]
    assert listed == [f"Link {n}" for n in range(50, 60)]
    with django_assert_max_num_queries(30):
        browser.get(url("system-detail", system))


def test_attaching_is_found_by_words_and_said_once(browser, ana, model, system):
    row = a_file(ana)
    page = browser.get(url("evidence-attach", row, "?q=skald"))
    assert str(model.pk) in page.text
    assert str(system.pk) not in page.text
    for _ in range(2):
        browser.post(url("evidence-attach", row), {"model": model.pk})
    assert CheckRun.objects.count() == 1
    assert str(model.pk) not in browser.get(url("evidence-attach", row)).context["models"]
    browser.post(url("evidence-attach", row), {"system": system.pk})
    assert Attachment.objects.count() == 2
    for wrong in ({}, {"model": "x"}, {"model": model.pk, "system": system.pk}):
        assert browser.post(url("evidence-attach", row), wrong).status_code == 404


def test_nothing_is_attached_to_what_belongs_to_others(signed_in, carla, ana, model):
    link = add_evidence(
        organisation=carla.organisation, by=carla.user, title="T", kind="other",
        link="https://example.org",
    )  # fmt: skip
    answer = signed_in(carla).post(url("evidence-attach", link), {"model": model.pk})
    assert answer.status_code == 404
    with pytest.raises(ValueError, match="another organisation"):
        attach(evidence=link, by=carla.user, on=date(2026, 11, 1), model=model)


def test_archived_evidence_is_in_no_list_and_no_run_and_comes_back(browser, ana, model):
    row = a_file(ana)
    attach(evidence=row, by=ana.user, on=localdate(), model=model)
    browser.post(url("evidence-archive", row))
    assert titles(browser) == []
    assert "card.md" not in browser.get(url("evidence-list")).text
    assert browser.get(url("evidence-detail", row)).status_code == 200
    assert CheckRun.objects.get().state == CheckRun.State.CANCELLED
    browser.post(url("evidence-restore", row))
    assert titles(browser) == ["card.md"]


def test_a_contributor_adds_and_does_not_archive(signed_in, ana, own):
    row = a_file(ana)
    browser = signed_in(MembershipFactory(roles=[Role.CONTRIBUTOR], **own))
    assert url("evidence-edit", row) in browser.get(url("evidence-detail", row)).text
    assert browser.post(url("evidence-archive", row)).status_code == 403


def test_the_file_of_a_stopped_writer_is_made_whole(ana):
    content, storage = b"whole words", StoredFile().file.storage
    row = a_file(ana, content=content)
    place = row.stored.file.name
    Evidence.objects.all().delete()
    StoredFile.objects.all().delete()
    storage.delete(place)
    storage.save(place, ContentFile(b"whole"))
    with a_file(ana, content=content).stored.file.open() as file:
        assert file.read() == content
    assert storage.listdir(place.rpartition("/")[0])[1] == [place.rpartition("/")[2]]


def test_a_quicker_writer_leaves_no_second_file(ana, monkeypatch, stored_names):
    """Between the look at the storage and the write, somebody else puts the same bytes there."""
    looked, exists = [], FileSystemStorage.exists

    def not_yet(storage, name):
        if looked:
            return exists(storage, name)
        looked.append(name)
        storage.save(name, ContentFile(b"# Skald"))
        return False

    monkeypatch.setattr(FileSystemStorage, "exists", not_yet)
    a_file(ana)
    assert len(stored_names()) == 1


def test_the_later_of_two_who_send_the_same_finds_the_row_of_the_first(
    ana, monkeypatch, stored_names
):
    """Both have found no row; while the second puts its bytes, the first finishes."""
    put, first = storing._put, []

    def overtaken(stored, upload):
        monkeypatch.setattr(storing, "_put", put)
        first.append(a_file(ana).stored)
        put(stored, upload)

    monkeypatch.setattr(storing, "_put", overtaken)
    assert a_file(ana).stored == first[0]
    assert StoredFile.objects.count() == 1
    assert len(stored_names()) == 1
    assert Event.objects.filter(kind="file.stored").count() == 1


def test_any_storage_of_django_serves(ana, browser, monkeypatch):
    memory = InMemoryStorage()
    monkeypatch.setattr(StoredFile._meta.get_field("file"), "storage", memory)
    row = a_file(ana)
    assert memory.exists(row.stored.file.name)
    assert b"".join(browser.get(url("evidence-download", row))) == b"# Skald"
