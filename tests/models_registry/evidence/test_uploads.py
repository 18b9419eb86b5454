"""Hostile files through a browser's form: refused or in quarantine, whatever they are called."""

import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from models_registry.building import check
from models_registry.models import Attachment, CheckRun, Evidence, StoredFile
from tests.models_registry.checks.making import mixture, zipped
from tests.models_registry.checks.paper import pdf
from tests.models_registry.evidence.hostile import (
    HOLDING_CODE,
    QUARANTINED,
    REFUSED,
    million_entries,
)

TYPED = {"kind": "other", "confidentiality": "internal", "scope": "what I typed", "title": "Mine"}


def file(name, content):
    return SimpleUploadedFile(name, content)


def add(browser, name, content, **typed):
    typed = {**TYPED, "upload": file(name, content), **typed}
    return browser.post(reverse("models_registry:evidence-add"), typed)


def send(browser, subject, *files):
    noun = "model" if subject._meta.model_name == "aimodel" else "system"
    path = reverse(f"models_registry:{noun}-material", args=[subject.pk])
    return browser.post(
        path, {"files": [file(*each) for each in files], "confidentiality": "internal"}
    )


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_harm_is_refused_and_nothing_of_it_is_kept(browser, stored_names, case):
    name, content, word = REFUSED[case]
    answer = add(browser, name, content)
    assert answer.status_code == 200
    assert word in answer.text
    assert "what I typed" in answer.text
    assert not StoredFile.objects.exists()
    assert not Evidence.objects.exists()
    assert stored_names() == []


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_are_told_in_german_too(browser, ana, case):
    ana.user.language = "de"
    ana.user.save()
    name, content, word = REFUSED[case]
    answer = add(browser, name, content)
    assert answer.status_code == 200
    assert word not in answer.text


@pytest.mark.parametrize("case", QUARANTINED)
def test_what_can_run_code_is_kept_by_its_hash_and_opened_by_nobody(browser, case):
    name, content = QUARANTINED[case]
    answer = add(browser, name, content)
    evidence = Evidence.objects.select_related("stored").get()
    assert answer.url == reverse("models_registry:evidence-detail", args=[evidence.pk])
    assert evidence.stored.quarantined == "may_run_code"
    assert evidence.strength == Evidence.Strength.ASSERTED
    page = browser.get(answer.url).text
    download = reverse("models_registry:evidence-download", args=[evidence.pk])
    assert "In quarantine" in page
    assert evidence.stored.sha256 in page
    assert download not in page
    assert browser.get(download).status_code == 404
    confirmed = browser.post(
        reverse("models_registry:evidence-confirm", args=[evidence.pk]), {"compared": "on"}
    )
    assert confirmed.status_code == 200
    assert not Evidence.objects.exclude(confirmed_by=None).exists()


@pytest.mark.parametrize("case", HOLDING_CODE)
def test_an_archive_around_code_is_in_quarantine_like_the_code_itself(browser, case):
    answer = add(browser, "model.zip", zipped(HOLDING_CODE[case]))
    evidence = Evidence.objects.select_related("stored").get()
    assert (evidence.stored.content, evidence.strength) == ("zip", Evidence.Strength.ASSERTED)
    assert "holds a file of a kind that can run code" in browser.get(answer.url).text
    download = reverse("models_registry:evidence-download", args=[evidence.pk])
    assert browser.get(download).status_code == 404


def test_the_checks_read_an_archive_around_code_and_name_the_file(browser, model):
    send(browser, model, ("skald.zip", zipped(HOLDING_CODE["a pickle"])))
    run = CheckRun.objects.get()
    check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.refusals) == (CheckRun.State.DONE, [])
    found = next(result for result in run.results if result["check"] == "W06")
    assert found["verdict"] == "fail"
    assert "pytorch_model.bin" in json.dumps(found)


def test_an_archive_of_many_files_is_judged_in_bounded_time(browser, monkeypatch):
    monkeypatch.setattr("models_registry.checks.inside.SECONDS", 0)
    name, content, _word = REFUSED["an archive around yaml that grows"]
    answer = add(browser, name, content)
    assert answer.status_code == 302


def test_an_archive_of_a_million_entries_is_refused_at_once(browser, stored_names):
    content, started = million_entries(), time.process_time()
    answer = add(browser, "model.zip", content)
    assert time.process_time() - started < 5
    assert answer.status_code == 200
    assert stored_names() == []


@pytest.mark.slow
def test_a_pdf_that_takes_too_long_is_given_up(browser, monkeypatch):
    monkeypatch.setattr("models_registry.checks.readers.pdf.SECONDS", 0.001)
    add(browser, "card.pdf", pdf("System card"))
    assert StoredFile.objects.get().quarantined == "pdf_hostile"


