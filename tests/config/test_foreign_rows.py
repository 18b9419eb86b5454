"""Carla asks for Ana's rows on every route that takes an id, so that no new one is forgotten."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from reports.models import Report
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import a_full_assessment
from tests.reports.factories import a_done_report, a_report

ARGUMENT = re.compile(r"<uuid:(\w+)>")


def routes_with_ids(patterns=None, prefix=""):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from routes_with_ids(entry.url_patterns, route)
        elif ARGUMENT.search(route):
            yield route


@pytest.fixture
def rows(ana, settings, tmp_path):
    """For each name of an argument, ids of rows of Ana's organisation; add new ones here."""
    settings.MEDIA_ROOT = tmp_path
    assessment = a_full_assessment(ana, "spam_filter", name="Ana's secret")
    done, waiting = a_done_report(ana, assessment=assessment), a_report(ana)
    return {
        "use_id": [assessment.use_case_id],
        "assessment_id": [assessment.pk],
        "report_id": [done.pk, waiting.pk],
    }


def addresses(route, rows):
    (name,) = ARGUMENT.findall(route)
    assert name in rows, f"{route}: say above which row of Ana's '{name}' names"
    return [f"/{ARGUMENT.sub(str(key), route)}" for key in rows[name]]


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
    before = list(Report.objects.order_by("pk").values())
    with django_capture_on_commit_callbacks() as callbacks:
        for status, text in answers(signed_in(carla), route, rows):
            assert status in {404, 405}
            assert "Ana's secret" not in text
            assert "Muster" not in text
    assert list(Report.objects.order_by("pk").values()) == before
    assert callbacks == []


@pytest.mark.parametrize("route", sorted(routes_with_ids()))
def test_the_same_ids_mean_something_to_their_owner(route, rows, signed_in, ana):
    answered = {status for status, _text in answers(signed_in(ana), route, rows)}
    assert answered & {200, 302}


def test_a_person_of_both_organisations_sees_only_the_chosen_one(rows, signed_in, ana, carla):
    MembershipFactory(user=carla.user, organisation=ana.organisation)
    browser = signed_in(carla)
    address = f"/uses/{rows['use_id'][0]}/"
    for organisation, status in ((carla.organisation, 404), (ana.organisation, 200)):
        browser.post("/organisation/choose", {"organisation": organisation.pk})
        assert browser.get(address).status_code == status
