"""What another model in its place would change in the assessments of uses."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Finding, Support
from assessments.replacing import touched
from assessments.replacing_pages import _known, uses_touched
from assessments.services.supporting import support_by_checks
from events.models import Event
from models_registry.comparison.chosen import chosen_models
from models_registry.models import SystemModel
from tests.assessments.factories import a_full_assessment
from tests.models_registry.factories import AIModelFactory, AISystemFactory
from tests.models_registry.run_factories import OPEN, a_done_run

DUTY = "AIA-ANX11-1.1"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def run(ana):
    return a_done_run(AIModelFactory(organisation=ana.organisation, name="Nordlicht"), OPEN)


@pytest.fixture
def system(ana, run):
    row = AISystemFactory(organisation=ana.organisation, name="Rank")
    SystemModel.objects.create(organisation=ana.organisation, system=row, model=run.model)
    return row


def chosen(member, run, by="gpt-5"):
    return chosen_models(member, [str(run.model_id), by])


def page_of(member, run, system=None, by="gpt-5"):
    return uses_touched(member, *chosen(member, run, by), system, "en")


def rested_on(assessment, member):
    finding, _new = Finding.objects.get_or_create(
        organisation=assessment.organisation, assessment=assessment, duty_id=DUTY
    )
    support_by_checks(finding=finding, by=member.user)
    return finding


def test_a_finding_that_rests_on_the_model_is_named(ana, run, system):
    assessment = a_full_assessment(ana, "recruitment", system=system)
    finding = rested_on(assessment, ana)
    (use,) = page_of(ana, run, system)["uses"]
    (row,) = [row for row in use["findings"] if row["url"].endswith(DUTY)]
    assert row["resting"] == Support.objects.filter(finding=finding).count() > 0
    assert row["before"] != "none"
    assert row["after"] == "none"


def test_an_answer_that_the_other_model_contradicts_is_named_with_its_duties(ana, run, system):
    assessment = a_full_assessment(ana, "recruitment", system=system)
    other = _known(ana, chosen(ana, run)[1])
    change = touched([assessment], run.model, other)[assessment.pk]
    (answer,) = [one for one in change.answers if one.question_id == "generates_content"]
    assert "text" in answer.suggested
    duties = {one.duty_id: (one.before, one.after) for one in change.duties}
    assert duties["AIA-050-4B"] == (False, None)


def test_the_model_alone_names_the_uses_of_its_systems_too(ana, carla, run, system):
    assessment = a_full_assessment(ana, "recruitment", system=system)
    a_full_assessment(carla, "recruitment")
    (use,) = page_of(ana, run)["uses"]
    assert use["name"] == assessment.use_case.name


def test_the_page_shows_them_and_changes_nothing(signed_in, ana, run, system):
    assessment = a_full_assessment(ana, "recruitment", system=system)
    rested_on(assessment, ana)
    before = Event.objects.count()
    for place in (f"/systems/{system.pk}", f"/models/{run.model_id}"):
        shown = unescape(signed_in(ana).get(f"{place}/replace?by=gpt-5").content.decode())
        assert "Findings whose evidence changes" in shown
        assert assessment.use_case.name in shown
    assert Event.objects.count() == before


def test_more_uses_cost_no_more_queries(ana, run, system):
    counts = []
    for _time in range(2):
        rested_on(a_full_assessment(ana, "recruitment", system=system), ana)
        before, after = chosen(ana, run)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            uses_touched(ana, before, after, system, "en")
        counts.append(len(queries))
    assert counts[0] == counts[1]
