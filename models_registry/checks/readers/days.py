"""Days and months as documents write them, in English and German."""

import re
from datetime import date

_MONTH = (
    r"(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|M[äa]rz|Apr(?:il)?|May|Mai|June?|Juni"
    r"|July?|Juli|Aug(?:ust)?|Sep(?:tember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)"
)
DAY = re.compile(
    rf"\b(?:20\d\d[-/.][01]?\d(?:[-/.][0-3]?\d)?|[0-3]?\d\.? ?{_MONTH} 20\d\d"
    rf"|{_MONTH}\.? (?:[0-3]?\d, )?20\d\d|(?:[0-3]?\d[./])?[01]?\d[./]20\d\d)\b",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"\b(20\d\d)[-/.]([01]?\d)\b")
_YEAR_LAST = re.compile(r"\b(?:[0-3]?\d[./])?([01]?\d)[./](20\d\d)\b")
_WORDED = re.compile(rf"\b({_MONTH})\.? (?:[0-3]?\d, )?(20\d\d)\b", re.IGNORECASE)
_NUMBERS = {
    "jan": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip


def month_of(text: str) -> tuple[int, int] | None:
    """The first year with its month in a text."""
    if found := _YEAR_FIRST.search(text):
        year, month = int(found[1]), int(found[2])
    elif found := _WORDED.search(text):
        year, month = int(found[2]), _NUMBERS[found[1][:3].lower()]
    elif found := _YEAR_LAST.search(text):
        year, month = int(found[2]), int(found[1])
    else:
        return None
    return (year, month) if 1 <= month <= 12 else None


def months_since(earlier: tuple[int, int], later: date) -> int:
    """Whole months from a month to a day; below zero where it lies ahead."""
    return (later.year - earlier[0]) * 12 + later.month - earlier[1]
