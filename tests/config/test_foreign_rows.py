"""Carla asks for Ana's rows on every route that takes an id, so that no new one is forgotten."""

import re
from itertools import product

import pytest
from django.urls import URLPattern, get_resolver

from accounts.services import invite
from assessments.models import Finding, Support
from events.models import Event
from models_registry.models import Deployment, Evidence
from reports.models import Report
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import a_full_assessment, an_assessment
from tests.models_registry.evidence.making import an_attachment, some_evidence
from tests.models_registry.factories import AIModelFactory, AISystemFactory, SupplierFactory
from tests.models_registry.run_factories import a_done_run, a_model, a_queued_run
from tests.reports.factories import a_done_comparison, a_done_dossier, a_done_report, a_report

ARGUMENT = re.compile(r"<(?:uuid|slug):(\w+)>")


def routes_with_ids(patterns=None, prefix=""):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from routes_with_ids(entry.url_patterns, route)
        elif "<uuid:" in route:
            yield route


@pytest.fixture
def rows(ana, signed_in, settings, tmp_path):
    """For each name of an argument, ids of rows of Ana's organisation; add new ones here."""
    settings.MEDIA_ROOT = tmp_path
    assessment = a_full_assessment(ana, "spam_filter", name="Ana's secret")
    example = an_assessment(ana, name="Ana's secret example", is_example=True)
    run = a_done_run(a_model(ana))
    secret = {"organisation": ana.organisation, "name": "Ana's secret"}
    done, waiting = a_done_report(ana, assessment=assessment), a_report(ana)
    secret_evidence = some_evidence(ana)[:2]
    return {
        "use_id": [assessment.use_case_id, example.use_case_id],
        "assessment_id": [assessment.pk],
        "report_id": [done.pk, waiting.pk],
        "system_id": [AISystemFactory(**secret).pk],
        "evidence_id": [each.pk for each in secret_evidence],
        "attachment_id": [an_attachment(secret_evidence[0]).pk],
        "deployment_id": [a_deployment(secret).pk],
        "model_id": [AIModelFactory(**secret).pk],
        "supplier_id": [SupplierFactory(**secret).pk],
        "membership_id": [MembershipFactory(organisation=ana.organisation).pk],
        "invitation_id": [an_invitation(ana).pk],
        "question_id": ["subject_kind"],
        "finding_id": [a_finding_of(example).pk],
        "support_id": [a_support_of(example).pk],
        "run_id": [run.pk, a_queued_run(a_model(ana, name="Ana's secret model")).pk],
        "comparison_id": [a_done_comparison(ana).pk],
        "document_id": [a_done_dossier(ana, run).pk],
        "token": [what_was_typed(signed_in(ana))],
    }


def a_finding_of(assessment):
    found, _new = Finding.objects.get_or_create(
        organisation=assessment.organisation, assessment=assessment, duty_id="AIA-015-1"
    )
    return found


def a_support_of(assessment):
    own = {"organisation": assessment.organisation}
    evidence = Evidence.objects.create(
        **own, title="Ana's secret", kind=Evidence.Kind.OTHER, link="https://example.org/"
    )
    return Support.objects.create(**own, finding=a_finding_of(assessment), evidence=evidence)


def a_deployment(secret):
    return Deployment.objects.create(**secret, model=AIModelFactory(**secret, version="deployed"))


def an_invitation(by):
    return invite(
        organisation=by.organisation,
        email="dora@example.org",
        roles=["officer"],
        language="en",
        by=by.user,
    )


def what_was_typed(browser):
    """Where a form is kept that was sent after the session had ended."""
    browser.get("/uses/")
    del browser.cookies["sessionid"]
    answer = browser.post("/organisation/change", {"name": "Ana's secret"})
    return answer.url.rpartition("/")[2]


def stored():
    """What a request may have changed: each change of the register leaves its event."""
    return list(Report.objects.order_by("pk").values()), Event.objects.count()


def addresses(route, rows):
    names = ARGUMENT.findall(route)
    for name in names:
        assert name in rows, f"{route}: say above which row of Ana's '{name}' names"
    for keys in product(*(rows[name] for name in names)):
        yield "/" + ARGUMENT.sub("{}", route).format(*keys)


def answers(browser, route, rows):
    for address in addresses(route, rows):
        for method in (browser.get, browser.post):
            response = method(address, {"language": "en"})
            # A download is read to its end, which closes its file.
            yield response.status_code, b"".join(response).decode(errors="replace")


@pytest.mark.parametrize("route", sorted(routes_with_ids()))
def test_whoever_belongs_elsewhere_finds_nothing_and_changes_nothing(
    route, rows, signed_in, carla, django_capture_on_commit_callbacks
):
    before = stored()
    with django_capture_on_commit_callbacks() as callbacks:
        for status, text in answers(signed_in(carla), route, rows):
            assert status in {404, 405}
            assert "Ana's secret" not in text
            assert "Muster" not in text
    assert stored() == before
    assert callbacks == []


@pytest.mark.parametrize("route", sorted(routes_with_ids()))
def test_the_same_ids_mean_something_to_their_owner(route, rows, signed_in, ana):
    answered = {status for status, _text in answers(signed_in(ana), route, rows)}
    # 403 where she lacks the role: strangers get 404 before that is asked.
    assert answered & {200, 302, 403}


def test_a_person_of_both_organisations_sees_only_the_chosen_one(rows, signed_in, ana, carla):
    MembershipFactory(user=carla.user, organisation=ana.organisation)
    browser = signed_in(carla)
    address = f"/uses/{rows['use_id'][0]}/"
    for organisation, status in ((carla.organisation, 404), (ana.organisation, 200)):
        browser.post("/organisation/choose", {"organisation": organisation.pk})
        assert browser.get(address).status_code == status
