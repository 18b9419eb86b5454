"""The catalogue ready for use: its entries, and its conditions compiled for a day and readings."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from graphlib import TopologicalSorter

from law.citations import provision_index
from law.conditions import (
    All,
    AnyOf,
    Condition,
    Evaluate,
    Ref,
    Test,
    Truth,
    Value,
    Values,
    compile_condition,
    names_in,
    parts_of,
)
from law.entries import Duty, Entries, Question, ReadingSwitch, Rule

Facts = Mapping[str, Value]
Readings = Mapping[str, str]
Step = tuple[int, Evaluate]


@dataclass(frozen=True)
class Program:
    """Every condition as a step that fills one slot from earlier slots, in one wording."""

    slots: dict[str, int]
    steps: tuple[Step, ...]
    dependents: dict[str, tuple[Step, ...]]
    readings: Readings
    # By identity: rules live as long as the catalogue, and hashing their parts is slow.
    _parts: dict[int, Evaluate] = field(default_factory=dict, repr=False)

    def run(self, facts: Facts) -> Values:
        """The truth of every slot under these facts; what nobody answered stays None."""
        values: Values = [None] * len(self.slots)
        slots = self.slots
        for question, value in facts.items():
            values[slots[question]] = value
        for slot, evaluate in self.steps:
            values[slot] = evaluate(values)
        return values

    def rerun(self, values: Values, question: str, value: Value | None) -> Values:
        """The same values with one answer changed; only what depends on it is looked at again."""
        changed = values.copy()
        changed[self.slots[question]] = value
        for slot, evaluate in self.dependents[question]:
            changed[slot] = evaluate(changed)
        return changed

    def truth_of(self, part: Condition, values: Values) -> Truth:
        """Whether a part of a rule's condition holds."""
        if isinstance(part, Ref):
            truth: Truth = values[self.slots[part.id]]
            return truth
        evaluate = self._parts.get(id(part))
        if evaluate is None:
            evaluate = self._parts[id(part)] = compile_condition(part, self.slots, self.readings)
        return evaluate(values)


@dataclass(frozen=True)
class DutySlots:
    """Where the compiled parts of one duty lie; clauses as (slot, day that then counts).

    `owed` is the slot of "holds one of the roles, and the condition is met".
    """

    duty: Duty
    owed: int
    roles: tuple[tuple[str, int], ...]
    clauses: tuple[tuple[int, date | None], ...]
    clause_names: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """All conditions under one set of facts."""

    catalogue: "Catalogue"
    program: Program
    readings: dict[str, str]
    on: date
    values: Values

    def truth(self, rule_id: str) -> Truth:
        """Whether the rule holds; None where that is still open."""
        truth: Truth = self.values[self.program.slots[rule_id]]
        return truth

    def answer(self, question_id: str) -> Value | None:
        value: Value | None = self.values[self.program.slots[question_id]]
        return value

    def changed(self, question_id: str, value: Value | None) -> "Evaluation":
        """The same facts with one answer changed."""
        return replace(self, values=self.program.rerun(self.values, question_id, value))


