"""One answer saved at a time: its own lock, nothing lost, everything that follows brought along."""

import pytest

from assessments.freezing import freeze
from assessments.models import Answer, Assessment, Inquiry
from assessments.services import Asked, ConflictError, FrozenError, save_answer
from events.models import Event, EventDetail
from law.facts import FactsError
from tests.assessments.factories import a_full_assessment, an_assessment


def save(assessment, by, question_id="subject_kind", value="system", version=0, **given):
    given = {"note": "", "asked": None} | given
    return save_answer(
        assessment=assessment,
        question_id=question_id,
        value=value,
        version=version,
        by=by.user,
        **given,
    )


def test_an_answer_is_saved_with_its_note_and_author(ana):
    assessment = an_assessment(ana)
    save(assessment, ana, note="See the manual.")
    answer = assessment.answers.get()
    assert (answer.value, answer.note, answer.version) == ("system", "See the manual.", 1)
    assert answer.answered_by == ana.user
    assert answer.source == Answer.Source.PERSON


def test_the_summary_and_the_revision_follow(ana):
    assessment = a_full_assessment(ana)
    before = Assessment.objects.get(pk=assessment.pk)
    answer = assessment.answers.get(question_id="use_areas")
    save(assessment, ana, "use_areas", [], answer.version)
    after = Assessment.objects.get(pk=assessment.pk)
    assert before.headline == "high_risk_annex_iii"
    assert after.headline != before.headline
    assert after.revision == before.revision + 1
    assert after.changed_at > before.changed_at
    assert after.duties < before.duties


def test_the_event_tells_before_and_after(ana):
    assessment = an_assessment(ana, {"subject_kind": "model"})
    save(assessment, ana, version=1, asked=Asked("Ben", "Which?"))
    event = Event.objects.filter(kind="assessment.answered").order_by("-sequence").first()
    told = EventDetail.objects.get(event=event).payload
    assert '"before":{"subject_kind":"model"}' in told
    assert '"after":{"subject_kind":"system"}' in told
    assert '"whom":"Ben"' in told


def test_saying_the_same_again_changes_nothing(ana):
    assessment = an_assessment(ana)
    save(assessment, ana, note="n", asked=Asked("Ben"))
    revision, events = Assessment.objects.get().revision, Event.objects.count()
    again = save(assessment, ana, note="n", asked=Asked("Ben"), version=0)
    assert again.version == 1
    assert (Assessment.objects.get().revision, Event.objects.count()) == (revision, events)


def test_a_large_number_is_the_same_number_on_every_database(ana):
    assessment = an_assessment(ana)
    save(assessment, ana, "training_compute", 3.2e24)
    assert save(assessment, ana, "training_compute", 3.2e24).version == 1
    text = freeze(Assessment.objects.get()).text
    assert '"value":3.2e+24' in text


def test_a_stale_version_changes_nothing_and_hands_over_theirs(ana, ben):
    assessment = an_assessment(ana)
    save(assessment, ben, note="theirs")
    revision = Assessment.objects.get().revision
    with pytest.raises(ConflictError) as conflict:
        save(assessment, ana, value="model", note="mine")
    assert conflict.value.theirs.note == "theirs"
    assert conflict.value.theirs.answered_by == ben.user
    assert assessment.answers.get().note == "theirs"
    assert Assessment.objects.get().revision == revision


def test_people_who_answer_different_questions_do_not_meet(ana, ben):
    assessment = an_assessment(ana)
    stale = Assessment.objects.get(pk=assessment.pk)
    save(assessment, ana)
    save(stale, ben, "output_basis", "learned")
    assert assessment.answers.count() == 2
    assert Assessment.objects.get().revision == 3


def test_not_known_is_an_answer_of_its_own(ana):
    assessment = an_assessment(ana)
    save(assessment, ana, value=None)
    assert assessment.answers.get().value is None
    before = Assessment.objects.get().open_questions
    save(assessment, ana, value="system", version=1)
    assert Assessment.objects.get().open_questions == before - 1


def test_somebody_is_asked_and_no_longer(ana):
    assessment = an_assessment(ana)
    save(assessment, ana, value=None, asked=Asked("it@example.org", "Which version?"))
    inquiry = Inquiry.objects.get()
    assert (inquiry.whom, inquiry.reason, inquiry.asked_by) == (
        "it@example.org",
        "Which version?",
        ana.user,
    )
    save(assessment, ana, value=None, version=1, asked=Asked("Ben"))
    assert Inquiry.objects.get().whom == "Ben"
    save(assessment, ana, value=None, version=2)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("question_id", "value"),
    [
        ("subject_kind", "no_such_option"),
        ("subject_kind", ["system"]),
        ("no_such_question", "system"),
        ("use_areas", "employment"),
        ("use_areas", ["no_such_option"]),
        ("training_compute", "many"),
        ("training_compute", -1),
        ("training_compute", float("inf")),
        ("placed_on_market_on", "2026-02-30"),
    ],
)
def test_what_does_not_fit_is_refused(ana, question_id, value):
    assessment = an_assessment(ana)
    with pytest.raises(FactsError):
        save(assessment, ana, question_id, value)
    assert not assessment.answers.exists()
    assert Assessment.objects.get().revision == 1


@pytest.mark.parametrize("state", ["in_review", "decided", "archived"])
def test_a_frozen_assessment_keeps_its_answers(ana, state):
    assessment = an_assessment(ana)
    Assessment.objects.update(state=state)
    with pytest.raises(FrozenError):
        save(assessment, ana)
    assert not assessment.answers.exists()


def test_a_save_needs_few_queries(ana, django_assert_max_num_queries):
    assessment = a_full_assessment(ana)
    answer = assessment.answers.get(question_id="use_areas")
    with django_assert_max_num_queries(20):
        save(assessment, ana, "use_areas", ["education"], answer.version)
