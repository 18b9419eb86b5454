"""What holds for any answers at all, tried on thousands of random ones near the worked cases."""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law import determine, explain, load
from law.compiled import Catalogue
from law.conditions import All, AnyOf, Not
from law.determination import TIERS
from law.entries import Entries, Tier
from law.explanation import relevant_questions
from law.facts import plain_answer, read_facts
from tests.law.cases import CASES, facts_of

CATALOGUE = load()
QUESTIONS = CATALOGUE.entries.questions
KNOWN = [facts_of(CATALOGUE, case) for case in CASES.values()]
pytestmark = pytest.mark.slow
few = settings(max_examples=25, deadline=None)
many = settings(max_examples=100, deadline=None)


def _answer(question):
    options = [option.id for option in question.options]
    match question.kind:
        case "yes_no":
            return st.booleans()
        case "one_of":
            return st.sampled_from(options)
        case "several_of":
            return st.frozensets(st.sampled_from(options))
    return st.sampled_from(CATALOGUE.telling_values[question.id])


ANSWERS = {name: _answer(question) for name, question in QUESTIONS.items()}
days = st.dates(CATALOGUE.first_day, date(2032, 1, 1))
readings = st.fixed_dictionaries(
    {},
    optional={
        switch.id: st.sampled_from([option.id for option in switch.options])
        for switch in CATALOGUE.readings
    },
)


@st.composite
def partial_facts(draw):
    """The answers of a worked case, some taken away and some changed."""
    facts = dict(draw(st.sampled_from(KNOWN)))
    for name in draw(st.sets(st.sampled_from(sorted(facts)), max_size=8)):
        del facts[name]
    return facts | draw(_changes(sorted(QUESTIONS), 6))


@st.composite
def complete_facts(draw):
    facts = draw(partial_facts())
    return {name: facts[name] if name in facts else draw(ANSWERS[name]) for name in QUESTIONS}


@st.composite
def _changes(draw, names, most):
    chosen = draw(st.sets(st.sampled_from(names), max_size=most))
    return {name: draw(ANSWERS[name]) for name in sorted(chosen)}


@st.composite
def facts_and_one_more(draw):
    """Some answers, and the same with one more."""
    facts = draw(partial_facts())
    name = draw(st.sampled_from([name for name in QUESTIONS if name not in facts]))
    return facts, facts | {name: draw(ANSWERS[name])}


def _truths(evaluation):
    return {name: evaluation.truth(name) for name, _ in evaluation.catalogue.result_slots}


def _told(result):
    parts = (result.outcomes, result.roles, result.duties)
    return result.headline, result.gpai, *({each.id: each.truth for each in part} for part in parts)


def _days(result):
    return {duty.id: (duty.applies_from, duty.transition) for duty in result.duties}


@many
@given(facts_and_one_more(), days, readings)
def test_one_more_answer_overturns_nothing_that_was_decided(pair, on, chosen):
    before, after = (_truths(CATALOGUE.evaluate(facts, on, chosen)) for facts in pair)
    overturned = [n for n, truth in before.items() if truth is not None and after[n] is not truth]
    assert not overturned


@many
@given(facts_and_one_more(), days, readings)
def test_one_more_answer_only_narrows_the_range_of_tiers(pair, on, chosen):
    before, after = (determine(CATALOGUE, facts, on=on, readings=chosen) for facts in pair)
    if before.headline is not Tier.OPEN:
        assert after.headline is before.headline
    assert TIERS.index(before.at_worst) <= TIERS.index(after.at_worst)
    assert TIERS.index(after.at_worst) <= TIERS.index(after.at_best)
    assert TIERS.index(after.at_best) <= TIERS.index(before.at_best)
    assert before.gpai == "open" or after.gpai is before.gpai


@many
@given(complete_facts(), days, readings)
def test_when_all_is_answered_nothing_is_open(facts, on, chosen):
    result = determine(CATALOGUE, facts, on=on, readings=chosen)
    assert result.headline is result.at_best is result.at_worst
    assert result.headline is not Tier.OPEN
    assert None not in _truths(CATALOGUE.evaluate(facts, on, chosen)).values()
    assert relevant_questions(CATALOGUE.evaluate(facts, on, chosen)) == []


@many
@given(facts_and_one_more(), days)
def test_a_question_that_is_not_listed_changes_nothing(pair, on):
    facts, more = pair
    (name,) = more.keys() - facts.keys()
    if name not in relevant_questions(CATALOGUE.evaluate(facts, on)):
        before, after = (determine(CATALOGUE, each, on=on) for each in pair)
        assert _told(after) == _told(before)
        assert _days(after) == _days(before)


@many
@given(partial_facts(), days, readings)
def test_no_duty_bites_before_its_day(facts, on, chosen):
    for duty in determine(CATALOGUE, facts, on=on, readings=chosen).duties:
        entry = CATALOGUE.duty(duty.id)
        earliest = min(
            [*entry.days.values(), *([entry.reading_day.day] if entry.reading_day else [])]
        )
        assert not (duty.bites and on < earliest)
        assert duty.bites == (duty.applies_from is not None and duty.applies_from <= on)


