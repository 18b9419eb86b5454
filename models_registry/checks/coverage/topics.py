"""Whether a topic of documentation is covered, by what, and how strongly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from models_registry.checks.catalogue import Catalogue
from models_registry.checks.context import Context
from models_registry.checks.readers.documents import Document
from models_registry.checks.results import Proof, Strength, Verdict
from models_registry.checks.supplied import library

_COUNTS = (Verdict.PASS, Verdict.PARTIAL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a topic is covered: a check that found it, or words in a document.

    Words alone are a hit that a person has to confirm.
    """

    strength: Strength
    check: str = ""
    proof: Proof | None = None

    @property
    def to_confirm(self) -> bool:
        return not self.check


def evidence_of(context: Context, topic: str) -> Evidence | None:
    """The strongest evidence for a topic; None where there is none."""
    found = [*_found(context, topic)]
    if not found:
        place = context.once(_spoken_of).get(topic)
        return Evidence(Strength.ASSERTED, proof=place) if place else None
    return max(found, key=lambda one: one.strength)


def hits(catalogue: Catalogue, documents: Iterable[Document]) -> Mapping[str, Proof]:
    """The first line of these documents that speaks of each topic."""
    patterns = words_of(catalogue)
    places: dict[str, Proof] = {}
    for document in documents:
        for name, pattern in patterns.items():
            if name not in places and (found := document.find(pattern)):
                places[name] = found[1]
    return places


def _spoken_of(context: Context) -> Mapping[str, Proof]:
    return hits(context.catalogue, context.once(library).about_model)


def words_of(catalogue: Catalogue) -> Mapping[str, re.Pattern[str]]:
    """The words that show each topic."""
    rows = catalogue.section("coverage_topics")
    return {name: _compiled(row["words"]) for name, row in rows.items() if "words" in row}


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _found(context: Context, topic: str) -> Iterator[Evidence]:
    row = context.catalogue.section("coverage_topics")[topic]
    for name in row.get("facts", ()):
        fact = context.fact(name)
        if fact and fact.value is not None and fact.value is not False:
            yield Evidence(fact.strength, fact.check, fact.proof)
    for check in row.get("checks", ()):
        result = context.results.get(check)
        if result and result.verdict in _COUNTS:
            yield Evidence(result.strength, check, next(iter(result.proofs), None))
