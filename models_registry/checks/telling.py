"""Fills the placeholders of a catalogue's text with what a check found."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

from models_registry.checks.results import Value

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LONGEST = 300
_AT_MOST = 8
_GERMAN = str.maketrans(",.", ".,")
# Above this nobody counts the digits.
_WRITTEN_OUT = 1e16
_WORDS = {
    "en": {"none": "not stated", "true": "yes", "false": "no", "more": "and {} more"},
    "de": {"none": "nicht angegeben", "true": "ja", "false": "nein", "more": "und {} weitere"},
}


def placeholders(text: str) -> frozenset[str]:
    """The names that a text wants values for."""
    return frozenset(_PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, Value], language: str) -> str:
    """The text with each ``{name}`` replaced; what the material says never acts as a pattern."""
    return _PLACEHOLDER.sub(lambda found: told(values.get(found[1]), language), text)


def told(value: Value, language: str) -> str:
    """One value in the words of a language: 1,000 or 1.000, a list with its first eight."""
    words = _WORDS["de" if language == "de" else "en"]
    if value is None or isinstance(value, bool):
        return words[str(value).lower()]
    if isinstance(value, tuple):
        shown = [told(item, language) for item in value[:_AT_MOST]]
        more = [words["more"].format(len(value) - _AT_MOST)] if len(value) > _AT_MOST else []
        return ", ".join(shown + more)
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return _number(value, language)


def _number(value: float, language: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    whole = isinstance(value, int) or value.is_integer()
    if abs(value) >= _WRITTEN_OUT:
        text = "{} × 10^{:d}".format(*_powers(value))
    else:
        text = f"{int(value):,}" if whole else f"{value:,.4g}"
    if language == "de":
        text = text.translate(_GERMAN)
    return text


def _powers(value: float) -> tuple[str, int]:
    # A whole number of a stranger's file can be too large for a float.
    digits, _, power = f"{Decimal(value):.2e}".partition("e")
    return f"{float(digits):g}", int(power)