@many
@given(partial_facts(), readings)
def test_what_bites_goes_on_biting_while_the_wording_stays(facts, chosen):
    on = date(2028, 8, 2)
    now, later = (
        {d.id for d in determine(CATALOGUE, facts, on=day, readings=chosen).duties if d.bites}
        for day in (on, on + timedelta(days=400))
    )
    assert now <= later


@few
@given(partial_facts(), days)
def test_not_known_is_the_same_as_not_answered(facts, on):
    plain = {name: plain_answer(value) for name, value in facts.items()}
    missing = QUESTIONS.keys() - facts.keys()
    said = read_facts(CATALOGUE, plain | dict.fromkeys(missing, "unknown"))
    assert determine(CATALOGUE, said, on=on) == determine(CATALOGUE, facts, on=on)


@few
@given(partial_facts(), days, readings)
def test_the_order_of_answers_does_not_matter(facts, on, chosen):
    backwards = dict(reversed(facts.items()))
    one, other = (determine(CATALOGUE, f, on=on, readings=chosen) for f in (facts, backwards))
    assert one == other


def _shuffled(seed):
    """The same law with its entries, and the parts of its conditions, in another order."""
    random = Random(seed)  # noqa: S311 - not for secrets

    def mixed(condition):
        match condition:
            case All(parts) | AnyOf(parts):
                return type(condition)(tuple(mixed(p) for p in random.sample(parts, len(parts))))
            case Not(part):
                return Not(mixed(part))
        return condition

    def reordered(rows):
        names = random.sample(list(rows), len(rows))
        return {name: _with_mixed(rows[name], mixed) for name in names}

    groups = {f.name: reordered(getattr(CATALOGUE.entries, f.name)) for f in fields(Entries)}
    return Catalogue(Entries(**groups), CATALOGUE.digest)


def _with_mixed(entry, mixed):
    return replace(entry, when=mixed(entry.when)) if hasattr(entry, "when") else entry


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_rules_does_not_matter(seed):
    other = _shuffled(seed)

    @few
    @given(partial_facts(), days, readings)
    def same(facts, on, chosen):
        one, two = (determine(law, facts, on=on, readings=chosen) for law in (CATALOGUE, other))
        assert _told(one) == _told(two)
        assert _days(one) == _days(two)
        assert (one.at_best, one.at_worst, one.next_day) == (
            two.at_best,
            two.at_worst,
            two.next_day,
        )

    same()


@many
@given(partial_facts(), _changes(sorted(QUESTIONS), 1), days, readings)
def test_looking_again_at_one_answer_is_the_same_as_starting_anew(facts, change, on, chosen):
    evaluation = CATALOGUE.evaluate(facts, on, chosen)
    for name, value in change.items():
        anew = CATALOGUE.evaluate(facts | {name: value}, on, chosen)
        assert evaluation.changed(name, value).values == anew.values


@few
@given(partial_facts(), days)
def test_each_pivot_does_what_it_says_and_none_is_left_out(facts, on):
    before = determine(CATALOGUE, facts, on=on)
    pivots = {(p.question, p.value): p for p in explain(CATALOGUE, facts, on=on).pivots}
    for (name, value), pivot in list(pivots.items())[:20]:
        after = determine(CATALOGUE, facts | {name: value}, on=on)
        assert (after.headline, after.gpai) == (pivot.headline, pivot.gpai)
        assert (after.headline, after.gpai) != (before.headline, before.gpai)
        assert set(pivot.duties_gained) == _owed(after) - _owed(before)
        assert set(pivot.duties_lost) == _owed(before) - _owed(after)
    for name in [name for name in facts if QUESTIONS[name].kind == "yes_no"]:
        if (name, not facts[name]) not in pivots:
            after = determine(CATALOGUE, facts | {name: not facts[name]}, on=on)
            assert (after.headline, after.gpai) == (before.headline, before.gpai)


def _owed(result):
    return {duty.id for duty in result.duties if duty.truth}


@few
@given(partial_facts(), days)
def test_open_questions_come_with_the_most_useful_first(facts, on):
    waiting = explain(CATALOGUE, facts, on=on).open_questions
    ranks = [(not q.shown, not q.reaches_outcome, -q.settles_headline, -q.settles) for q in waiting]
    assert ranks == sorted(ranks)
    assert all(0 <= q.settles_headline <= 1 and q.settles >= 0 for q in waiting)
    assert not {q.id for q in waiting} & facts.keys()
    # A gate that no longer matters itself hides nothing.
    closed = {q.id for q in waiting}
    assert all(q.shown == (CATALOGUE.question(q.id).gate not in closed) for q in waiting)


@few
@given(partial_facts(), days)
def test_a_reading_is_said_to_matter_exactly_where_another_option_changes_the_result(facts, on):
    before = determine(CATALOGUE, facts, on=on)
    telling = explain(CATALOGUE, facts, on=on).telling_readings
    for switch in CATALOGUE.readings:
        others = [
            determine(CATALOGUE, facts, on=on, readings={switch.id: option.id})
            for option in switch.options
        ]
        differs = any((_told(o), _days(o)) != (_told(before), _days(before)) for o in others)
        assert differs == (switch.id in telling)
