from dataclasses import replace
from datetime import timedelta

import pytest

from assessments import standing
from assessments.law_in_use import catalogue
from assessments.models import Decision
from assessments.services import lapse_decisions, withdraw_decision
from models_registry.models import AISystem
from models_registry.services import register_new_version
from tests.assessments.factories import DAY
from tests.assessments.reviews import A_YEAR_ON, decided, kinds


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
