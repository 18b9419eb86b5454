"""What the catalogue holds: one frozen dataclass per kind of entry, in English and German."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from law.conditions import Condition

LANGUAGES = ("en", "de")


class Tier(StrEnum):
    """The class of a use, gravest first; ``open`` while a graver one is still possible."""

    PROHIBITED = "prohibited"
    HIGH_RISK_ANNEX_I = "high_risk_annex_i"
    HIGH_RISK_ANNEX_III = "high_risk_annex_iii"
    ANNEX_III_EXEMPT_6_3 = "annex_iii_exempt_6_3"
    TRANSPARENCY_ART_50 = "transparency_art_50"
    MINIMAL = "minimal"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_A_SYSTEM = "not_a_system"
    OPEN = "open"


class GpaiStanding(StrEnum):
    """The second line of a result: whether the assessed party provides a general-purpose model."""

    GPAI_SYSTEMIC_RISK = "gpai_systemic_risk"
    GPAI = "gpai"
    NONE = "none"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language of the product."""

    en: str
    de: str

    def in_language(self, language: str) -> str:
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be picked."""

    id: str
    label: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One fact that a person is asked for; every question can also be answered "not known"."""

    id: str
    section: str
    about: str
    kind: str
    cite: tuple[str, ...]
    text: Text
    why: Text
    help: Text
    inside: Text
    outside: Text
    who: Text
    gate: str | None = None
    unit: str | None = None
    options: tuple[Option, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A named condition; outside the days of its wording it does not hold."""

    id: str
    kind: str
    cite: tuple[str, ...]
    title: Text
    when: Condition
    title_not: Text | None = None
    text: Text | None = None
    text_from: date = date.min
    text_until: date | None = None
    tier: str | None = None
    applies_from: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether this is the wording of that day."""
        return self.text_from <= on and (self.text_until is None or on < self.text_until)


@dataclass(frozen=True, slots=True)
class ReadingOption:
    """One way to read a provision whose sources disagree."""

    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class ReadingSwitch:
    """A provision that can be read in several ways, with the cautious default."""

    id: str
    cite: tuple[str, ...]
    title: Text
    text: Text
    default: str
    options: tuple[ReadingOption, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingDay:
    """Another first day of a duty under one reading."""

    reading: str
    option: str
    day: date

    @property
    def names(self) -> tuple[str, str]:
        return self.reading, self.option


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation, option or right: who, when, from which day, what, shown by what."""

    id: str
    kind: str
    roles: tuple[str, ...]
    cite: tuple[str, ...]
    title: Text
    text: Text
    evidence: tuple[Text, ...]
    when: Condition
    days: Mapping[str, date]
    open_source_reach: str
    open_source_cite: tuple[str, ...]
    fine: str
    reading_day: ReadingDay | None = None
    transition: str | None = None
    amended_by: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One case of a transition: another day, or owed only once the design changes significantly."""

    when: Condition
    day: date | None


@dataclass(frozen=True, slots=True)
class Transition:
    """A rule for what was there before the law; its first clause that holds decides."""

    id: str
    cite: tuple[str, ...]
    title: Text
    text: Text
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day on which the law changes what has to be done."""

    id: str
    day: date
    cite: tuple[str, ...]
    title: Text
    text: Text
    confidence: str


@dataclass(frozen=True, slots=True)
class Source:
    """A legal text, guideline, code or standard that the catalogue rests on."""

    id: str
    title: Text
    kind: str
    identifier: str
    status: Text
    url: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Fine:
    """A ceiling: an amount in euro, a share of turnover, and which counts for whom."""

    id: str
    cite: tuple[str, ...]
    title: Text
    text: Text
    max_eur: int | None
    percent: float | None
    sme: str
    smc: str
    imposed_by: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term of Article 3 in plain words."""

    id: str
    cite: tuple[str, ...]
    term: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Entries:
    """Everything the YAML files state, by id and in file order."""

    questions: dict[str, Question] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    readings: dict[str, ReadingSwitch] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    transitions: dict[str, Transition] = field(default_factory=dict)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    fines: dict[str, Fine] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
