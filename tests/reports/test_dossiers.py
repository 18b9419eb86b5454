"""The model dossier as a job, and the files that go out beside it."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from models_registry.models import CheckRun
from reports.dossier_services import request_dossier
from reports.dossiers import build_dossier, lost_dossiers
from reports.models import ModelDocument
from tests.models_registry.run_factories import a_done_run, a_model, a_queued_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def run(ana):
    return a_done_run(a_model(ana))


def built(run, member, language="en"):
    document = request_dossier(run=run, language=language, by=member.user)
    build_dossier(document.pk)
    document.refresh_from_db()
    return document


def test_a_dossier_is_made_with_the_account_inside(ana, run):
    document = built(run, ana, "de")
    assert document.state == "done"
    content = document.file.read()
    assert hashlib.sha256(content).hexdigest() == document.file_sha256
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) == document.pages
        (name,) = pdf.attachments.keys()
        inside = json.loads(pdf.attachments[name].get_file().read_bytes())
    assert inside == run.accounts["de"]
    document.file.close()


def test_asked_twice_it_is_one_row(ana, run):
    first = request_dossier(run=run, language="en", by=ana.user)
    assert request_dossier(run=run, language="en", by=ana.user) == first
    assert request_dossier(run=run, language="de", by=ana.user) != first


def test_what_a_dead_worker_left_another_one_makes(ana, run):
    document = request_dossier(run=run, language="en", by=ana.user)
    ModelDocument.objects.claim(document.pk, step="rendering")
    ModelDocument.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert lost_dossiers() == [document.pk]
    build_dossier(document.pk)
    document.refresh_from_db()
    assert (document.state, document.attempts) == ("done", 2)


def test_a_failure_is_said_and_may_be_tried_again(ana, run, monkeypatch):
    monkeypatch.setattr("reports.dossiers.count_pages", lambda content: 0)
    document = request_dossier(run=run, language="en", by=ana.user)
    for _attempt in range(ModelDocument.MAX_ATTEMPTS):
        build_dossier(document.pk)
    document.refresh_from_db()
    assert (document.state, document.failure) == ("failed", "unreadable")
    assert request_dossier(run=run, language="en", by=ana.user).state == "queued"


def test_the_page_of_the_run_hands_it_out_as_an_attachment(ana, signed_in, run):
    browser = signed_in(ana)
    assert browser.post(f"/runs/{run.pk}/dossier", {"language": "en"}).status_code == 302
    assert "Waiting" in browser.get(f"/runs/{run.pk}/").content.decode()
    document = ModelDocument.objects.get()
    download = f"/dossiers/{document.pk}/download"
    assert browser.get(download).status_code == 404
    build_dossier(document.pk)
    assert download in browser.get(f"/models/{run.model_id}/").content.decode()
    answer = browser.get(download)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert browser.post(f"/runs/{run.pk}/dossier", {"language": "fr"}).status_code == 400


def test_a_run_that_is_not_done_hands_out_nothing(ana, signed_in):
    run = a_queued_run(a_model(ana))
    browser = signed_in(ana)
    assert browser.post(f"/runs/{run.pk}/dossier", {"language": "en"}).status_code == 404
    assert browser.get(f"/runs/{run.pk}/account").status_code == 404
    assert CheckRun.objects.get().state == "queued"
