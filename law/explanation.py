"""What is still open, which question settles most, which answer would move the result."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from law.compiled import Catalogue, Evaluation, Facts, Readings
from law.conditions import Value
from law.determination import duties_of, gpai_of, headline_of
from law.entries import GpaiStanding, Question, Tier


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that can still change something.

    ``settles`` is the mean number of open outcomes and duties that an answer decides;
    ``settles_headline`` is the share of answers after which an open headline is decided.
    ``shown`` is false while the gate question of its section waits for an answer.
    ``reaches_outcome`` is false where it only bears on roles and duties.
    """

    id: str
    shown: bool
    settles: float
    settles_headline: float
    reaches_outcome: bool


@dataclass(frozen=True, slots=True)
class Pivot:
    """One answer that, given differently, would move the headline or the second line."""

    question: str
    value: Value
    headline: Tier
    gpai: GpaiStanding
    duties_gained: tuple[str, ...]
    duties_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The open questions, those that settle most first, the pivots, the disputes that matter.

    ``telling_readings`` names the reading switches whose other option would change this result.
    """

    open_questions: tuple[OpenQuestion, ...]
    pivots: tuple[Pivot, ...]
    telling_readings: tuple[str, ...]


def explain(
    catalogue: Catalogue,
    facts: Facts,
    *,
    on: date,
    readings: Readings | None = None,
    asked: Set[str] = frozenset(),
) -> Explanation:
    """What further answers could still do, and what other answers would have done.

    ``asked`` names the questions that people have met, those answered "I don't know" included.
    """
    evaluation = catalogue.evaluate(facts, on, readings)
    telling = tuple(_telling_readings(evaluation, facts))
    return Explanation(
        tuple(open_questions(evaluation, asked)), tuple(_pivots(evaluation, facts)), telling
    )


def open_questions(evaluation: Evaluation, asked: Set[str] = frozenset()) -> list[OpenQuestion]:
    """Those that can be asked now, outcomes before mere duties and what settles most first."""
    relevant = relevant_questions(evaluation)
    shown, decisive = shown_questions(evaluation, relevant, asked), decisive_questions(evaluation)
    waiting = [
        _open_question(evaluation, name, name in shown, name in decisive) for name in relevant
    ]
    return sorted(
        waiting,
        key=lambda q: (not q.shown, not q.reaches_outcome, -q.settles_headline, -q.settles),
    )


def relevant_questions(evaluation: Evaluation) -> list[str]:
    """The unanswered questions whose answer can still change an open outcome, role or duty."""
    catalogue = evaluation.catalogue
    waiting = [name for name, slot in catalogue.result_slots if evaluation.values[slot] is None]
    reached = _open_beneath(evaluation, [*waiting, *_open_clauses(evaluation)])
    return [question for question in catalogue.entries.questions if question in reached]


def shown_questions(
    evaluation: Evaluation, relevant: Iterable[str], asked: Set[str] = frozenset()
) -> frozenset[str]:
    """Those of the relevant questions whose gate has been met, or does not matter itself."""
    relevant = frozenset(relevant)
    waiting = relevant - asked
    gates = {name: evaluation.catalogue.question(name).gate for name in relevant}
    return frozenset(name for name, gate in gates.items() if gate not in waiting)


def decisive_questions(evaluation: Evaluation) -> frozenset[str]:
    """The unanswered questions that an open outcome rests on by more than somebody's role.

    Roles in their turn rest on the class, so what only they look at can wait until it is known.
    """
    catalogue = evaluation.catalogue
    outcomes = [rule.id for rule in catalogue.outcomes if evaluation.truth(rule.id) is None]
    roles = {rule.id for rule in catalogue.roles}
    return _open_beneath(evaluation, outcomes, roles) & catalogue.entries.questions.keys()


def role_questions(evaluation: Evaluation) -> frozenset[str]:
    """The unanswered questions that an open role rests on."""
    catalogue = evaluation.catalogue
    roles = [rule.id for rule in catalogue.roles if evaluation.truth(rule.id) is None]
    return _open_beneath(evaluation, roles) & catalogue.entries.questions.keys()


def _open_beneath(
    evaluation: Evaluation, names: Iterable[str], beyond: Set[str] = frozenset()
) -> frozenset[str]:
    """Everything open that these rest on, down to the questions; what lies beyond is left out."""
    catalogue = evaluation.catalogue
    reached = set(beyond)
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        # Only what is open itself can have left this open.
        waiting += [part for part in catalogue.names_read(name) if evaluation.answer(part) is None]
    return frozenset(reached - beyond)


def _open_clauses(evaluation: Evaluation) -> list[str]:
    """The transitions that could still move the day of a duty that applies or may apply."""
    values = evaluation.values
    return [
        name
        for entry in evaluation.catalogue.duty_slots
        if values[entry.owed] is not False
        for name in entry.clause_names
        if evaluation.answer(name) is None
    ]


def _open_question(
    evaluation: Evaluation, name: str, shown: bool, reaches_outcome: bool
) -> OpenQuestion:
    question = evaluation.catalogue.question(name)
    if not shown:
        return OpenQuestion(name, False, 0.0, 0.0, reaches_outcome)
    answers = possible_answers(evaluation.catalogue, question)
    before = _undecided(evaluation)
    undecided = headline_of(evaluation)[0] is Tier.OPEN
    settled = headlines = 0
    for answer in answers:
        after = evaluation.changed(name, answer)
        settled += before - _undecided(after)
        headlines += undecided and headline_of(after)[0] is not Tier.OPEN
    return OpenQuestion(
        name, True, settled / len(answers), headlines / len(answers), reaches_outcome
    )


def _undecided(evaluation: Evaluation) -> int:
    return sum(evaluation.values[slot] is None for _, slot in evaluation.catalogue.result_slots)


def possible_answers(catalogue: Catalogue, question: Question) -> list[Value]:
    """One answer of each kind that the catalogue tells apart; of several, none and each alone."""
    match question.kind:
        case "yes_no":
            return [True, False]
        case "one_of":
            return [option.id for option in question.options]
        case "several_of":
            return [frozenset[str](), *(frozenset({option.id}) for option in question.options)]
    return catalogue.telling_values[question.id]


def _pivots(evaluation: Evaluation, facts: Facts) -> Iterator[Pivot]:
    before = headline_of(evaluation)[0], gpai_of(evaluation)
    duties = _applicable(evaluation)
    for name, given in facts.items():
        for answer in _other_answers(evaluation.catalogue, name, given):
            after = evaluation.changed(name, answer)
            result = headline_of(after)[0], gpai_of(after)
            if result != before:
                now = _applicable(after)
                gained, lost = tuple(sorted(now - duties)), tuple(sorted(duties - now))
                yield Pivot(name, answer, *result, gained, lost)


def _other_answers(catalogue: Catalogue, name: str, given: Value) -> Iterator[Value]:
    question = catalogue.question(name)
    if isinstance(given, frozenset):
        # One option more or less is one changed answer.
        yield from (given ^ {option.id} for option in question.options)
    else:
        yield from (answer for answer in possible_answers(catalogue, question) if answer != given)


def _telling_readings(evaluation: Evaluation, facts: Facts) -> Iterator[str]:
    catalogue, on = evaluation.catalogue, evaluation.on
    before = _told(evaluation)
    for switch in catalogue.readings:
        for option in switch.options:
            other = evaluation.readings | {switch.id: option.id}
            if (
                other != evaluation.readings
                and _told(catalogue.evaluate(facts, on, other)) != before
            ):
                yield switch.id
                break


def _told(evaluation: Evaluation) -> list[object]:
    outcomes = [evaluation.values[slot] for _, slot in evaluation.catalogue.result_slots]
    return [*outcomes, *duties_of(evaluation)]


def _applicable(evaluation: Evaluation) -> set[str]:
    values = evaluation.values
    return {entry.duty.id for entry in evaluation.catalogue.duty_slots if values[entry.owed]}
