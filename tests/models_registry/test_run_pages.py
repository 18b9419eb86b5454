"""The pages of runs, and what can be taken out of them."""

import json

import pytest
import yaml

from models_registry.models import AIModel
from tests.accounts.factories import MembershipFactory
from tests.models_registry.run_factories import CLOSED, a_done_run, a_model, a_queued_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def run(ana):
    return a_done_run(a_model(ana))


def test_the_page_of_a_model_says_what_was_found(ana, signed_in, run):
    page = signed_in(ana).get(f"/models/{run.model_id}/").content.decode()
    assert "MIT" in page
    assert "Complete:" in page
    assert "Assured:" in page
    assert f"/runs/{run.pk}/" in page
    assert "data-look-again" not in page


def test_the_page_of_a_model_looks_again_while_its_run_waits(ana, signed_in):
    model = a_model(ana)
    a_queued_run(model)
    page = signed_in(ana).get(f"/models/{model.pk}/").content.decode()
    assert "data-look-again" in page
    assert "report.js" in page


def test_the_page_of_a_run_shows_verdicts_proofs_and_what_is_missing(ana, signed_in, run):
    page = signed_in(ana).get(f"/runs/{run.pk}/").content.decode()
    assert 'id="check-L02"' in page
    assert "LICENSE" in page
    assert "Fulfilled" in page
    assert "Not fulfilled" in page
    assert "What can never be verified" in page
    assert "Openness class" in page


def test_what_is_left_to_do_stands_first_and_the_rest_is_folded(ana, signed_in, run):
    page = signed_in(ana).get(f"/runs/{run.pk}/")
    groups = page.context["run"]["groups"]
    standing = [check["verdict"] for group in groups for check in group["checks"]]
    folded = [fold["checks"] for group in groups for fold in group["folds"]]
    assert standing
    assert set(standing) <= {"fail", "error", "partial"}
    assert folded
    assert all(len({check["verdict"] for check in checks}) == 1 for checks in folded)
    assert not {"fail", "error", "partial"} & {one["verdict"] for fold in folded for one in fold}
    assert len(standing) + sum(map(len, folded)) == sum(run.summary["verdicts"].values())


def test_checks_can_be_narrowed_by_verdict_strength_and_frame(ana, signed_in, run):
    browser = signed_in(ana)
    page = browser.get(f"/runs/{run.pk}/?verdict=fail").content.decode()
    assert 'id="check-W14"' in page
    assert 'id="check-L02"' not in page
    page = browser.get(f"/runs/{run.pk}/?frame=annex_xi&strength=verified").content.decode()
    assert 'id="check-L01"' in page
    assert 'id="check-D03"' not in page
    assert browser.get(f"/runs/{run.pk}/?verdict=nonsense").status_code == 200


def test_a_closed_model_is_told_in_german(ana, signed_in):
    run = a_done_run(a_model(ana, access=AIModel.Access.API_ONLY, licence_id=""), CLOSED)
    browser = signed_in(ana)
    page = browser.get(f"/runs/{run.pk}/", headers={"accept-language": "de"}).content.decode()
    assert run.accounts["de"]["never_verifiable"][0] in page or "never" in page
    assert browser.get(f"/models/{run.model_id}/licence").status_code == 200


def test_an_account_a_bill_and_an_openness_file_can_be_taken_along(ana, signed_in, run):
    browser = signed_in(ana)
    answer = browser.get(f"/runs/{run.pk}/account")
    assert json.loads(answer.content)["format"] == "drawbridge.model-check/1"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    for spec in ("1.6", "1.7"):
        answer = browser.get(f"/runs/{run.pk}/ml-bom-{spec.replace('.', '-')}")
        assert json.loads(answer.content)["specVersion"] == spec
    content = yaml.safe_load(browser.get(f"/runs/{run.pk}/mof").content)
    assert content["release"]["name"] == run.model.name


def test_an_auditor_reads_and_asks_for_nothing(ana, signed_in, run):
    auditor = MembershipFactory(organisation=ana.organisation, roles=["auditor"])
    browser = signed_in(auditor)
    page = browser.get(f"/runs/{run.pk}/").content.decode()
    assert "/checks/request" not in page
    assert browser.post(f"/models/{run.model_id}/checks/request").status_code == 403
    assert browser.post(f"/runs/{run.pk}/dossier", {"language": "en"}).status_code == 403


def test_the_page_says_when_the_material_has_changed(ana, signed_in, run):
    AIModel.objects.filter(pk=run.model_id).update(parameters_total=7e9)
    browser = signed_in(ana)
    page = browser.get(f"/models/{run.model_id}/").content.decode()
    assert "The material has changed since" in page
    answer = browser.post(f"/models/{run.model_id}/checks/request")
    assert answer.status_code == 302
    assert str(run.pk) not in answer.url


def test_the_list_of_runs_names_each(ana, signed_in, run):
    page = signed_in(ana).get(f"/models/{run.model_id}/checks").content.decode()
    assert f"/runs/{run.pk}/" in page
