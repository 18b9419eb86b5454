"""What a schema cannot see: citations and names that do not exist, questions nobody reads."""

from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from law.citations import parse_citation, provision_index
from law.conditions import All, AnyOf, Condition, Reading, Ref, Test, names_in, parts_of
from law.entries import Entries, Question

_OPERATORS = {
    "one_of": {"is", "is_any_of"},
    "several_of": {"includes", "includes_any_of"},
    "number": {"above", "at_least", "below"},
    "date": {"before", "from"},
    "yes_no": set[str](),
}


# The ceiling of a fine depends on it, whether or not a condition does.
READ_BY_FINES = frozenset({"size_class"})


def faults_in(entries: Entries, origins: dict[str, str]) -> list[str]:
    """Every inconsistency between entries, each naming file, id and fault."""
    checks = (
        _citation_faults(entries),
        _condition_faults(entries),
        _duty_faults(entries),
        _reading_faults(entries),
        _question_faults(entries),
        _cycle_faults(entries),
    )
    return [f"{origins[owner]}: {fault}" for check in checks for owner, fault in check]


def conditions_of(entries: Entries) -> Iterator[tuple[str, Condition]]:
    """Every condition of the catalogue with the kind and id of the entry that owns it."""
    for rule in entries.rules.values():
        yield f"rules:{rule.id}", rule.when
    for duty in entries.duties.values():
        yield f"duties:{duty.id}", duty.when
    for transition in entries.transitions.values():
        for clause in transition.clauses:
            yield f"transitions:{transition.id}", clause.when


def _citation_faults(entries: Entries) -> Iterator[tuple[str, str]]:
    index = provision_index()
    groups: dict[str, Mapping[str, Any]] = {
        "rules": entries.questions | entries.rules,
        "readings": entries.readings,
        "duties": entries.duties,
        "transitions": entries.transitions,
        "milestones": entries.milestones,
        "fines": entries.fines,
        "glossary": entries.glossary,
    }
    for kind, group in groups.items():
        for entry in group.values():
            for cite in entry.cite + getattr(entry, "open_source_cite", ()):
                if cite not in index:
                    yield f"{kind}:{entry.id}", _why_not(cite)


def _why_not(cite: str) -> str:
    try:
        parse_citation(cite)
    except ValueError as error:
        return str(error)
    return f"the Act has no provision '{cite}'"


def _condition_faults(entries: Entries) -> Iterator[tuple[str, str]]:
    for owner, condition in conditions_of(entries):
        for part in parts_of(condition):
            match part:
                case Ref(name):
                    yield from ((owner, fault) for fault in _ref_faults(entries, name))
                case Test(question, operator, operand):
                    known = entries.questions.get(question)
                    yield from (
                        (owner, fault) for fault in _test_faults(known, question, operator, operand)
                    )
                case Reading(reading, option):
                    if not _is_reading(entries, reading, option):
                        yield owner, _no_reading(reading, option)
                case All(parts) | AnyOf(parts) if len(set(parts)) < len(parts):
                    yield owner, "the same condition stands twice in one list"


def _ref_faults(entries: Entries, name: str) -> Iterator[str]:
    question = entries.questions.get(name)
    if question is None and name not in entries.rules:
        yield f"'{name}' is neither a question nor a rule"
    elif question is not None and question.kind != "yes_no":
        yield f"'{name}' is no yes/no question; compare its answer, as in {{{name}: {{is: …}}}}"


def _test_faults(
    question: Question | None, name: str, operator: str, operand: object
) -> Iterator[str]:
    if question is None:
        yield f"'{name}' is no question"
        return
    if operator not in _OPERATORS[question.kind]:
        yield f"'{operator}' does not fit '{name}', a question answered as {question.kind}"
        return
    if question.options:
        wanted = operand if isinstance(operand, frozenset) else {operand}
        for option in sorted(wanted - {choice.id for choice in question.options}):
            yield f"the question '{name}' has no option '{option}'"


def _duty_faults(entries: Entries) -> Iterator[tuple[str, str]]:
    for duty in entries.duties.values():
        if duty.fine not in entries.fines:
            yield f"duties:{duty.id}", f"there is no fine '{duty.fine}'"
        if duty.transition and duty.transition not in entries.transitions:
            yield f"duties:{duty.id}", f"there is no transition '{duty.transition}'"
        if duty.reading_day and not _is_reading(entries, *duty.reading_day.names):
            yield f"duties:{duty.id}", _no_reading(*duty.reading_day.names)
        for role in duty.roles:
            if role not in entries.rules:
                yield f"duties:{duty.id}", f"the role '{role}' is not defined"


def _reading_faults(entries: Entries) -> Iterator[tuple[str, str]]:
    for switch in entries.readings.values():
        if not _is_reading(entries, switch.id, switch.default):
            yield f"readings:{switch.id}", f"the default '{switch.default}' is none of its options"
        for source in switch.sources:
            if source not in entries.sources:
                yield f"readings:{switch.id}", f"there is no source '{source}'"


def _is_reading(entries: Entries, reading: str, option: str) -> bool:
    switch = entries.readings.get(reading)
    return switch is not None and option in {choice.id for choice in switch.options}


def _no_reading(reading: str, option: str) -> str:
    return f"there is no reading '{reading}: {option}'"


def _question_faults(entries: Entries) -> Iterator[tuple[str, str]]:
    read = READ_BY_FINES.union(*(names_in(condition) for _, condition in conditions_of(entries)))
    for question in entries.questions.values():
        if question.id not in read:
            yield f"rules:{question.id}", "no rule or duty reads the answer to this question"
        if question.gate is not None and question.gate not in entries.questions:
            yield f"rules:{question.id}", f"the gate '{question.gate}' is no question"
        yield from ((f"rules:{question.id}", fault) for fault in _option_faults(question))
        for term in question.terms:
            if term not in entries.glossary:
                yield f"rules:{question.id}", f"the term '{term}' is not in the glossary"


def _option_faults(question: Question) -> Iterator[str]:
    if bool(question.options) != (question.kind in ("one_of", "several_of")):
        verb = "has no" if question.options else "needs"
        yield f"a question answered as {question.kind} {verb} options"
    for option, count in Counter(option.id for option in question.options).items():
        if count > 1:
            yield f"the option '{option}' stands here twice"


def _cycle_faults(entries: Entries) -> Iterator[tuple[str, str]]:
    graph = {rule.id: names_in(rule.when) & entries.rules.keys() for rule in entries.rules.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        yield f"rules:{circle[0]}", f"the rules go round in a circle: {' -> '.join(circle)}"
