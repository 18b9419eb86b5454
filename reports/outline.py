"""A told result as lines for the terminal."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from textwrap import fill
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.words import gpai_in_words, role_in_words, tier_in_words
from law.telling import reason_lines
from law.wording import day_in_words

WIDTH = 100
Told = dict[str, Any]


def outline(name: str, told: Told, language: str) -> str:
    """Class, reasons, roles, duties by day and open questions, one thought to a line."""
    with override(language):
        return "\n".join(_lines(name, told, language)) + "\n"


def _lines(name: str, told: Told, language: str) -> Iterator[str]:
    yield f"{name}: {tier_in_words(told['headline'])}"
    if told["headline"] == "open":
        best, worst = tier_in_words(told["at_best"]), tier_in_words(told["at_worst"])
        yield _("So far between %(best)s and %(worst)s.") % {"best": best, "worst": worst}
    if told["gpai"] != "none":
        yield gpai_in_words(told["gpai"])
    yield _("Law version %(version)s, judged by %(day)s") % {
        "version": told["law_version"],
        "day": day_in_words(date.fromisoformat(told["as_of"]), language),
    }
    yield from _outcomes(told, language)
    yield from _roles(told)
    yield from _duties(told, language)
    yield from _questions(told)


def _outcomes(told: Told, language: str) -> Iterator[str]:
    for outcome in told["outcomes"]:
        if outcome["open"]:
            continue
        day = day_in_words(date.fromisoformat(outcome["applies_from"]), language)
        yield ""
        yield _("%(title)s (%(cites)s), from %(day)s") % {
            "title": outcome["title"],
            "cites": _cites(outcome),
            "day": day,
        }
        yield from (line for step in reason_lines(outcome) for line in _step(step))


def _step(step: Told) -> Iterator[str]:
    yield _wrapped(f"{step['text']} [{_cites(step)}]", "  - ")
    for answer in step["answers"]:
        yield _wrapped(f"{answer['question']} {answer['answer']}", "      ")


def _roles(told: Told) -> Iterator[str]:
    held = [role for role in told["roles"] if not role["open"]]
    if held:
        yield ""
        yield _("Roles:") + " " + ", ".join(f"{role['title']} ({_cites(role)})" for role in held)


def _duties(told: Told, language: str) -> Iterator[str]:
    duties = sorted(told["duties"], key=_day_key)
    for day, rows in groupby(duties, key=_day_key):
        yield ""
        if day == _NEVER:
            yield _("Only after a significant change of design:")
        else:
            yield _("From %(day)s:") % {"day": day_in_words(date.fromisoformat(day), language)}
        for duty in rows:
            note = _note(duty)
            roles = ", ".join(role_in_words(role) for role in duty["roles"])
            yield _wrapped(f"{duty['id']}  {duty['title']} [{_cites(duty)}] {roles}{note}", "  - ")


def _note(duty: Told) -> str:
    kinds = {"option": _("an option"), "right": _("a right of others")}
    words = [kinds[duty["kind"]]] if duty["kind"] in kinds else []
    words += [_("may apply")] if duty["open"] else []
    return f" ({', '.join(words)})" if words else ""


_NEVER = "9999-12-31"


def _day_key(duty: Told) -> str:
    return duty["applies_from"] or _NEVER


def _questions(told: Told) -> Iterator[str]:
    if told["open_questions"]:
        yield ""
        yield _("Still open, the questions that settle most first:")
        for question in told["open_questions"]:
            yield _wrapped(f"{question['question']} ({question['id']})", "  - ")


def _cites(told: Told) -> str:
    return ", ".join(cite["text"] for cite in told["cites"])


def _wrapped(text: str, indent: str) -> str:
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
