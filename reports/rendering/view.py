"""A snapshot arranged for the templates: grouped, counted, numbered, fixed values in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from reports.rendering import words
from reports.rendering.classification import ladder, pivots_of, reasoned
from reports.rendering.cleaning import printable
from reports.rendering.days import in_words
from reports.rendering.evidence import pieces_in_words
from reports.rendering.figures import stacked, timeline
from reports.rendering.front import cover_of, legal_of
from reports.rendering.obligations import (
    STATUS_ORDER,
    applying,
    by_day,
    counted,
    gaps,
    not_owed,
    obligation_rows,
    possible,
)
from reports.rendering.signing import signing_of
from reports.rendering.summary import summary_of
from reports.snapshot import canonical

Told = dict[str, Any]


def document_view(snapshot: Told) -> Told:
    """Everything the templates need; call it in the language of the snapshot."""
    digest = canonical(snapshot).sha256
    shown = printable(snapshot)
    rows = obligation_rows(shown)
    owed = applying(rows)
    counts = counted(owed)
    result, language = shown["result"], shown["language"]
    return {
        **shown,
        "sha256": digest,
        "code": digest[:12],
        "parts": {name: {"id": name, "number": n, "title": t} for name, n, t in words.PARTS},
        "cover": cover_of(shown),
        "legal": legal_of(shown),
        "counts": counts,
        "bar": stacked([(status, counts[status]) for status in STATUS_ORDER]),
        "summary": summary_of(shown, owed, counts),
        "signing": signing_of(shown),
        "ladder": ladder(result),
        **reasoned(result),
        "pivots": pivots_of(result["pivots"]),
        "readings": [reading for reading in result["readings"] if reading["matters"]],
        "owed": by_day(owed),
        "possible": by_day(possible(rows)),
        "not_owed": not_owed(rows),
        "gaps": gaps(owed),
        "duties_in_full": by_day(rows),
        "milestones": _milestones(shown),
        "timeline": _timeline(shown, owed),
        "fine_rows": [_fine(fine) for fine in shown["fines"] if fine["max_eur"]],
        "other_fines": [fine for fine in shown["fines"] if not fine["max_eur"]],
        "answer_groups": _answer_groups(shown["answers"], language),
    }


def _milestones(shown: Told) -> list[Told]:
    language = shown["language"]
    return [
        {
            **milestone,
            "number": n,
            "day_words": in_words(milestone["day"], language),
            "has_come": milestone["day"] <= shown["result"]["as_of"],
        }
        for n, milestone in enumerate(shown["law"]["milestones"], start=1)
    ]


def _timeline(shown: Told, owed: list[Told]) -> Any:
    days = [
        (date.fromisoformat(group["applies_from"]), len(group["rows"]))
        for group in by_day(owed)
        if group["applies_from"]
    ]
    numbered = [
        (n, date.fromisoformat(milestone["day"]))
        for n, milestone in enumerate(shown["law"]["milestones"], start=1)
    ]
    drawing = timeline(days, numbered, today=date.fromisoformat(shown["result"]["as_of"]))
    return {
        "drawing": drawing,
        "labels": [
            (mark, in_words(mark.day.isoformat(), shown["language"])) for mark in drawing.marks
        ],
    }


def _fine(fine: Told) -> Told:
    word = words.CEILINGS[fine["basis"]]
    return {**fine, "basis_word": word, "amount_text": _ceiling(fine)}


def _ceiling(fine: Told) -> str:
    if fine["amount"] is not None:
        return _("EUR %(amount)s") % {"amount": _grouped(fine["amount"])}
    if fine["basis"] != "turnover_unknown":
        return ""
    text = _("EUR %(amount)s or %(percent)g %% of worldwide turnover, whichever is higher")
    return text % {"amount": _grouped(fine["max_eur"]), "percent": fine["percent"]}


def _grouped(amount: int) -> str:
    # Groups of three with a space that does not break, as the Union writes amounts.
    return f"{amount:,}".replace(",", "\N{NO-BREAK SPACE}")


def _answer_groups(answers: list[Told], language: str) -> list[Told]:
    """The answers by section: answered and open ones in full, the others as a list."""
    groups = []
    for section, title in words.ANSWER_SECTIONS.items():
        own = [answer for answer in answers if answer["section"] == section]
        groups.append(
            {
                "id": section,
                "title": title,
                "shown": [_answer(a, language) for a in own if a["state"] != "not_relevant"],
                "not_relevant": [a for a in own if a["state"] == "not_relevant"],
            }
        )
    return [group for group in groups if group["shown"] or group["not_relevant"]]


def _answer(answer: Told, language: str) -> Told:
    return {
        **answer,
        "source_word": words.ANSWER_SOURCES.get(answer["source"], ""),
        "day": in_words(answer["at"][:10], language),
        "pieces": pieces_in_words(answer.get("supports", ()), language),
    }
