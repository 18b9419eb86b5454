from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from assessments import standing
from assessments.law_in_use import catalogue
from assessments.models import Decision
from assessments.services import lapse_decisions, withdraw_decision
from config.celery import app
from models_registry.models import AISystem
from models_registry.services import register_new_version
from tests.assessments.factories import DAY
from tests.assessments.reviews import A_YEAR_ON, decided, kinds
from tests.living import Drawbridge, eventually


def seen(assessment, on=DAY):
    use_case = type(assessment.use_case).objects.get(pk=assessment.use_case_id)
    return standing.standing_of(Decision.objects.get(), use_case, on)


@pytest.fixture
def approved(ana, ben):
    return decided(ana, ben)


def change_the_law(monkeypatch):
    changed = replace(catalogue(), digest="f" * 64)
    monkeypatch.setattr(standing, "catalogue", lambda: changed)


def test_it_holds_on_its_last_day_and_lapses_on_the_next(approved):
    assert seen(approved, A_YEAR_ON) == "approved"
    assert seen(approved, A_YEAR_ON + timedelta(days=1)) == "lapsed"
    assert lapse_decisions(on=A_YEAR_ON) == 0
    assert lapse_decisions(on=A_YEAR_ON + timedelta(days=1)) == 1
    assert Decision.objects.get().lapse == "validity"


def test_it_lapses_with_another_version_of_the_system(ana, approved):
    AISystem.objects.update(version="2")
    assert seen(approved) == "lapsed"
    assert lapse_decisions(on=DAY) == 1
    assert Decision.objects.get().lapse == "system"


def test_it_lapses_when_the_use_moves_to_a_new_version(ana, approved):
    use_case = approved.use_case
    register_new_version(system=use_case.system, by=ana.user, version="2", moving=[use_case])
    assert seen(approved) == "lapsed"


def test_it_lapses_with_the_law_data(approved, monkeypatch):
    change_the_law(monkeypatch)
    assert seen(approved) == "lapsed"
    assert lapse_decisions(on=DAY) == 1
    assert Decision.objects.get().lapse == "law"
    assert kinds(approved)[-1] == "assessment.decision_lapsed"


def test_it_is_written_down_once_and_stays_lapsed(approved, monkeypatch):
    with monkeypatch.context() as patch:
        change_the_law(patch)
        assert lapse_decisions(on=DAY) == 1
        assert lapse_decisions(on=DAY) == 0
    assert seen(approved) == "lapsed"
    assert kinds(approved).count("assessment.decision_lapsed") == 1


def test_a_withdrawn_decision_is_not_said_to_lapse(ben, approved):
    withdraw_decision(assessment=approved, by=ben, reason="The supplier lied.")
    assert lapse_decisions(on=A_YEAR_ON + timedelta(days=1)) == 0
    assert seen(approved, A_YEAR_ON + timedelta(days=1)) == "withdrawn"


def test_the_schedule_has_it_written_down_every_hour(approved, monkeypatch):
    entry = settings.CELERY_BEAT_SCHEDULE["lapse-decisions"]
    assert entry["options"]["expires"] <= entry["schedule"] <= 60 * 60
    change_the_law(monkeypatch)
    app.loader.import_default_modules()
    app.tasks[entry["task"]].apply(throw=True)
    assert Decision.objects.get().lapse == "law"


def test_decisions_that_hold_are_read_and_not_locked(approved, django_assert_num_queries):
    # The second finds that there is no further batch.
    with django_assert_num_queries(2):
        assert lapse_decisions(on=A_YEAR_ON) == 0


A_DECISION_OF_ANOTHER_VERSION = """
from models_registry.models import AISystem
from tests.accounts.factories import MembershipFactory, OrganisationFactory
from tests.assessments.reviews import decided
organisation = OrganisationFactory()
author = MembershipFactory(organisation=organisation, roles=["officer"])
decided(author, MembershipFactory(organisation=organisation, roles=["approver"]))
AISystem.objects.update(version="2")
"""


@pytest.mark.slow
def test_a_worker_that_starts_catches_up_without_redis(tmp_path):
    """As after a weekend on a machine that was off."""
    drawbridge = Drawbridge(tmp_path)
    drawbridge.manage("migrate", "-v0")
    drawbridge.manage("shell", "-v0", "-c", A_DECISION_OF_ANOTHER_VERSION)
    lapse = "SELECT lapse FROM assessments_decision"
    assert drawbridge.query(lapse) == [("",)]
    try:
        drawbridge.start_worker("late")
        eventually(lambda: drawbridge.query(lapse) == [("system",)])
    finally:
        assert drawbridge.stop() == []
