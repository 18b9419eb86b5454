"""The walk that the pages lead people on: its length, its order, and what it leaves out."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bench.questions import questions_asked
from law import determine, explain
from law.change import change_between
from law.dormancy import Goals
from law.explanation import open_questions, relevant_questions
from law.facts import read_facts
from law.interview import SECTIONS, Grounds, Interview, Standing, rules_looking_at
from law.reading import read_yaml

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
ON = date(2026, 11, 23)


def interview(catalogue, facts, asked=()):
    return Interview(catalogue.evaluate(facts, ON), frozenset(asked) | facts.keys())


def facts_of(catalogue, name):
    path = EXAMPLES / f"{name}.yaml"
    answers = read_yaml(path.read_text(encoding="utf-8"), name=path.name).data["answers"]
    return read_facts(catalogue, answers)


@pytest.fixture(scope="module")
def walked(catalogue):
    """The questions of an example in the order of the pages; what it does not know stays open."""

    @cache
    def walk(name):
        return questions_asked(catalogue, facts_of(catalogue, name), on=ON)

    return walk


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_ask_enough_for_the_same_result(catalogue, walked, name):
    facts = facts_of(catalogue, name)
    answered = {question: facts[question] for question in walked(name) if question in facts}
    full, found = (determine(catalogue, given, on=ON) for given in (facts, answered))
    assert (found.headline, found.gpai) == (full.headline, full.gpai)
    owed = [{duty.id for duty in result.duties if duty.truth} for result in (full, found)]
    assert owed[1] == owed[0]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_could_change_the_result_is_left_unasked(catalogue, walked, name):
    facts = facts_of(catalogue, name)
    answered = {question: facts[question] for question in walked(name) if question in facts}
    left = set(relevant_questions(catalogue.evaluate(answered, ON))) - set(walked(name))
    assert left == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_section_is_finished_before_the_next_one_while_the_class_is_open(catalogue, walked, name):
    asked, known, facts, before = [], {}, facts_of(catalogue, name), -1
    for question in walked(name):
        state = interview(catalogue, known, asked)
        waiting = [entry for entry in open_questions(state.evaluation, state.asked) if entry.shown]
        if not any(entry.reaches_outcome and entry.id not in asked for entry in waiting):
            break
        place = SECTIONS.index(catalogue.question(question).section)
        assert place >= before, question
        before = place
        asked.append(question)
        known |= {question: facts[question]} if question in facts else {}


def test_what_only_bears_on_duties_waits_for_the_class(catalogue):
    start = interview(catalogue, {})
    assert start.standings["subject_kind"] is Standing.NOW
    assert start.standings["organisation_kind"] is Standing.LATER
    ranks = [entry.reaches_outcome for entry in open_questions(start.evaluation) if entry.shown]
    assert ranks == sorted(ranks, reverse=True)


def test_who_only_uses_a_system_is_not_asked_how_it_is_made(walked):
    asked = walked("recruitment")
    assert "changes_made" in asked
    assert "provider_circumstances" not in asked


def test_a_gate_waits_until_somebody_has_met_it(catalogue):
    facts = facts_of(catalogue, "recruitment")
    known = {"subject_kind": facts["subject_kind"]}
    assert interview(catalogue, known).standings["employment_tasks"] is Standing.GATED
    unknown = interview(catalogue, known, {"use_areas"})
    assert unknown.standings["use_areas"] is Standing.UNKNOWN
    assert unknown.standings["employment_tasks"] is Standing.NOW
    told = explain(catalogue, known, on=ON, asked={"use_areas"}).open_questions
    assert next(entry for entry in told if entry.id == "employment_tasks").shown


def test_a_gate_that_cannot_change_anything_hides_nothing(catalogue):
    for name in NAMES:
        facts = facts_of(catalogue, name)
        for count in range(len(facts)):
            state = interview(catalogue, dict(list(facts.items())[:count]))
            for question in state.of(Standing.GATED):
                assert catalogue.question(question).gate in state.relevant


def test_an_open_question_is_never_said_to_be_answered(catalogue):
    state = interview(catalogue, {}, {"subject_kind"})
    assert state.standings["subject_kind"] is Standing.UNKNOWN
    assert "subject_kind" in state.shown
    assert state.next_after("subject_kind") != "subject_kind"


def test_a_hidden_question_names_the_answer_that_hides_it(catalogue):
    state = interview(catalogue, facts_of(catalogue, "recruitment"))
    assert state.grounds("education_tasks") == Grounds("use_areas", "hits_annex_iii_3_a")
    assert state.grounds("depicts_real_world").question == "generates_content"
    assert state.grounds("size_class") == Grounds(None, None)


@pytest.mark.parametrize("name", NAMES)
def test_every_hidden_question_is_hidden_by_an_answer_that_was_given(catalogue, name):
    facts = facts_of(catalogue, name)
    state = interview(catalogue, facts)
    hidden = state.of(Standing.IRRELEVANT)
    assert hidden
    assert {state.grounds(question).question for question in hidden} <= facts.keys() | {None}


def test_after_and_before_look_at_one_answer(catalogue):
    start = interview(catalogue, {})
    answered = start.after("sensitive_functions", frozenset())
    assert answered.standings["steering_technique"] is Standing.IRRELEVANT
    assert answered.before("sensitive_functions").standings == start.standings


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_was_rightly_asked_is_dormant(catalogue, walked, name):
    facts = facts_of(catalogue, name)
    answered = {question: facts[question] for question in walked(name) if question in facts}
    state = interview(catalogue, answered, walked(name))
    assert [n for n in state.of(Standing.DORMANT) if n in answered] == []


def test_an_answer_that_an_earlier_one_makes_pointless_is_dormant(catalogue, walked):
    facts = facts_of(catalogue, "recruitment")
    answered = {
        question: facts[question] for question in walked("recruitment") if question in facts
    }
    state = interview(catalogue, answered).after("use_areas", frozenset())
    assert state.standings["employment_tasks"] is Standing.DORMANT
    assert state.standings["processes_personal_data"] is Standing.DORMANT
    assert state.standings["sensitive_functions"] is Standing.ANSWERED
    beyond = interview(catalogue, answered).after("output_basis", "human_rules")
    assert beyond.standings["use_areas"] is Standing.DORMANT
    assert beyond.standings["subject_kind"] is Standing.ANSWERED


def test_what_nobody_knows_and_nothing_needs_is_dormant(catalogue, walked):
    facts = {"subject_kind": "system", "use_areas": frozenset()}
    state = interview(catalogue, facts, {"employment_tasks", "generates_content"})
    assert state.standings["employment_tasks"] is Standing.DORMANT
    assert state.standings["generates_content"] is Standing.UNKNOWN


def test_looking_from_below_finds_the_same_questions_relevant(catalogue):
    for name in NAMES:
        facts = facts_of(catalogue, name)
        for count in range(0, len(facts), 7):
            evaluation = catalogue.evaluate(dict(list(facts.items())[:count]), ON)
            relevant, goals = set(relevant_questions(evaluation)), Goals.of(catalogue)
            for question in catalogue.entries.questions:
                if evaluation.answer(question) is None:
                    assert goals.depend_on(question, evaluation) is (question in relevant)


def test_a_changed_answer_tells_what_it_changed(catalogue):
    after = interview(catalogue, facts_of(catalogue, "recruitment"))
    before = after.after("use_areas", frozenset())
    change = change_between(before, after, "use_areas")
    assert change.after.headline == "high_risk_annex_iii"
    assert change.before.headline != change.after.headline
    assert change.duties_gained
    assert change.is_notable
    assert not change_between(after, after, "use_areas").is_notable


def test_the_rules_that_look_at_a_question_come_nearest_first(catalogue):
    evaluation = catalogue.evaluate({}, ON)
    found = [rule.id for rule in rules_looking_at(evaluation, "employment_tasks")]
    assert found[0] in {"hits_annex_iii_4_a", "hits_annex_iii_4_b"}
    assert "annex_iii_4_a" in found


def test_a_change_tells_which_answers_it_leaves_without_use(catalogue):
    after = interview(catalogue, facts_of(catalogue, "recruitment"))
    before = after.after("use_areas", frozenset())
    change = change_between(before, after, "use_areas")
    assert "employment_tasks" in change.answers_revived
    assert change.answers_lapsed == ()
    assert "employment_tasks" in change_between(after, before, "use_areas").answers_lapsed
