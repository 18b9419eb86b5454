"""A comparison of models as a document: frozen, made by a worker, handed out to its owners."""

import json
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from reports.comparisons import build_comparison, lost_comparisons
from reports.models import ComparisonDocument
from reports.rendering.comparison import comparison_html
from tests.accounts.factories import MembershipFactory
from tests.models_registry.factories import AIModelFactory
from tests.reports.factories import a_comparison, a_done_comparison

pytestmark = pytest.mark.django_db

ASKED = {"m": ["kimi-k2-thinking", "gpt-5", "apertus-70b"]}


def built(document):
    build_comparison(document.pk)
    document.refresh_from_db()
    return document


@pytest.mark.parametrize(("language", "word"), [("en", "Licence terms"), ("de", "Lizenz")])
def test_it_is_made_tagged_with_its_payload_inside(ana, language, word):
    document = built(a_comparison(ana, *ASKED["m"], language=language))
    assert (document.state, document.failure) == ("done", "")
    with document.file.open() as file, pikepdf.open(BytesIO(file.read())) as pdf:
        assert len(pdf.pages) == document.pages
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language
        for page in pdf.pages:
            _x, _y, width, height = (float(side) for side in page.mediabox)
            assert width > height
        (name,) = pdf.attachments.keys()
        inside = pdf.attachments[name].get_file().read_bytes().decode()
    assert inside == document.payload
    told = json.loads(inside)
    assert [column["name"] for column in told["columns"]][:2] == ["Kimi K2 Thinking", "GPT-5"]
    assert '"url"' not in inside
    assert word in comparison_html(document.payload)


def test_asked_twice_it_is_one_row_and_other_rows_are_another(ana, carla):
    first = a_comparison(ana)
    assert a_comparison(ana) == first
    others = {
        a_comparison(ana, language="de").pk,
        a_comparison(ana, differences_only=True).pk,
        a_comparison(carla).pk,
    }
    assert len(others | {first.pk}) == 4


def test_what_is_frozen_stays_when_the_model_changes(ana):
    model = AIModelFactory(organisation=ana.organisation, name="<b>Nord</b>", version="")
    document = a_comparison(ana, str(model.pk), "gpt-5")
    model.name = "Other"
    model.save()
    html = comparison_html(document.payload)
    assert "&lt;b&gt;Nord&lt;/b&gt;" in html
    assert "Other" not in html
    assert a_comparison(ana, str(model.pk), "gpt-5") != document


def test_a_changed_payload_fails_for_good(ana):
    document = a_comparison(ana)
    ComparisonDocument.objects.update(payload="{}")
    assert built(document).failure == "changed"
    assert document.state == "failed"


def test_what_a_dead_worker_left_is_found(ana):
    document = a_comparison(ana)
    ComparisonDocument.objects.claim(document.pk, step="rendering")
    ComparisonDocument.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert lost_comparisons() == [document.pk]


def test_the_button_leads_to_a_page_that_looks_again_and_then_to_the_file(
    ana, signed_in, monkeypatch
):
    browser = signed_in(ana)
    page = browser.get("/models/compare", ASKED | {"differences": "1"}).content.decode()
    assert 'action="/models/compare/document"' in page
    assert 'name="differences" value="1"' in page
    answer = browser.post("/models/compare/document", ASKED)
    document = ComparisonDocument.objects.get()
    assert answer.url == f"/comparisons/{document.pk}/"
    assert "data-look-again" in browser.get(answer.url).content.decode()
    assert browser.get(f"{answer.url}download").status_code == 404
    built(document)
    shown = browser.get(answer.url).content.decode()
    assert "data-look-again" not in shown
    assert f"{answer.url}download" in shown
    download = browser.get(f"{answer.url}download")
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert download["Content-Disposition"].startswith('attachment; filename="drawbridge-comp')
    assert download["Cache-Control"] == "private, no-store"
    assert download["X-Content-Type-Options"] == "nosniff"


def test_a_failure_is_said_and_may_be_tried_again(ana, signed_in, monkeypatch):
    monkeypatch.setattr("reports.comparisons.count_pages", lambda content: 0)
    monkeypatch.setattr("reports.comparisons.comparison_pdf", lambda payload: b"")
    document, browser = a_comparison(ana), signed_in(ana)
    for _attempt in range(ComparisonDocument.MAX_ATTEMPTS):
        built(document)
    assert (document.state, document.failure) == ("failed", "unreadable")
    address = f"/comparisons/{document.pk}/"
    assert "could not be opened" in browser.get(address).content.decode()
    for what, state in (("retry", "queued"), ("cancel", "cancelled"), ("retry", "queued")):
        assert browser.post(address + what).status_code == 302
        document.refresh_from_db()
        assert document.state == state


def test_auditors_read_and_may_not_ask(ana, signed_in):
    auditor = MembershipFactory(organisation=ana.organisation, roles=[Role.AUDITOR])
    document, browser = a_comparison(ana), signed_in(auditor)
    assert browser.post("/models/compare/document", ASKED).status_code == 403
    assert "models/compare/document" not in browser.get("/models/compare", ASKED).content.decode()
    assert browser.get(f"/comparisons/{document.pk}/").status_code == 200
    assert browser.post(f"/comparisons/{document.pk}/cancel").status_code == 403


def test_they_stand_in_a_list_of_their_organisation(
    ana, carla, signed_in, django_assert_max_num_queries
):
    made = [a_done_comparison(ana), a_comparison(ana, differences_only=True)]
    a_done_comparison(carla)
    reader = signed_in(ana)
    with django_assert_max_num_queries(7):
        page = reader.get(reverse("reports:comparison-list"))
    urls = [line["url"] for line in page.context["comparisons"]]
    assert urls == [reverse("reports:comparison-detail", args=[one.pk]) for one in reversed(made)]
    assert reverse("reports:comparison-download", args=[made[0].pk]) in page.text
    assert reverse("reports:comparison-list") in reader.get(reverse("reports:report-list")).text


def test_foreign_and_too_few_models_make_nothing(ana, carla, signed_in):
    foreign, browser = AIModelFactory(organisation=carla.organisation), signed_in(ana)
    address = "/models/compare/document"
    assert browser.post(address, {"m": ["gpt-5", str(foreign.pk)]}).status_code == 404
    assert browser.post(address, {"m": ["gpt-5", "nonsense"]}).status_code == 404
    assert browser.post(address, {"m": ["gpt-5"]}).status_code == 400
    assert not ComparisonDocument.objects.exists()
