"""What one changed answer has changed: class, questions and duties, before and after."""

from dataclasses import dataclass

from law.compiled import Evaluation
from law.determination import gpai_of, headline_of
from law.entries import GpaiStanding, Tier
from law.interview import Interview, Standing


@dataclass(frozen=True, slots=True)
class Class:
    """The two lines of a result, with the range while the first is open."""

    headline: Tier
    at_best: Tier
    at_worst: Tier
    gpai: GpaiStanding


@dataclass(frozen=True, slots=True)
class Change:
    """The difference that an answer made; duties are those that are owed for certain."""

    before: Class
    after: Class
    questions_come: tuple[str, ...]
    questions_gone: tuple[str, ...]
    answers_lapsed: tuple[str, ...]
    answers_revived: tuple[str, ...]
    duties_gained: tuple[str, ...]
    duties_lost: tuple[str, ...]

    @property
    def is_notable(self) -> bool:
        """Whether people have something to learn from it."""
        questions = self.questions_come + self.questions_gone
        answers = self.answers_lapsed + self.answers_revived
        duties = self.duties_gained + self.duties_lost
        return self.before != self.after or bool(questions or answers or duties)


def class_of(evaluation: Evaluation) -> Class:
    return Class(*headline_of(evaluation), gpai_of(evaluation))


def change_between(before: Interview, after: Interview, question_id: str) -> Change:
    """What became different; the question itself is not counted."""
    was, now = before.shown - {question_id}, after.shown - {question_id}
    slept, sleeps = before.of(Standing.DORMANT), after.of(Standing.DORMANT)
    owed, owes = _owed(before.evaluation), _owed(after.evaluation)
    return Change(
        before=class_of(before.evaluation),
        after=class_of(after.evaluation),
        questions_come=_in_order(after, now - was),
        questions_gone=_in_order(after, was - now),
        answers_lapsed=tuple(name for name in sleeps if name not in slept),
        answers_revived=tuple(name for name in slept if name not in sleeps),
        duties_gained=tuple(name for name in owes if name not in owed),
        duties_lost=tuple(name for name in owed if name not in owes),
    )


def _in_order(interview: Interview, names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in interview.standings if name in names)


def _owed(evaluation: Evaluation) -> list[str]:
    slots, values = evaluation.catalogue.duty_slots, evaluation.values
    return [e.duty.id for e in slots if values[e.owed] and e.duty.kind == "duty"]
