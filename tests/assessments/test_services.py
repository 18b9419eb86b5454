from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.models import Answer, Assessment, Finding, FindingStatus
from assessments.services import FrozenError, StaleError, save_answers, start_assessment
from events.models import Event, EventDetail
from law.facts import FactsError
from tests.assessments.factories import DAY, a_full_assessment, an_assessment, described
from tests.models_registry.factories import UseCaseFactory


@pytest.fixture
def draft(ana):
    return an_assessment(ana)


@pytest.fixture
def hiring(ana):
    return a_full_assessment(ana)


def save(assessment, by, answers, revision=None, **given):
    given = {"revision": revision or assessment.revision, "by": by.user, **given}
    return save_answers(assessment=assessment, answers=answers, **given)


def events(ana):
    rows = Event.objects.filter(organisation_id=ana.organisation_id, kind__startswith="assess")
    return list(rows.values_list("kind", flat=True))


def test_a_draft_without_answers_is_open_and_owes_nothing(ana, draft):
    draft.refresh_from_db()
    assert (draft.state, draft.revision, draft.headline) == ("draft", 1, "open")
    assert draft.open_questions > 0
    assert draft.duties == 0
    assert events(ana) == ["assessment.started"]


def test_a_use_is_assessed_once_at_a_time(ana, draft):
    with pytest.raises(ValidationError, match="being assessed already"):
        start_assessment(use_case=draft.use_case, as_of=DAY, by=ana.user)
    assert events(ana) == ["assessment.started"]


def test_a_use_is_assessed_again_once_the_old_assessment_is_superseded(ana, draft):
    Assessment.objects.update(state=Assessment.State.SUPERSEDED)
    start_assessment(use_case=draft.use_case, as_of=DAY, by=ana.user)
    assert Assessment.objects.count() == 2
    assert Assessment.objects.current().count() == 1


def test_a_day_before_the_act_is_refused_and_nothing_is_kept(ana):
    use_case = UseCaseFactory(organisation=ana.organisation)
    with pytest.raises(ValueError, match="2024"):
        start_assessment(use_case=use_case, as_of=date(2020, 1, 1), by=ana.user)
    assert not Assessment.objects.exists()


def test_answers_and_class_and_findings_and_event_change_together(ana, hiring):
    assert hiring.headline == "high_risk_annex_iii"
    assert hiring.revision == 2
    assert hiring.answers.count() == len(described().answers)
    assert hiring.duties == hiring.findings.filter(applies=True).count() > 0
    assert hiring.findings_by_status == {"not_assessed": hiring.duties}
    assert events(ana) == ["assessment.started", "assessment.answered"]


def test_the_event_tells_the_values_before_and_after(ana, draft):
    save(draft, ana, {"subject_kind": "system"})
    save(draft, ana, {"subject_kind": "unknown", "use_areas": ["education", "employment"]})
    payload = EventDetail.objects.order_by("event__sequence").last().payload
    assert '"before":{"subject_kind":"system"}' in payload
    assert '"after":{"subject_kind":null,"use_areas":["education","employment"]}' in payload


def test_the_second_of_two_writers_is_told_and_changes_nothing(ana, ben, draft):
    theirs = Assessment.objects.get(pk=draft.pk)
    save(draft, ana, {"subject_kind": "system"}, revision=1)
    with pytest.raises(StaleError):
        save(theirs, ben, {"subject_kind": "model"}, revision=1)
    assert Answer.objects.get().value == "system"
    assert events(ana).count("assessment.answered") == 1


@pytest.mark.parametrize("state", ["in_review", "decided", "superseded", "archived"])
def test_a_frozen_assessment_keeps_its_answers(ana, draft, state):
    Assessment.objects.update(state=state)
    with pytest.raises(FrozenError):
        save(draft, ana, {"subject_kind": "system"})
    assert not Answer.objects.exists()
    assert Assessment.objects.get().revision == 1


def test_changes_that_were_asked_for_can_be_made(ana, draft):
    Assessment.objects.update(state=Assessment.State.CHANGES_REQUESTED)
    assert save(draft, ana, {"subject_kind": "system"}).revision == 2


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"subject_knd": "system"}, "did you mean 'subject_kind'"),
        ({"no_such_thing": None}, "no such question"),
        ({"no_such_thing": "unknown"}, "no such question"),
        ({"subject_kind": "spaceship"}, "answer one of model, system"),
        ({"subject_kind": True}, "answer one of model, system"),
        ({"works_with_some_autonomy": "true"}, "answer true, false"),
        ({"use_areas": "employment"}, "answer a list of"),
        ({"training_compute": -1}, "not negative"),
        ({"training_compute": float("nan")}, "not negative"),
        ({"placed_on_market_on": "2026-02-30"}, "answer a day"),
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_spoils_the_whole_batch(ana, draft, answers, message):
    with pytest.raises(FactsError, match=message):
        save(draft, ana, {"organisation_kind": "company", **answers})
    assert not Answer.objects.exists()
    assert Assessment.objects.get().revision == 1
    assert events(ana) == ["assessment.started"]


