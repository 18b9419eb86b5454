"""Who and what the document is about, and the law it was judged by."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from reports.rendering import words
from reports.rendering.days import in_words

Told = dict[str, Any]


def cover_of(shown: Told) -> Told:
    """The document, its state, and whom and what it is about, in words."""
    document, organisation = shown["document"], shown["organisation"]
    language, decision = shown["language"], shown["decision"]
    return {
        "state": _state_of(shown)[0],
        "not_reviewed": bool(decision and decision["not_reviewed"]),
        "mark": words.MARKS[document["mark"]],
        "created": in_words(document["created"], language),
        "language": gettext(str(dict(settings.LANGUAGES)[language])),
        "kind": words.ORGANISATION_KINDS.get(organisation["kind"], ""),
        "size": words.SIZES.get(organisation["size_class"], ""),
        "models": [
            {**model, "access": words.ACCESS.get(model["access"], model["access"])}
            for model in shown["models"]
        ],
        "authors": _authors(shown["answers"], language),
    }


def watermark_word(snapshot: Told) -> str:
    """What stands across the pages; nothing once the report is final."""
    word, is_final = _state_of(snapshot)
    return "" if is_final else str(word)


def _state_of(shown: Told) -> tuple[Any, bool]:
    """The state in a word, and whether the document is final."""
    state, decision = shown["document"]["state"], shown["decision"]
    standing = decision["standing"] if decision and state == "decided" else ""
    is_final = state == "decided" and standing not in words.STANDINGS
    return words.STANDINGS.get(standing, words.STATES[state]), is_final


def _authors(answers: Iterable[Told], language: str) -> list[Told]:
    """Who answered, how much of it, and on which day last."""
    signed = sorted((answer for answer in answers if answer["by"]), key=lambda answer: answer["by"])
    authors = []
    for name, group in groupby(signed, key=lambda answer: answer["by"]):
        given = list(group)
        last = max(answer["at"] for answer in given)[:10]
        authors.append({"name": name, "count": len(given), "last": in_words(last, language)})
    return authors


def legal_of(shown: Told) -> Told:
    """The act in its version, what amended it, and the sources behind the rule set."""
    law = shown["law"]
    titles = {source["identifier"]: source["title"] for source in law["sources"]}
    act = law["act"]
    language = shown["language"]
    return {
        "act": titles.get(f"CELEX {act['celex']}", act["title"]),
        "day": in_words(law["version"], language),
        "as_of": in_words(shown["result"]["as_of"], language),
        "amended_by": [
            {
                **change,
                "act": titles.get(f"CELEX {change['celex']}", change["act"]),
                "in_force": in_words(change["in_force"], language),
            }
            for change in act["amended_by"]
        ],
        "source_groups": [
            {"title": title, "sources": [s for s in law["sources"] if s["kind"] == kind]}
            for kind, title in words.SOURCE_KINDS.items()
        ],
    }
