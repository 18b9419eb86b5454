"""What a reader is told: complete in both languages, and resting on the answers that were given."""

import json
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from law import determine, explain
from law.entries import Text
from law.facts import plain_answer
from law.telling import reason_lines, tell
from tests.law.cases import CASES, day_of, facts_of

LANGUAGES = ("en", "de")
SOME = list(CASES.values())[::6]
# Words that are the same in both languages.
ALIKE = {"Text", "Video"}
# Told once for all tests; nothing changes what is told.
TOLD: dict[tuple[str, ...], dict] = {}
MAY_BE_EMPTY = {"note", "warning"}


def _told(catalogue, case, language):
    key = (case["case"], case["as_of"], case["rule"], language)
    if key not in TOLD:
        TOLD[key] = _tell_anew(catalogue, case, language)
    return TOLD[key]


def _tell_anew(catalogue, case, language):
    facts, on = facts_of(catalogue, case), day_of(case)
    chosen = case.get("readings")
    result = determine(catalogue, facts, on=on, readings=chosen)
    explanation = explain(catalogue, facts, on=on, readings=chosen)
    return tell(catalogue, facts, result, explanation, language)


def _texts_in(entry):
    """Every text inside an entry, however deep."""
    if isinstance(entry, Text):
        yield entry
    elif is_dataclass(entry):
        for field in fields(entry):
            yield from _texts_in(getattr(entry, field.name))
    elif isinstance(entry, tuple):
        for part in entry:
            yield from _texts_in(part)


def _all_texts(catalogue):
    for group in fields(catalogue.entries):
        for name, entry in getattr(catalogue.entries, group.name).items():
            yield from ((name, text) for text in _texts_in(entry))


def test_no_text_of_the_catalogue_is_empty_or_padded(catalogue):
    bad = [
        (name, words)
        for name, text in _all_texts(catalogue)
        for words in (text.en, text.de)
        if not words.strip() or words != words.strip()
    ]
    assert not bad


def test_what_is_said_in_english_is_not_left_standing_in_the_german(catalogue):
    alike = {text.en: name for name, text in _all_texts(catalogue) if text.en == text.de}
    assert alike.keys() <= ALIKE, alike


def test_german_addresses_the_reader_formally(catalogue):
    informal = {"du", "dir", "dich", "dein", "deine", "deinen", "euch", "euer"}
    found = {
        name
        for name, text in _all_texts(catalogue)
        if informal & set(text.de.lower().replace(",", " ").replace(".", " ").split())
    }
    assert not found


@pytest.mark.parametrize("case", SOME, ids=lambda case: case["case"])
def test_a_result_is_plain_data_with_the_same_shape_in_both_languages(catalogue, case):
    english, german = (_told(catalogue, case, language) for language in LANGUAGES)
    assert json.loads(json.dumps(english)) == english
    assert _shape(english) == _shape(german)
    assert not list(_empty(english)) + list(_empty(german))


def _shape(told):
    if isinstance(told, dict):
        return {key: _shape(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_shape(value) for value in told]
    return type(told)


def _empty(told, path=""):
    if isinstance(told, dict):
        for key, value in told.items():
            if value != "" or key not in MAY_BE_EMPTY:
                yield from _empty(value, f"{path}/{key}")
    elif isinstance(told, list):
        for number, value in enumerate(told):
            yield from _empty(value, f"{path}/{number}")
    elif told == "":
        yield path


@pytest.mark.parametrize("case", SOME, ids=lambda case: case["case"])
def test_reasons_rest_on_the_answers_that_were_given(catalogue, case):
    facts = facts_of(catalogue, case)
    told = _told(catalogue, case, "en")
    for part in (*told["outcomes"], *told["roles"]):
        assert part["because"], part["id"]
        for step in _steps(part["because"]):
            assert step["text"]
            for answer in step["answers"]:
                given = facts.get(answer["id"])
                assert answer["value"] == (None if given is None else plain_answer(given))
            if step["truth"] is None:
                # What is open is told by the open questions, not unfolded.
                assert not step["steps"]


def _steps(steps):
    for step in steps:
        yield step
        yield from _steps(step["steps"])


def test_a_fact_that_was_not_asked_decides_nothing(catalogue):
    """Where something holds, the answers named as its reason are enough to make it hold."""
    for case in SOME:
        facts, on = facts_of(catalogue, case), day_of(case)
        for part in _told(catalogue, case, "en")["outcomes"]:
            named = {a["id"] for step in _steps(part["because"]) for a in step["answers"]}
            alone = {name: value for name, value in facts.items() if name in named}
            truth = catalogue.evaluate(alone, on, case.get("readings")).truth(part["id"])
            assert truth is (None if part["open"] else True), part["id"]


@pytest.mark.parametrize("case", SOME, ids=lambda case: case["case"])
def test_the_lines_of_a_reason_go_from_what_it_does_to_what_gathers(catalogue, case):
    for outcome in _told(catalogue, case, "en")["outcomes"]:
        lines = reason_lines(outcome)
        steps = {step["id"]: step["truth"] for step in _steps(outcome["because"])}
        assert len({line["id"] for line in lines}) == len(lines) > 0
        assert all(line["truth"] == steps[line["id"]] for line in lines)
        ranks = [(line["gathers"], line["id"] == "in_scope") for line in lines]
        assert ranks == sorted(ranks)


def test_a_moved_day_names_the_rule_that_moved_it(catalogue):
    case = next(
        c for c in CASES.values() if "after a change" in c["expect"].get("days", {}).values()
    )
    moved = [duty for duty in _told(catalogue, case, "de")["duties"] if duty["transition"]]
    assert moved
    assert {duty["transition"]["id"] for duty in moved} == {"high_risk_legacy"}
    assert any(duty["applies_from"] is None for duty in moved)


def test_a_disputed_day_comes_with_a_warning(catalogue):
    case = next(c for c in CASES.values() if "AIA-049-2" in c["expect"].get("not_yet", ()))
    duties = {duty["id"]: duty for duty in _told(catalogue, case, "en")["duties"]}
    assert "2 August 2026" in duties["AIA-049-2"]["warning"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Not the case: "), ("de", "Nicht der Fall: ")]
)
def test_a_rule_without_words_for_its_absence_is_denied_plainly(catalogue, language, words):
    texts = (text for case in CASES.values() for text in _denials(_told(catalogue, case, language)))
    assert any(text.startswith(words) for text in texts)


def _denials(told):
    for part in (*told["outcomes"], *told["roles"]):
        yield from (step["text"] for step in _steps(part["because"]) if step["truth"] is False)


def test_the_next_day_is_told_as_a_day(catalogue):
    days = {_told(catalogue, case, "en")["next_day"] for case in SOME}
    assert None in days
    assert all(date.fromisoformat(day) for day in days - {None})
