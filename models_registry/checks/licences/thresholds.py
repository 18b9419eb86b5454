"""Numbers of users and sums of money from which a licence asks for more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"(?P<number>\d[\d,. ]{0,20}\d|\d)\s?(?P<scale>thousand|million|billion|bn|mn|m|k)?\b"
_USERS = re.compile(
    _NUMBER + r"\+?\s(?:(?P<period>monthly|daily|annual|yearly)\s)?(?:active\s)?"
    r"(?P<unit>users|maus?|downloads)\b",
    re.IGNORECASE,
)
_CURRENCIES = {
    "$": "USD", "us$": "USD", "us $": "USD", "usd": "USD", "us dollars": "USD",
    "u.s. dollars": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "euros": "EUR", "£": "GBP", "gbp": "GBP",
    "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "¥": "CNY", "krw": "KRW", "won": "KRW",
}  # fmt: skip
_SIGN = r"(?P<before>us\s?\$|usd|rmb|cny|eur|gbp|krw|[$€£¥])\s?"
_NAME = r"\s?(?P<after>us dollars|u\.s\. dollars|dollars|usd|euros?|eur|rmb|yuan|cny|gbp|krw|won)\b"
_SECOND = _NUMBER.replace("number>", "number2>").replace("scale>", "scale2>")
_MONEY = re.compile(
    f"(?:{_SIGN}{_NUMBER}|{_SECOND}{_NAME})",
    re.IGNORECASE,
)
_EARNED = re.compile(r"\b(?:revenues?|turnover|income|sales|funding|earnings)\b", re.IGNORECASE)
_PERIOD = re.compile(r"\b(month|quarter|year|annual|annum)", re.IGNORECASE)
_SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9,
}  # fmt: skip
_PERIODS = {"annual": "year", "annum": "year", "yearly": "year", "monthly": "month", "daily": "day"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many users, or how much money in which time; ``unit`` is users or a currency."""

    amount: float
    unit: str
    period: str = ""


def thresholds_in(sentence: str) -> tuple[Threshold, ...]:
    """Those that the sentence names, each once."""
    return tuple(dict.fromkeys([*_of_users(sentence), *_of_money(sentence)]))


def _of_users(sentence: str) -> Iterator[Threshold]:
    for found in _USERS.finditer(sentence):
        unit = found["unit"].lower()
        if not found["period"] and unit == "users":
            continue  # ten users may be an example of anything
        period = "month" if unit.startswith("mau") else (found["period"] or "").lower()
        amount = _amount(found["number"], found["scale"])
        if amount is not None:
            kind = "users" if unit.startswith("mau") else unit
            yield Threshold(amount, kind, _PERIODS.get(period, period))


def _of_money(sentence: str) -> Iterator[Threshold]:
    if not _EARNED.search(sentence):
        return
    for found in _MONEY.finditer(sentence):
        unit = _CURRENCIES[" ".join((found["before"] or found["after"]).lower().split())]
        amount = _amount(found["number"] or found["number2"], found["scale"] or found["scale2"])
        if amount is not None:
            yield Threshold(amount, unit, _period_near(sentence, found.start(), found.end()))


def _period_near(sentence: str, start: int, end: int) -> str:
    later = _PERIOD.search(sentence, end, min(end + 120, len(sentence)))
    earlier = list(_PERIOD.finditer(sentence, max(0, start - 160), start))
    found = later or (earlier[-1] if earlier else None)
    return _PERIODS.get(found[1].lower(), found[1].lower()) if found else ""


def _amount(number: str, scale: str | None) -> float | None:
    number = number.replace(" ", "").rstrip(".,")
    plain = re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", number)
    try:
        value = float(
            re.sub(r"[,.]", "", number) if plain and not scale else number.replace(",", ".")
        )
    except ValueError:
        return None
    return value * _SCALES.get((scale or "").lower(), 1)