@pytest.mark.slow
def test_more_than_may_be_sent_at_once_is_cut_off_and_named(browser, settings, stored_names):
    settings.MAX_UPLOAD_MB = 1
    answer = add(browser, "model.bin", bytes(range(256)) * 8192)
    assert "model.bin was not kept: more than 1 MB" in answer.text
    assert "what I typed" in answer.text
    assert stored_names() == []


def test_too_many_files_are_counted_before_any_is_kept(browser, model, settings, stored_names):
    settings.MAX_UPLOAD_FILES = 2
    answer = send(browser, model, ("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c"))
    assert "These are 3 files" in answer.text
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = send(browser, model, ("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c"))
    assert answer.status_code == 413
    assert stored_names() == []


def test_of_several_files_the_good_are_kept_and_the_others_named(browser, model, stored_names):
    name, content, word = REFUSED["a path that leads out"]
    answer = send(
        browser, model, (name, content), ("README.md", b"---\nlicense: mit\n---\n# Skald")
    )
    assert answer.status_code == 200
    assert word in answer.text
    assert name in answer.text
    attached = Attachment.objects.get(model=model).evidence
    assert (attached.kind, attached.title) == ("model_card", "README")
    assert len(stored_names()) == 1


def test_files_of_a_model_are_guessed_attached_and_checked_in_one_run(browser, model):
    folder = zipped([(path, _bytes(content)) for path, content in mixture().items()])
    bill = b'{"bomFormat": "CycloneDX", "specVersion": "1.6"}'
    licence = b"MIT License\n\nPermission is hereby granted, free of charge, to any person"
    answer = send(
        browser, model, ("skald.zip", folder), ("x.json", bill), ("L", licence),
        ("s.pdf", pdf("Certificate of registration ISO/IEC 42001\nfor all of its uses")),
    )  # fmt: skip
    assert answer.url == reverse("models_registry:model-detail", args=[model.pk])
    kinds = Evidence.objects.order_by("created_at").values_list("kind", flat=True)
    assert list(kinds) == ["model_files", "ml_bom", "licence", "certificate"]
    run = CheckRun.objects.get()
    assert run.model == model
    assert len(run.files) == 4
    assert "skald" in browser.get(answer.url).text


def _bytes(content):
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def test_the_same_file_twice_is_kept_once(browser, model, system, stored_names):
    for subject in (model, system, model):
        send(browser, subject, ("card.md", b"# Skald"))
    assert StoredFile.objects.count() == Evidence.objects.count() == 1
    assert Attachment.objects.count() == 2
    assert len(stored_names()) == 1
    again = add(browser, "copy.md", b"# Skald")
    assert "in the library already" in again.text
    assert Evidence.objects.count() == 1


def test_files_of_a_system_start_no_run(browser, system):
    send(browser, system, ("manual.txt", b"Instructions for use"))
    assert Attachment.objects.get().system == system
    assert not CheckRun.objects.exists()


def test_removing_a_file_has_the_model_checked_without_it(browser, model):
    send(browser, model, ("a.md", b"# A"), ("b.md", b"# B"))
    attachment = Attachment.objects.first()
    answer = browser.post(
        reverse("models_registry:evidence-detach", args=[attachment.pk]), {"from_subject": "1"}
    )
    assert answer.url == reverse("models_registry:model-detail", args=[model.pk])
    newest = CheckRun.objects.order_by("-created_at", "-pk").first()
    assert len(newest.files) == 1
    assert Evidence.objects.count() == 2


def test_nothing_is_written_for_a_page_that_takes_no_files_or_for_strangers(
    client, browser, monkeypatch, model
):
    written = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryUploadedFile.write",
        lambda self, data: written.append(data),
        raising=False,
    )
    browser.post("/profile", {"name": "Ana", "files": file("a.txt", b"words")})
    send(client, model, ("a.txt", b"words"))
    assert written == []


def test_who_only_reads_sends_nothing(signed_in, ben, model, stored_names):
    reader = signed_in(ben)
    assert send(reader, model, ("a.txt", b"words")).status_code == 403
    assert add(reader, "a.txt", b"words").status_code == 403
    assert stored_names() == []


def test_another_organisation_has_its_own_copy_and_sees_nothing(signed_in, browser, carla, model):
    add(browser, "a.txt", b"the same words")
    stranger = signed_in(carla)
    assert send(stranger, model, ("a.txt", b"other words")).status_code == 404
    add(stranger, "a.txt", b"the same words")
    assert StoredFile.objects.count() == 2
    names = set(StoredFile.objects.values_list("file", flat=True))
    assert len(names) == 2