@dataclass(frozen=True)
class Catalogue:
    """The law as data, with the digest of the files it came from."""

    entries: Entries
    digest: str
    _programs: dict[tuple[int, tuple[str, ...]], Program] = field(default_factory=dict, repr=False)

    @cached_property
    def law_version(self) -> str:
        """The day of the consolidated text that the catalogue follows, as YYYY-MM-DD."""
        celex: str = provision_index().act["consolidated_celex"]
        day = celex.rpartition("-")[2]
        return f"{day[:4]}-{day[4:6]}-{day[6:]}"

    def question(self, question_id: str) -> Question:
        return self.entries.questions[question_id]

    def rule(self, rule_id: str) -> Rule:
        return self.entries.rules[rule_id]

    def duty(self, duty_id: str) -> Duty:
        return self.entries.duties[duty_id]

    @cached_property
    def outcomes(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.entries.rules.values() if rule.kind == "outcome")

    @cached_property
    def roles(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.entries.rules.values() if rule.kind == "role")

    @property
    def readings(self) -> tuple[ReadingSwitch, ...]:
        return tuple(self.entries.readings.values())

    @cached_property
    def tier_slots(self) -> tuple[tuple[str, int], ...]:
        """The tier of each outcome with the outcome's slot."""
        return tuple((rule.tier or "", self.slots[rule.id]) for rule in self.outcomes)

    @cached_property
    def duty_slots(self) -> tuple[DutySlots, ...]:
        return tuple(self._duty_slots(duty) for duty in self.entries.duties.values())

    @cached_property
    def result_slots(self) -> tuple[tuple[str, int], ...]:
        """All a user is told, with the slots: outcomes, roles, and whether each duty is owed."""
        told = [rule.id for rule in (*self.outcomes, *self.roles)]
        told += [_name(_owed(duty)) for duty in self.entries.duties.values()]
        return tuple((name, self.slots[name]) for name in dict.fromkeys(told))

    def condition(self, name: str) -> Condition:
        """What a rule, or the named part of a duty or transition, says."""
        return self._conditions[name]

    def names_read(self, name: str) -> frozenset[str]:
        """The questions and rules that the named condition looks at directly."""
        return self._names_read.get(name, frozenset())

    @cached_property
    def _names_read(self) -> dict[str, frozenset[str]]:
        return {name: names_in(condition) for name, condition in self._conditions.items()}

    def readers(self, name: str) -> tuple[str, ...]:
        """The conditions that look directly at the named question or rule."""
        return self._readers.get(name, ())

    @cached_property
    def _readers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, read in self._names_read.items():
            for part in sorted(read):
                found.setdefault(part, []).append(name)
        return {part: tuple(names) for part, names in found.items()}

    @cached_property
    def telling_values(self) -> dict[str, list[Value]]:
        """For each number or date question: values on both sides of each of its thresholds."""
        found: dict[str, set[Value]] = {}
        for condition in self._conditions.values():
            for part in parts_of(condition):
                if isinstance(part, Test) and isinstance(part.operand, int | float | date):
                    below = _just_below(part.operand)
                    found.setdefault(part.question, set()).update(
                        {below, part.operand, _just_above(part.operand)}
                    )
        return {question: sorted(values, key=_sortable) for question, values in found.items()}

    def _duty_slots(self, duty: Duty) -> DutySlots:
        transition = self.entries.transitions.get(duty.transition or "")
        clauses = transition.clauses if transition else ()
        return DutySlots(
            duty,
            self.slots[_name(_owed(duty))],
            tuple((role, self.slots[role]) for role in duty.roles),
            tuple((self.slots[_name(clause.when)], clause.day) for clause in clauses),
            tuple(_name(clause.when) for clause in clauses),
        )

    def chosen(self, readings: Readings | None) -> dict[str, str]:
        """Every reading switch with the option in use; ValueError where one is unknown."""
        chosen = self._defaults.copy()
        for switch, option in (readings or {}).items():
            if (switch, option) not in self._reading_options:
                raise ValueError(f"There is no reading '{switch}: {option}' in the catalogue.")
            chosen[switch] = option
        return chosen

    @cached_property
    def _defaults(self) -> dict[str, str]:
        return {switch.id: switch.default for switch in self.readings}

    @cached_property
    def _reading_options(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (switch.id, option.id) for switch in self.readings for option in switch.options
        )

    def evaluate(self, facts: Facts, on: date, readings: Readings | None = None) -> Evaluation:
        """Every condition under the facts, in the wording of that day, under those readings."""
        if on < self.first_day:
            raise ValueError(
                f"The AI Act was not yet law on {on}; choose {self.first_day} or a later day."
            )
        chosen = self.chosen(readings)
        program = self._program(on, chosen)
        return Evaluation(self, program, chosen, on, program.run(facts))

    def _program(self, on: date, chosen: dict[str, str]) -> Program:
        # Compiling costs milliseconds, so it is done once for each wording and set of readings.
        key = (bisect_right(self._wording_days, on), tuple(chosen.values()))
        if key not in self._programs:
            self._programs[key] = self._compile(on, chosen)
        return self._programs[key]

    @cached_property
    def first_day(self) -> date:
        """The day from which the first outcome has a wording in force."""
        return min((rule.text_from for rule in self.outcomes), default=date.min)

    @cached_property
    def _wording_days(self) -> tuple[date, ...]:
        rules = self.entries.rules.values()
        changes = [(rule.text_from, rule.text_until) for rule in rules]
        return tuple(sorted({day for days in changes for day in days if day is not None}))

    @cached_property
    def _conditions(self) -> dict[str, Condition]:
        """Every rule, then the conditions of duties and clauses; equal ones share a slot."""
        graph = {
            rule.id: names_in(rule.when) & self.entries.rules.keys()
            for rule in self.entries.rules.values()
        }
        order = TopologicalSorter(graph).static_order()
        conditions: dict[str, Condition] = {name: self.entries.rules[name].when for name in order}
        others: list[Condition] = [_owed(duty) for duty in self.entries.duties.values()]
        for transition in self.entries.transitions.values():
            others.extend(clause.when for clause in transition.clauses)
        for condition in others:
            if _name(condition) not in self.entries.questions:
                conditions.setdefault(_name(condition), condition)
        return conditions

    @cached_property
    def slots(self) -> dict[str, int]:
        return {
            name: slot for slot, name in enumerate([*self.entries.questions, *self._conditions])
        }

    def _compile(self, on: date, readings: Readings) -> Program:
        steps = {
            name: (self.slots[name], self._step(name, condition, on, readings))
            for name, condition in self._conditions.items()
        }
        dependents = {
            question: tuple(steps[name] for name in names)
            for question, names in self._dependents.items()
        }
        return Program(self.slots, tuple(steps.values()), dependents, dict(readings))

    def _step(self, name: str, condition: Condition, on: date, readings: Readings) -> Evaluate:
        rule = self.entries.rules.get(name)
        if rule is not None and not rule.in_force(on):
            return _does_not_hold
        return compile_condition(condition, self.slots, readings)

    @cached_property
    def _dependents(self) -> dict[str, tuple[str, ...]]:
        """For each question the conditions that its answer can reach, in the order of the slots."""
        result = {}
        for question in self.entries.questions:
            touched = {question}
            for name, read in self._names_read.items():
                if not touched.isdisjoint(read):
                    touched.add(name)
            result[question] = tuple(name for name in self._names_read if name in touched)
        return result


def _does_not_hold(values: Values) -> bool:
    return False


def _just_below(threshold: float | date) -> Value:
    return threshold - timedelta(days=1) if isinstance(threshold, date) else threshold * 0.99


def _just_above(threshold: float | date) -> Value:
    return threshold + timedelta(days=1) if isinstance(threshold, date) else threshold * 1.01


def _sortable(value: Value) -> str | float:
    return value.isoformat() if isinstance(value, date) else float(value)  # type: ignore[arg-type]


def _owed(duty: Duty) -> Condition:
    # The roles come first: a duty of others must not make its questions look relevant.
    return All((AnyOf(tuple(Ref(role) for role in duty.roles)), duty.when))


def _name(condition: Condition) -> str:
    # A condition that is just a name needs no slot of its own.
    return condition.id if isinstance(condition, Ref) else repr(condition)
