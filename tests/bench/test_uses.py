"""The many uses to measure with are such as people would have made through the services."""

from datetime import date

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from assessments.lapsing import lapse_decisions
from assessments.models import Answer, Assessment, Author, Decision, Submission
from assessments.services import rebuild_summary
from bench.data import main, others
from bench.pages import sorted_out
from bench.served.addresses import ALONE, Addresses, routes
from bench.served.visitor import Visitor
from bench.uses.filling import fill
from bench.uses.people import EMAIL, EMAIL_ALONE, alone, password, staff
from events.models import Event
from events.verification import verify_chain
from models_registry.models import UseCase

DAY = date(2026, 11, 23)
FEW, MANY = 100, 180
pytestmark = pytest.mark.slow


@pytest.fixture
def filled(db, settings, tmp_path):
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    assert fill(FEW, DAY) == FEW
    return staff().organisation


@pytest.fixture
def open_connection():
    """A request that ends would close the connection, and with it the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_they_are_such_as_the_services_make(filled):
    chain = verify_chain(filled.pk)
    assert chain.fault is None
    assert chain.length == Event.objects.filter(organisation_id=filled.pk).count() > 5 * FEW
    states = set(Assessment.objects.values_list("state", flat=True))
    assert states == set(Assessment.State.values)
    for pk in Assessment.objects.values_list("pk", flat=True):
        assert not rebuild_summary(assessment_id=pk, by=None), "determined as the services do"
    assert not Decision.objects.filter(decided_by__in=Author.objects.values("person")).exists()
    submission = Submission.objects.first()
    assert submission.assessment.use_case.name in submission.snapshot
    assert "@" not in submission.snapshot.replace("@example.com", "")
    lapsed = Decision.objects.filter(valid_until__lt=DAY).count()
    assert lapse_decisions(on=DAY) == lapsed > 0


def test_more_are_added_and_what_is_there_stays(filled):
    before = set(UseCase.objects.values_list("name", flat=True))
    answers = Answer.objects.count()
    assert fill(FEW, DAY) == 0
    assert fill(FEW + 5, DAY) == 5
    assert before < set(UseCase.objects.values_list("name", flat=True))
    assert Answer.objects.count() > answers
    assert verify_chain(filled.pk).fault is None


def test_nothing_is_written_among_the_rows_of_others(ana, capsys, monkeypatch):
    monkeypatch.setenv("VAR_DIR", "unused")
    monkeypatch.setattr("bench.data.prepare_settings", lambda: None)
    assert others() == ["Muster GmbH"]
    assert main(["100"]) == 1
    assert "Muster GmbH" in capsys.readouterr().out
    assert not UseCase.objects.exists()
    assert main(["many"]) == 2


@pytest.mark.timeout(600)
def test_every_page_asks_the_database_as_often_for_many_uses_as_for_few(filled, open_connection):
    """Lists, details, forms and searches: whatever has an address, so that none is forgotten."""
    single = alone(DAY)
    member = Visitor().signed_in(EMAIL, password())
    loner = Visitor().signed_in(EMAIL_ALONE, password(EMAIL_ALONE))
    found = list(Addresses(filled, member).of_every_page())
    pages, without = sorted_out([member, Visitor()], found)
    pages += sorted_out([loner], Addresses(single, loner).of_every_page(ALONE))[0]
    named = {cost.page for cost in pages} | without.keys()
    assert named == {name for name, _route in routes()} - {"account_login"}
    few = {cost.address: cost.visitor.queries_of(cost.address) for cost in pages}
    fill(MANY, DAY)
    many = {cost.address: cost.visitor.queries_of(cost.address) for cost in pages}
    assert few == many
    assert max(many.values()) <= 25
