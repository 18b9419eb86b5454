from io import StringIO

import pytest
from django.core.management import call_command

from assessments.law_in_use import catalogue
from assessments.management.commands import rebuild_summaries
from assessments.models import Assessment, Finding, FindingStatus
from assessments.selectors import determination_of
from assessments.services import SUMMARY, rebuild_summary, save_answers
from events.models import Event
from law import explain
from tests.assessments.factories import EXAMPLES, a_full_assessment, an_assessment


def rebuild():
    out = StringIO()
    call_command("rebuild_summaries", stdout=out, stderr=StringIO())
    return out.getvalue()


def fresh_summary(assessment):
    """The summary as the determination says it, worked out apart from the service."""
    found = determination_of(assessment)
    result = found.determination
    waiting = explain(catalogue(), found.facts, on=assessment.as_of).open_questions
    owed = [duty for duty in result.duties if duty.truth and duty.kind == "duty"]
    return {
        "law_version": result.law_version,
        "catalogue_digest": result.digest,
        "headline": result.headline.value,
        "gpai": result.gpai.value,
        "at_best": result.at_best.value,
        "at_worst": result.at_worst.value,
        "outcomes": [outcome.id for outcome in result.outcomes if outcome.truth],
        "roles": [role.id for role in result.roles if role.truth],
        "open_questions": len([question for question in waiting if question.shown]),
        "next_day": result.next_day,
        "since_day": max((duty.applies_from for duty in owed if duty.bites), default=None),
        "duties": len(owed),
        "findings_by_status": {"not_assessed": len(owed)} if owed else {},
    }


def summary_of(assessment):
    assessment.refresh_from_db()
    return {name: getattr(assessment, name) for name in SUMMARY}


@pytest.mark.parametrize("example", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_a_summary_says_what_a_fresh_determination_says(ana, example):
    assessment = a_full_assessment(ana, example)
    assert summary_of(assessment) == fresh_summary(assessment)


def test_every_summary_column_is_checked_here(ana):
    assert fresh_summary(an_assessment(ana)).keys() == set(SUMMARY)


def test_what_is_in_line_stays_untouched(ana):
    a_full_assessment(ana)
    an_assessment(ana)
    events = Event.objects.count()
    assert rebuild() == "2 open assessments looked at, 0 changed.\n"
    assert Event.objects.count() == events


def test_a_summary_out_of_line_is_made_anew_with_an_event(ana):
    assessment = a_full_assessment(ana)
    right = summary_of(assessment)
    Assessment.objects.update(headline="minimal", roles=[], next_day=None, duties=3)
    assert rebuild() == "1 open assessments looked at, 1 changed.\n"
    assert summary_of(assessment) == right
    last = Event.objects.order_by("sequence").last()
    assert (last.kind, last.actor_id) == ("assessment.redetermined", None)
    assert '"before":{"duties":3,"headline":"minimal"' in last.detail.payload


def test_findings_are_made_and_fall_away_and_keep_their_state(ana):
    assessment = a_full_assessment(ana)
    gone, kept = assessment.findings.all()[:2]
    gone.delete()
    Finding.objects.filter(pk=kept.pk).update(status=FindingStatus.MET)
    own = {"organisation": ana.organisation, "assessment": assessment}
    old = Finding.objects.create(**own, duty_id="AIA-000-1")
    rebuild()
    assert assessment.findings.filter(duty_id=gone.duty_id, applies=True).exists()
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.applies, kept.status) == (False, "met")


@pytest.mark.parametrize("state", ["in_review", "decided", "superseded", "archived"])
def test_a_frozen_assessment_is_left_as_it_was(ana, state):
    assessment = a_full_assessment(ana)
    Assessment.objects.update(state=state, headline="minimal")
    assert rebuild() == "0 open assessments looked at, 0 changed.\n"
    assert rebuild_summary(assessment_id=assessment.pk, by=None) is False
    assert Assessment.objects.get().headline == "minimal"


def test_a_rebuild_writes_nothing_beside_the_summary(ana):
    """Someone answers between the moment a row is read and the moment its summary is written."""
    assessment = an_assessment(ana)
    stale = Assessment.objects.get(pk=assessment.pk)
    given = {"answers": {"subject_kind": "system"}, "by": ana.user}
    save_answers(assessment=assessment, revision=1, **given)
    rebuild_summary(assessment_id=stale.pk, by=None)
    assert Assessment.objects.get().revision == 2


def test_all_batches_are_walked_in_a_constant_number_of_queries_each(
    ana, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(rebuild_summaries, "BATCH", 2)
    ids = {an_assessment(ana).pk for _ in range(5)}
    with django_assert_num_queries(4):
        assert set(rebuild_summaries._open_assessments()) == ids
