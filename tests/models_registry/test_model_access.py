"""A copy of the starter catalogue does not pass off as open what may stand behind a gate."""

import pytest

from models_registry.model_access import access_in_words, gated
from models_registry.runs.claims import claims_of
from models_registry.services.copying import copy_starter_model
from models_registry.sovereignty.knowledge import knowledge_of
from reports.rendering import words
from reports.selectors import described_assessment
from tests.assessments.factories import a_full_assessment
from tests.models_registry.factories import AIModelFactory

pytestmark = pytest.mark.django_db


def copied(ana, entry):
    return copy_starter_model(model_id=entry, organisation=ana.organisation, by=ana.user)


def test_a_gate_of_which_nothing_is_known_stays_unknown_in_the_copy(ana):
    model = copied(ana, "apertus-70b")
    assert gated(model) is None
    assert access_in_words(model) == "open weights, gate not known"
    assert "gated" not in claims_of(model)
    assert knowledge_of(model).value("gated") is None


def test_a_report_names_a_gate_of_which_nothing_is_known(ana):
    assessment = a_full_assessment(ana, system=None, model=copied(ana, "apertus-70b"))
    described = described_assessment(assessment, on=assessment.created_at.date())
    assert [model["access"] for model in described.models] == ["gate_unknown"]
    assert words.ACCESS["gate_unknown"] == "Open weights, gate not known"


def test_a_known_gate_is_told(ana):
    assert access_in_words(copied(ana, "kimi-k2-thinking")) == "open weights"
    assert gated(copied(ana, "llama-3.1-8b")) is True


def test_what_people_register_themselves_is_taken_at_their_word():
    assert gated(AIModelFactory(access="open_weights")) is False
    assert gated(AIModelFactory(access="api_only")) is None
