"""How answers, days and citations read in a language; the law's own words are in the catalogue."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from law.citations import parse_citation
from law.conditions import Value
from law.entries import Question

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "yes": ("Yes", "Ja"),
    "no": ("No", "Nein"),
    "none": ("None of these", "Nichts davon"),
    "unknown": ("Not known", "Nicht bekannt"),
    "not_the_case": ("Not the case: {}", "Nicht der Fall: {}"),
    "reading": ("Reading in use: {}", "Zugrunde gelegte Lesart: {}"),
    "answered": ("{} – {}", "{} – {}"),
}


def word(key: str, language: str) -> str:
    """One of the few words of our own that stand around the law's."""
    return _WORDS[key][language == "de"]


def day_in_words(day: date, language: str) -> str:
    """The day written out: 2 December 2027, 2. Dezember 2027."""
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day}{'.' if language == 'de' else ''} {month} {day.year}"


def answer_in_words(question: Question, value: Value | None, language: str) -> str:
    """The answer as a person would say it."""
    if value is None:
        return word("unknown", language)
    if isinstance(value, bool):
        return word("yes" if value else "no", language)
    if isinstance(value, date):
        return day_in_words(value, language)
    if isinstance(value, int | float):
        return _quantity(float(value), question.unit, language)
    chosen = value if isinstance(value, frozenset) else {value}
    labels = [
        option.label.in_language(language) for option in question.options if option.id in chosen
    ]
    return "; ".join(labels) or word("none", language)


def cites_in_words(cites: tuple[str, ...], language: str) -> list[dict[str, Any]]:
    """Each citation as written in our grammar, as people read it, and its ELI address."""
    parsed = [parse_citation(cite) for cite in cites]
    return [{"id": str(c), "text": c.in_words(language), "url": c.url(language)} for c in parsed]


def _quantity(value: float, unit: str | None, language: str) -> str:
    if value >= 1e6:
        mantissa, exponent = f"{value:.2e}".split("e")
        number = f"{mantissa.rstrip('0').rstrip('.')} × 10^{int(exponent)}"
    else:
        number = f"{value:g}"
    if language == "de":
        number = number.replace(".", ",")
    return f"{number} {unit}" if unit else number
