"""Provisions that evidence is asked for, in the order of the Act, with what they are about."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby

from django.urls import reverse

from law.citations import parse_citation
from law.citing import slug_of
from law.outline import act_outline
from models_registry.checks.words import Words
from models_registry.sovereignty.knowledge import check_catalogue

Told = dict[str, str]


def grouped(provisions: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Provisions by article or annex, both in the order of the Act."""
    places = act_outline().places
    last = len(places)
    ordered = sorted(provisions, key=lambda one: (places.get(one, last), one))
    return [(head, list(rows)) for head, rows in groupby(ordered, key=_head)]


def told_provision(provision: str, words: Words) -> Told:
    """How it is cited, where it can be read, and what evidence it wants, as far as we name it."""
    topics = words.catalogue.section("coverage_topics")
    names = [words.text(topics[name]["text"]) for name in _topics().get(provision, ())]
    return {
        "id": provision,
        "text": words.cite(provision),
        "url": reverse("law:provision", args=[slug_of(provision)]),
        "about": ", ".join(names) if len(names) > 1 else "".join(names),
    }


def told_head(head: str, words: Words) -> Told:
    """The article or annex with its heading in the Act."""
    heading = act_outline().headings.get(head)
    title = heading.title.in_language(words.language) if heading else ""
    return {"text": words.cite(head), "title": title}


def _head(provision: str) -> str:
    citation = parse_citation(provision)
    return f"{citation.kind} {citation.number}"


@cache
def _topics() -> dict[str, tuple[str, ...]]:
    rows = check_catalogue().section("coverage_items").values()
    return {row["cite"]: tuple(row["topics"]) for row in rows if row.get("cite")}
