"""Turns schema-checked YAML into entries."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from law.conditions import read_condition
from law.entries import (
    Clause,
    Duty,
    Fine,
    Milestone,
    Option,
    Question,
    ReadingDay,
    ReadingOption,
    ReadingSwitch,
    Rule,
    Source,
    Term,
    Text,
    Transition,
)

Row = dict[str, Any]


def _text(row: Row | None) -> Text | None:
    return Text(row["en"], row["de"]) if row else None


def _texts(row: Row, keys: Iterable[str]) -> dict[str, Any]:
    return {key: _text(row[key]) for key in keys if key in row}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def build_question(row: Row) -> Question:
    options = tuple(
        Option(id=option["id"], **_texts(option, ("label", "hint")))
        for option in row.get("options", ())
    )
    return Question(
        **{key: row[key] for key in ("id", "section", "about", "kind")},
        cite=tuple(row["cite"]),
        **_texts(row, ("text", "why", "help", "inside", "outside", "who")),
        gate=row.get("gate"),
        unit=row.get("unit"),
        options=options,
        terms=tuple(row.get("terms", ())),
    )


def _build_rule(row: Row, kind: str) -> Rule:
    dated = ("text_from", "text_until", "applies_from")
    days: dict[str, Any] = {key: _day(row[key]) for key in dated if key in row}
    return Rule(
        id=row["id"],
        kind=kind,
        cite=tuple(row["cite"]),
        when=read_condition(row["when"]),
        tier=row.get("tier"),
        **_texts(row, ("title", "title_not", "text")),
        **days,
    )


def build_concept(row: Row) -> Rule:
    return _build_rule(row, "concept")


def build_outcome(row: Row) -> Rule:
    return _build_rule(row, "outcome")


def build_role(row: Row) -> Rule:
    return _build_rule(row, "role")


def build_reading(row: Row) -> ReadingSwitch:
    options = tuple(
        ReadingOption(id=option["id"], **_texts(option, ("title", "text")))
        for option in row["options"]
    )
    return ReadingSwitch(
        id=row["id"],
        cite=tuple(row["cite"]),
        **_texts(row, ("title", "text")),
        default=row["default"],
        options=options,
        sources=tuple(row.get("sources", ())),
    )


def build_duty(row: Row) -> Duty:
    days = row["applies_from"]
    days = days if isinstance(days, dict) else {"always": days}
    return Duty(
        **{key: row[key] for key in ("id", "kind", "fine")},
        roles=tuple(row["roles"]),
        cite=tuple(row["cite"]),
        **_texts(row, ("title", "text", "note")),
        evidence=_evidence(row["evidence"]),
        when=read_condition(row["when"]),
        days={route: _day(day) for route, day in days.items()},
        open_source_reach=row["open_source"]["reach"],
        open_source_cite=tuple(row["open_source"]["cite"]),
        reading_day=_reading_day(row.get("reading_day")),
        transition=row.get("transition"),
        amended_by=row.get("amended", {}).get("by"),
    )


def _evidence(row: Row) -> tuple[Text, ...]:
    english, german = row["en"], row["de"]
    if len(english) != len(german):
        raise ValueError(f"evidence: {len(english)} lines in English, {len(german)} in German")
    return tuple(Text(*lines) for lines in zip(english, german, strict=True))


def _reading_day(row: Row | None) -> ReadingDay | None:
    if row is None:
        return None
    ((reading, option),) = row["reading"].items()
    return ReadingDay(reading, option, _day(row["day"]))


def build_transition(row: Row) -> Transition:
    clauses = tuple(
        Clause(read_condition(clause["when"]), _day(clause["day"]) if "day" in clause else None)
        for clause in row["clauses"]
    )
    return Transition(
        row["id"], tuple(row["cite"]), **_texts(row, ("title", "text")), clauses=clauses
    )


def build_milestone(row: Row) -> Milestone:
    texts = _texts(row, ("title", "text"))
    return Milestone(
        row["id"], _day(row["day"]), tuple(row["cite"]), **texts, confidence=row["confidence"]
    )


def build_source(row: Row) -> Source:
    day = _day(row["day"]) if "day" in row else None
    plain = {key: row[key] for key in ("id", "kind", "identifier")}
    return Source(**plain, **_texts(row, ("title", "status")), url=row.get("url"), day=day)


def build_fine(row: Row) -> Fine:
    plain = {key: row[key] for key in ("id", "max_eur", "percent", "sme", "smc")}
    texts = _texts(row, ("title", "text", "imposed_by", "note"))
    return Fine(**plain, cite=tuple(row["cite"]), **texts)


def build_term(row: Row) -> Term:
    return Term(row["id"], tuple(row["cite"]), **_texts(row, ("term", "text")))


# Section of a file -> where its entries are kept, and what builds one of them.
BUILDERS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "questions": ("questions", build_question),
    "concepts": ("rules", build_concept),
    "outcomes": ("rules", build_outcome),
    "roles": ("rules", build_role),
    "readings": ("readings", build_reading),
    "duties": ("duties", build_duty),
    "transitions": ("transitions", build_transition),
    "milestones": ("milestones", build_milestone),
    "sources": ("sources", build_source),
    "fines": ("fines", build_fine),
    "glossary": ("glossary", build_term),
}
