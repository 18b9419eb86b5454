"""Large numbers as people type and read them: 1.04 trillion, 1,04 Billionen, 3.1e24, 200k."""

import math
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from models_registry.checks.telling import told

MOST = 1e40
_MILLION, _BILLION, _TRILLION, _TOO_MANY_WORDS = 10**6, 10**9, 10**12, 10**15
_NUMBER = re.compile(
    r"(?P<digits>\d[\d.,\s’']*?)"
    r"(?:\s*(?:[x×·*]\s*10\s*(?:\^|\*\*)?|e)\s*\+?(?P<power>\d{1,2}))?"
    r"\s*(?P<word>[^\W\d_]+)?\.?",
    re.ASCII,
)
_POWER_ALONE = re.compile(r"10\s*(?:\^|\*\*)\s*(\d{1,2})", re.ASCII)
_SPACES = re.compile(r"\s+")
_WORDS = {
    "k": 10**3, "thousand": 10**3, "tsd": 10**3, "tausend": 10**3,
    "m": _MILLION, "mio": _MILLION, "million": _MILLION, "millions": _MILLION,
    "millionen": _MILLION, "b": _BILLION, "bn": _BILLION, "mrd": _BILLION,
    "milliarde": _BILLION, "milliarden": _BILLION, "t": _TRILLION, "billionen": _TRILLION,
}  # fmt: skip
# A billion is a thousand times as many in German as in English, and so is a trillion.
_WORDS_OF_ONE_LANGUAGE = {
    "en": {"billion": _BILLION, "billions": _BILLION, "trillion": _TRILLION,
           "trillions": _TRILLION},
    "de": {"billion": _TRILLION, "bio": _TRILLION},
}  # fmt: skip
_THOUSANDS = {
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}


class QuantityField(forms.CharField):
    """A large number, however it is typed; ``whole`` for one that is counted piece by piece."""

    def __init__(self, *, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)
        self.whole = whole

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        number = read_quantity(text, _language())
        if self.whole and number != int(number):
            raise ValidationError(_("Enter a whole number."))
        return int(number) if self.whole else number

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else typed_again(value)


def read_quantity(text: str, language: str) -> float:
    """The number that was typed; ValidationError where it could be read in two ways or in none."""
    if alone := _POWER_ALONE.fullmatch(text.strip()):
        return _within(10.0 ** int(alone[1]))
    found = _NUMBER.fullmatch(_SPACES.sub(" ", text).strip().lower())
    if found is None:
        raise _unreadable()
    times = 1
    if word := found["word"]:
        known = _WORDS | _WORDS_OF_ONE_LANGUAGE[language]
        if word not in known:
            raise _unreadable()
        times = known[word]
    # Nobody groups the digits of a number with a power.
    digits = _decimal(found["digits"], "" if found["power"] else language)
    return _within(float(digits * times * Decimal(10) ** int(found["power"] or 0)))


def typed_again(value: float) -> str:
    """A number in a form, so that it can be typed back in either language."""
    digits = Decimal(repr(value)).normalize()
    short = isinstance(value, int) or (value < _MILLION and value == int(value))
    return f"{digits:f}" if short else f"{digits:e}".replace("+", "")


def quantity_in_words(value: float | None) -> str:
    """As people say it: 1.04 trillion; from a thousand trillion on as a power of ten."""
    if value is None:
        return ""
    language = _language()
    if value < _MILLION or value >= _TOO_MANY_WORDS:
        return told(int(value) if value == int(value) else value, language)
    if value >= _TRILLION:
        shown = _significant(value / _TRILLION)
        text = ngettext("%(n)s trillion", "%(n)s trillion", _count(shown))
    elif value >= _BILLION:
        shown = _significant(value / _BILLION)
        text = ngettext("%(n)s billion", "%(n)s billion", _count(shown))
    else:
        shown = _significant(value / _MILLION)
        text = ngettext("%(n)s million", "%(n)s million", _count(shown))
    return text % {"n": told(shown, language)}


def _significant(value: float) -> float:
    return float(f"{value:.4g}")


def _count(shown: float) -> int:
    return 1 if shown == 1 else 2


def _decimal(digits: str, language: str) -> Decimal:
    plain = re.sub(r"[\s’']", "", digits)
    grouped = _THOUSANDS.get(language)
    if grouped and grouped.fullmatch(plain):
        group, point = (".", ",") if language == "de" else (",", ".")
        plain = plain.replace(group, "").replace(point, ".")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        raise _unreadable()
    return Decimal(plain)


def _within(number: float) -> float:
    if not math.isfinite(number) or number > MOST:
        raise ValidationError(_("This number is too large."))
    return number


def _unreadable() -> ValidationError:
    return ValidationError(_("Write a number, as in 1e12, 32 billion or 15.5 trillion."))


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"
