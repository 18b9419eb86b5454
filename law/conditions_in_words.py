"""A condition as people read it: nested lists of statements, in one language, as plain data."""

from typing import Any

from law.compiled import Catalogue
from law.conditions import All, AnyOf, Condition, Not, Reading, Ref, Test, Value
from law.entries import Question
from law.wording import answer_in_words, word

Line = dict[str, Any]

_COMPARED = {
    "above": ("more than {}", "mehr als {}"),
    "at_least": ("at least {}", "mindestens {}"),
    "below": ("less than {}", "weniger als {}"),
    "before": ("before {}", "vor dem {}"),
    "from": ("on or after {}", "ab dem {}"),
}
_OR = {"en": " or ", "de": " oder "}


def condition_in_words(catalogue: Catalogue, condition: Condition, language: str) -> Line:
    """`kind` is "all", "any" or "not" with `parts`, or "line" with `text` and what it names."""
    match condition:
        case All(parts):
            return _gathered("all", parts, catalogue, language)
        case AnyOf(parts):
            return _gathered("any", parts, catalogue, language)
        case Not(Ref(name)):
            return _named(catalogue, name, language, holds=False)
        case Not(part):
            return _gathered("not", (part,), catalogue, language)
        case Ref(name):
            return _named(catalogue, name, language, holds=True)
        case Reading(reading, option):
            return _reading(catalogue, reading, option, language)
        case Test():
            return _comparison(catalogue, condition, language)


def _gathered(kind: str, parts: tuple[Condition, ...], catalogue: Catalogue, language: str) -> Line:
    return {"kind": kind, "parts": [condition_in_words(catalogue, p, language) for p in parts]}


def _line(text: str, kind: str = "", name: str = "") -> Line:
    return {"kind": "line", "text": text, "entry": kind, "id": name}


def _named(catalogue: Catalogue, name: str, language: str, *, holds: bool) -> Line:
    if name in catalogue.entries.questions:
        return _answered(
            catalogue.question(name), word("yes" if holds else "no", language), language
        )
    rule = catalogue.rule(name)
    title = rule.title.in_language(language)
    if holds:
        return _line(title, "rule", name)
    denied = rule.title_not.in_language(language) if rule.title_not else ""
    return _line(denied or word("not_the_case", language).format(title), "rule", name)


def _reading(catalogue: Catalogue, reading: str, option: str, language: str) -> Line:
    switch = catalogue.entries.readings[reading]
    chosen = next(way for way in switch.options if way.id == option)
    texts = word("reading", language).format(switch.title.in_language(language))
    return _line(word("answered", language).format(texts, chosen.title.in_language(language)))


def _comparison(catalogue: Catalogue, test: Test, language: str) -> Line:
    question = catalogue.question(test.question)
    return _answered(question, _operand(question, test, language), language)


def _answered(question: Question, answer: str, language: str) -> Line:
    text = word("answered", language).format(question.text.in_language(language), answer)
    return _line(text, "question", question.id)


def _operand(question: Question, test: Test, language: str) -> str:
    if test.operator in _COMPARED:
        said = answer_in_words(question, test.operand, language)
        return _COMPARED[test.operator][language == "de"].format(said)
    wanted = test.operand if isinstance(test.operand, frozenset) else {test.operand}
    labels = [
        _label(question, option.id, language) for option in question.options if option.id in wanted
    ]
    return _OR[language].join(labels)


def _label(question: Question, option: Value, language: str) -> str:
    return answer_in_words(question, option, language)