def test_every_fault_of_a_batch_is_told_at_once(ana, draft):
    with pytest.raises(FactsError) as told:
        save(draft, ana, {"subject_kind": 1, "use_areas": 2})
    assert told.value.faults.keys() == {"subject_kind", "use_areas"}


def test_an_answer_counts_its_saves_and_names_who_saved_it(ana, ben, draft):
    save(draft, ana, {"subject_kind": "system"})
    save(draft, ben, {"subject_kind": "model"}, source=Answer.Source.IMPORT)
    answer = Answer.objects.get()
    assert (answer.value, answer.version) == ("model", 2)
    assert (answer.answered_by, answer.source) == (ben.user, "import")
    assert answer.organisation == ana.organisation


def test_i_do_not_know_is_kept_as_an_answer(ana, draft):
    save(draft, ana, {"subject_kind": "unknown"})
    assert Answer.objects.get().value is None


def test_an_answer_keeps_its_note_until_a_new_one_comes(ana, draft):
    save(draft, ana, {"subject_kind": "system"}, notes={"subject_kind": "See the contract."})
    save(draft, ana, {"subject_kind": "model"})
    assert Answer.objects.get().note == "See the contract."
    save(draft, ana, {"subject_kind": "model"}, notes={"subject_kind": ""})
    assert Answer.objects.get().note == ""


def test_a_note_without_an_answer_is_refused_and_not_lost(ana, draft):
    with pytest.raises(FactsError, match="a note needs an answer"):
        save(draft, ana, {"subject_kind": "system"}, notes={"use_areas": "Two of them."})


def test_a_note_that_is_too_long_is_refused(ana, draft):
    with pytest.raises(ValidationError, match="4000"):
        save(draft, ana, {"subject_kind": "system"}, notes={"subject_kind": "n" * 4001})
    assert Assessment.objects.get().revision == 1


def test_a_duty_has_one_finding_however_often_it_is_determined(ana, hiring):
    before = dict(hiring.findings.values_list("duty_id", "pk"))
    save(hiring, ana, {"employer_uses_results": True})
    assert dict(hiring.findings.values_list("duty_id", "pk")) == before


def test_a_finding_falls_away_with_its_duty_and_comes_back_with_its_state(ana, hiring):
    applied = set(hiring.findings.filter(applies=True).values_list("duty_id", flat=True))
    hiring.findings.update(status=FindingStatus.MET)
    save(hiring, ana, {"exclusive_purpose": ["military_defence_national_security"]})
    assert hiring.headline == "out_of_scope"
    assert not hiring.findings.filter(applies=True).exists()
    assert (hiring.duties, hiring.findings_by_status) == (0, {})
    save(hiring, ana, {"exclusive_purpose": []})
    back = hiring.findings.filter(applies=True)
    assert set(back.values_list("duty_id", flat=True)) == applied
    assert hiring.findings_by_status == {"met": len(applied)}


def test_the_cost_of_a_batch_grows_by_one_query_for_each_answer(
    ana, draft, django_assert_max_num_queries
):
    answers = described().answers
    with django_assert_max_num_queries(len(answers) + 25):
        save(draft, ana, answers)


def refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_the_database_keeps_what_the_services_promise(ana, hiring):
    rows = Assessment.objects.filter(pk=hiring.pk)
    refused("a_revision_starts_at_one", lambda: rows.update(revision=0))
    own = {"organisation": ana.organisation, "assessment": hiring}
    refused("(?i)unique", lambda: Answer.objects.create(**own, question_id="subject_kind"))
    duty = hiring.findings.first().duty_id
    refused("(?i)unique", lambda: Finding.objects.create(**own, duty_id=duty))
    refused("an_answer_version_starts", lambda: Answer.objects.update(version=0))
    refused(
        "what_is_not_applicable_has_a_reason",
        lambda: Finding.objects.update(status=FindingStatus.NOT_APPLICABLE),
    )
    refused(
        "(?i)unique",
        lambda: Assessment.objects.create(
            organisation=ana.organisation, use_case=hiring.use_case, as_of=DAY
        ),
    )
