"""Who may not open a file does not read its words on pages or take them out."""

import hashlib
import json

import pytest

from accounts.models import Role
from models_registry.evidence.discretion import discretion_for
from models_registry.models import Evidence
from reports.dossier_services import request_dossier
from reports.dossiers import build_dossier
from tests.accounts.factories import MembershipFactory
from tests.models_registry.run_factories import a_done_run, a_model, attached

pytestmark = pytest.mark.django_db
CARD = b"# Harbour 8k\n\nTrained on 12 trillion tokens of Secretly sorted letters.\n"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clerk(ana):
    return MembershipFactory(organisation=ana.organisation, roles=[Role.CONTRIBUTOR])


def with_a_secret_card(ana):
    model = a_model(ana)
    card = attached(model, "README.md", CARD)
    Evidence.objects.filter(pk=card.pk).update(confidentiality="confidential")
    return model, card


def test_words_of_a_confidential_file_are_for_those_who_may_open_it(ana, clerk, signed_in):
    model, _card = with_a_secret_card(ana)
    run = a_done_run(model)
    whole = signed_in(ana).get(f"/runs/{run.pk}/").content.decode()
    assert "Secretly sorted" in whole
    assert "README.md" in whole
    seen = signed_in(clerk).get(f"/runs/{run.pk}/").content.decode()
    assert "Secretly" not in seen
    assert "README.md" not in seen
    assert hashlib.sha256(CARD).hexdigest()[:16] not in seen
    assert "1 confidential file that you may not open" in seen
    assert "a confidential file" in seen


def test_a_short_name_is_taken_out_of_reasons_and_out_of_no_other_word(ana, clerk):
    model, _card = with_a_secret_card(ana)
    run = a_done_run(model)
    told = json.loads(json.dumps(run.accounts["en"]).replace("README.md", "w"))
    told["groups"][0]["checks"][0]["reason"] = "w, which was told somewhere (in w), not docs/w"
    seen = discretion_for(clerk, run).account(told)
    said = seen["groups"][0]["checks"][0]["reason"]
    hidden = "a confidential file"
    assert said == f"{hidden}, which was told somewhere (in {hidden}), not docs/w"


def test_contradictions_name_it_to_nobody_else(ana, clerk, signed_in):
    model, _card = with_a_secret_card(ana)
    run = a_done_run(model)
    for group in run.accounts["en"]["groups"]:
        for check in group["checks"]:
            if check["id"] == "D11":
                check |= {"verdict": "fail", "reason": "README.md says something else."}
    run.save()
    assert "README.md says" in signed_in(ana).get(f"/runs/{run.pk}/").text
    seen = signed_in(clerk).get(f"/runs/{run.pk}/").text
    assert "a confidential file says something else" in seen
    assert "README.md" not in seen


def test_words_of_files_that_are_open_stay(ana, clerk, signed_in):
    model, _card = with_a_secret_card(ana)
    attached(model, "LICENSE", b"MIT License\n\nCopyright (c) 2026 The authors of Harbour\n")
    run = a_done_run(model)
    seen = signed_in(clerk).get(f"/runs/{run.pk}/").content.decode()
    assert "LICENSE" in seen
    assert "Secretly" not in seen


def test_an_archive_keeps_back_all_that_may_stand_in_it(ana, clerk, signed_in):
    run = a_done_run(a_model(ana))
    Evidence.objects.update(confidentiality="confidential")
    seen = signed_in(clerk).get(f"/runs/{run.pk}/").content.decode()
    assert "<q>" not in seen
    licence = signed_in(clerk).get(f"/models/{run.model_id}/licence").content.decode()
    assert "<q>" not in licence
    assert "<q>" in signed_in(ana).get(f"/models/{run.model_id}/licence").content.decode()


def test_who_added_a_confidential_file_reads_its_words(ana, clerk, signed_in):
    model, card = with_a_secret_card(ana)
    Evidence.objects.filter(pk=card.pk).update(added_by=clerk.user)
    run = a_done_run(model)
    assert "Secretly" in signed_in(clerk).get(f"/runs/{run.pk}/").content.decode()


def test_dossier_and_exports_that_quote_it_are_refused(ana, clerk, signed_in):
    model, _card = with_a_secret_card(ana)
    run = a_done_run(model)
    document = request_dossier(run=run, language="en", by=ana.user)
    build_dossier(document.pk)
    paths = ("account", "mof", "ml-bom-1-6", "ml-bom-1-7")
    addresses = [*(f"/runs/{run.pk}/{path}" for path in paths), f"/dossiers/{document.pk}/download"]
    browser = signed_in(clerk)
    assert {browser.get(address).status_code for address in addresses} == {403}
    asked = browser.post(f"/runs/{run.pk}/dossier", {"language": "de"})
    assert asked.status_code == 403
    page = browser.get(f"/runs/{run.pk}/").content.decode()
    assert not [address for address in addresses if address in page]
    officer = signed_in(ana)
    for address in addresses:
        answered = officer.get(address)
        assert answered.status_code == 200
        assert b"".join(answered)


def test_a_file_that_was_not_read_is_named_to_those_who_may_know_of_it(ana, clerk, signed_in):
    model = a_model(ana)
    attached(model, "LICENSE", b"MIT License\n")
    refused = attached(model, "w.bin", b"\x80\x04.", kind="pickle", quarantined="may_run_code")
    Evidence.objects.filter(pk=refused.pk).update(confidentiality="confidential")
    run = a_done_run(model)
    assert "w.bin" in signed_in(ana).get(f"/runs/{run.pk}/").content.decode()
    for address in (f"/runs/{run.pk}/", f"/models/{model.pk}/"):
        assert "w.bin" not in signed_in(clerk).get(address).content.decode()
