"""A snapshot arranged for the templates: grouped, counted, numbered, and every fixed value in words."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from law.wording import day_in_words
from reports.rendering import words
from reports.rendering.cleaning import printable
from reports.rendering.figures import stacked, timeline
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
from reports.rendering.reasoning import Numbering, leading
from reports.rendering.summary import summary_of
from reports.snapshot import canonical

Told = dict[str, Any]
MOST_TELLING = 5
# Other answers here would describe another thing, not another way to use this one.
BASICS = ("what_it_is", "where", "roles")


def document_view(snapshot: Told) -> Told:
    """Everything the templates need; call it in the language of the snapshot."""
    digest = canonical(snapshot).sha256
    shown = printable(snapshot)
    rows = obligation_rows(shown)
    owed = applying(rows)
    counts = counted(owed)
    language = shown["language"]
    return {
        **shown,
        "sha256": digest,
        "code": digest[:12],
        "parts": {name: {"id": name, "number": n, "title": t} for name, n, t in words.PARTS},
        "cover": _cover(shown),
        "legal": _legal(shown),
        "counts": counts,
        "bar": stacked([(status, counts[status]) for status in STATUS_ORDER]),
        "summary": summary_of(shown, owed, counts),
        "ladder": _ladder(shown["result"]),
        **_reasoned(shown["result"]),
        "pivots": _pivots(shown["result"]["pivots"]),
        "readings": [reading for reading in shown["result"]["readings"] if reading.get("matters", True)],
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


def _day(text: str, language: str) -> str:
    return day_in_words(date.fromisoformat(text), language)


def _cover(shown: Told) -> Told:
    document, organisation = shown["document"], shown["organisation"]
    language = shown["language"]
    state = document["state"]
    return {
        "state": words.STATES[state],
        "is_draft": state != "decided",
        "mark": words.MARKS[document["mark"]],
        "created": _day(document["created"], language),
        "language": gettext(dict(settings.LANGUAGES)[language]),
        "kind": words.ORGANISATION_KINDS.get(organisation["kind"], ""),
        "size": words.SIZES.get(organisation["size_class"], ""),
        "models": [
            {**model, "access": words.ACCESS.get(model["access"], model["access"])}
            for model in shown["models"]
        ],
        "authors": _authors(shown["answers"], language),
    }


def _authors(answers: Iterable[Told], language: str) -> list[Told]:
    """Who answered, how much of it, and on which day last."""
    signed = sorted((answer for answer in answers if answer["by"]), key=lambda answer: answer["by"])
    authors = []
    for name, group in groupby(signed, key=lambda answer: answer["by"]):
        given = list(group)
        last = max(answer["at"] for answer in given)[:10]
        authors.append({"name": name, "count": len(given), "last": _day(last, language) if last else ""})
    return authors


def _legal(shown: Told) -> Told:
    law = shown["law"]
    titles = {source["identifier"]: source["title"] for source in law["sources"]}
    act = law["act"]
    language = shown["language"]
    return {
        "act": titles.get(f"CELEX {act['celex']}", act["title"]),
        "day": _day(law["version"], language),
        "as_of": _day(shown["result"]["as_of"], language),
        "amended_by": [
            {
                **change,
                "act": titles.get(f"CELEX {change['celex']}", change["act"]),
                "in_force": _day(change["in_force"], language),
            }
            for change in act["amended_by"]
        ],
        "source_groups": [
            {"title": title, "sources": [s for s in law["sources"] if s["kind"] == kind]}
            for kind, title in words.SOURCE_KINDS.items()
        ],
    }


def _ladder(result: Told) -> list[Told]:
    """Each class from the gravest down, with what came of it."""
    rungs = []
    for tier, title in words.TIERS.items():
        if tier == "open":
            continue
        outcomes = [outcome for outcome in result["outcomes"] if outcome["tier"] == tier]
        held = [outcome for outcome in outcomes if not outcome["open"]]
        truth = "true" if held else "open" if outcomes else "false"
        cites = {cite["text"]: None for outcome in held or outcomes for cite in outcome["cites"]}
        rungs.append(
            {
                "title": title,
                "truth": truth,
                "word": words.TRUTHS[truth],
                "cites": list(cites)[:3],
                "is_headline": tier == result["headline"],
                "y": 24 * len(rungs) + 12,
            }
        )
    return rungs


def _reasoned(result: Told) -> Told:
    """Outcomes and roles with numbered reasons; numbers run on, so that each is unique."""
    numbering = Numbering()
    first = leading(result["outcomes"], result["headline"])
    others = [outcome for outcome in result["outcomes"] if outcome not in first]
    return {
        "leading": [_outcome(numbering, outcome) for outcome in first],
        "further": [_outcome(numbering, outcome) for outcome in others],
        "roles": [numbering.reasoned(role) for role in result["roles"]],
    }


def _outcome(numbering: Numbering, outcome: Told) -> Told:
    tier = words.TIERS.get(outcome["tier"]) or words.GPAI[outcome["tier"]]
    return {**numbering.reasoned(outcome), "tier_word": tier}


def _pivots(pivots: list[Told]) -> list[Told]:
    """The few single answers that would change most: one for each question and new class."""

    def telling(pivot: Told) -> tuple[bool, bool, int]:
        moved = len(pivot["duties_lost"]) + len(pivot["duties_gained"])
        return pivot["headline"] == "open", pivot["section"] in BASICS, -moved

    chosen: dict[str, Told] = {}
    for pivot in sorted(pivots, key=telling):
        chosen.setdefault(pivot["id"], pivot)
    return [
        {
            **pivot,
            "tier_word": words.TIERS[pivot["headline"]],
            "gained": len(pivot["duties_gained"]),
            "lost": len(pivot["duties_lost"]),
        }
        for pivot in list(chosen.values())[:MOST_TELLING]
    ]


def _milestones(shown: Told) -> list[Told]:
    language = shown["language"]
    return [
        {
            **milestone,
            "number": n,
            "day_words": _day(milestone["day"], language),
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
            (mark, _day(mark.day.isoformat(), shown["language"])) for mark in drawing.marks
        ],
    }


def _fine(fine: Told) -> Told:
    amount = fine["amount"]
    return {
        **fine,
        "basis_word": words.CEILINGS[fine["basis"]],
        # Thin groups with a space that does not break, as the Union writes amounts.
        "amount_text": f"{amount:,}".replace(",", "\N{NO-BREAK SPACE}") if amount is not None else "",
    }


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
        "day": _day(answer["at"][:10], language) if answer["at"] else "",
    }
