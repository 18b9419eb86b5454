"""The catalogue as formulas: every question answered, the day and the readings left free."""

from datetime import date, timedelta

import z3

from law.conditions import All, AnyOf, Not, Reading, Ref, Test

DAY = z3.Int("day")
COMPARE = {
    "above": lambda answer, operand: answer > operand,
    "at_least": lambda answer, operand: answer >= operand,
    "below": lambda answer, operand: answer < operand,
    "before": lambda answer, operand: answer < operand.toordinal(),
    "from": lambda answer, operand: answer >= operand.toordinal(),
}


def is_day(day):
    return day.toordinal() == DAY


def reading(switch, option):
    return z3.Bool(f"{switch}: {option}")


def default_readings(catalogue):
    return [reading(switch.id, switch.default) for switch in catalogue.readings]


def solver_for(*formulas):
    """A solver that knows the law: its first day, its readings, what each rule says."""
    catalogue = formulas[0].catalogue
    solver = z3.Solver()
    solver.add(catalogue.first_day.toordinal() <= DAY)
    for switch in catalogue.readings:
        options = [(reading(switch.id, option.id), 1) for option in switch.options]
        solver.add(z3.PbEq(options, 1))
    for each in formulas:
        solver.add(*each.definitions())
    return solver


class Formulas:
    """One complete set of answers, and what every rule, role and duty makes of it."""

    def __init__(self, catalogue, copy=""):
        self.catalogue, self._copy = catalogue, copy
        self._sorts = {}
        entries = catalogue.entries
        self.answers = {q.id: self._answer(q) for q in entries.questions.values()}
        self.rules = {name: self._bool(name) for name in entries.rules}
        self.duties = {name: self._bool(name) for name in entries.duties}
        self.clauses = dict(self._clauses())

    def _bool(self, name):
        return z3.Bool(f"{name}{self._copy}")

    def _answer(self, question):
        name = f"{question.id}{self._copy}"
        match question.kind:
            case "yes_no":
                return z3.Bool(name)
            case "one_of" | "several_of":
                return {option.id: z3.Bool(f"{name}: {option.id}") for option in question.options}
            case "number":
                return z3.Real(name)
        return z3.Int(name)

    def definitions(self):
        entries = self.catalogue.entries
        for question in entries.questions.values():
            yield from self._possible(question)
        for rule in entries.rules.values():
            until = [rule.text_until.toordinal() > DAY] if rule.text_until else []
            in_force = z3.And(rule.text_from.toordinal() <= DAY, *until)
            yield self.rules[rule.id] == z3.And(in_force, self.of(rule.when))
        for duty in entries.duties.values():
            held = z3.Or([self.rules[role] for role in duty.roles])
            yield self.duties[duty.id] == z3.And(held, self.of(duty.when))

    def _possible(self, question):
        answer = self.answers[question.id]
        match question.kind:
            case "one_of":
                yield z3.PbEq([(option, 1) for option in answer.values()], 1)
            case "number":
                # Between two thresholds the law sees no difference between numbers.
                yield z3.Or([answer == v for v in self.catalogue.telling_values[question.id]])
            case "date":
                yield answer >= date(1990, 1, 1).toordinal()
                yield answer <= date(2100, 1, 1).toordinal()

    def _clauses(self):
        """Each clause of a duty's transition, where it is owed and no earlier clause holds."""
        for duty in self.catalogue.entries.duties.values():
            earlier = [self.duties[duty.id]]
            transition = self.catalogue.entries.transitions.get(duty.transition)
            for number, clause in enumerate(transition.clauses if transition else ()):
                holds = self.of(clause.when)
                yield (duty.id, number), z3.And(*earlier, holds)
                earlier.append(z3.Not(holds))

    def of(self, condition):
        match condition:
            case Ref(name):
                return self.rules[name] if name in self.rules else self.answers[name]
            case Test(question, operator, operand):
                return self._comparison(self.answers[question], operator, operand)
            case Reading(switch, option):
                return reading(switch, option)
            case Not(part):
                return z3.Not(self.of(part))
            case All(parts):
                return z3.And([self.of(part) for part in parts])
            case AnyOf(parts):
                return z3.Or([self.of(part) for part in parts])

    def _comparison(self, answer, operator, operand):
        if operator in COMPARE:
            return COMPARE[operator](answer, operand)
        wanted = operand if isinstance(operand, frozenset) else {operand}
        return z3.Or([answer[option] for option in sorted(wanted)])

    def results(self):
        """All a user is told: outcomes, roles, duties, and the clause that moves a duty's day."""
        told = {
            name: self.rules[name]
            for name, rule in self.catalogue.entries.rules.items()
            if rule.kind != "concept"
        }
        return told | self.duties | self.clauses

    def given(self, facts):
        """The formulas that say: these questions are answered so."""
        for name, value in facts.items():
            answer = self.answers[name]
            if isinstance(answer, dict):
                chosen = value if isinstance(value, frozenset) else {value}
                yield from (is_in == (o in chosen) for o, is_in in answer.items())
            else:
                yield answer == (value.toordinal() if isinstance(value, date) else value)

    def facts_in(self, model):
        """The answers of a solution, as the engine takes them."""
        questions = self.catalogue.entries.questions.values()
        return {q.id: self._fact(model, q, self.answers[q.id]) for q in questions}

    def _fact(self, model, question, answer):
        def value(formula):
            return model.eval(formula, model_completion=True)

        match question.kind:
            case "yes_no":
                return z3.is_true(value(answer))
            case "one_of" | "several_of":
                chosen = [option for option, is_in in answer.items() if z3.is_true(value(is_in))]
                return chosen[0] if question.kind == "one_of" else frozenset(chosen)
            case "number":
                return float(value(answer).as_fraction())
        return date.fromordinal(value(answer).as_long())


def day_in(model):
    return date.fromordinal(model.eval(DAY, model_completion=True).as_long())


def wording_days(catalogue):
    """The first and the last day of every wording."""
    rules = catalogue.entries.rules.values()
    first = {rule.text_from for rule in rules if rule.text_from > catalogue.first_day}
    last = {rule.text_until - timedelta(days=1) for rule in rules if rule.text_until}
    return {catalogue.first_day} | first | last
