"""What the catalogue says about each provision, for reading instead of assessing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from law.citations import parse_citation
from law.compiled import Catalogue
from law.conditions import names_in
from law.entries import Text
from law.outline import act_outline

# What is read first comes first: what a use can be, what then has to be done, what is asked.
KINDS = ("outcome", "duty", "role", "question", "concept", "term")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the catalogue that has a page or a place on one."""

    kind: str
    id: str
    cite: tuple[str, ...]
    title: Text
    tier: str = ""


class LawIndex:
    """Every entry of a catalogue by provision and by chapter."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.entries = tuple(sorted(_entries(catalogue), key=lambda entry: KINDS.index(entry.kind)))

    @cached_property
    def _citing(self) -> dict[str, list[Entry]]:
        citing: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for cite in dict.fromkeys(entry.cite):
                citing.setdefault(cite, []).append(entry)
        return citing

    @cached_property
    def _readers(self) -> dict[str, list[Entry]]:
        """For each question and rule, the entries whose condition names it."""
        readers: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in sorted(self._names_read(entry)):
                readers.setdefault(name, []).append(entry)
        return readers

    def _names_read(self, entry: Entry) -> frozenset[str]:
        if entry.kind == "duty":
            return names_in(self.catalogue.duty(entry.id).when)
        return self.catalogue.names_read(entry.id)

    def citing(self, provision: str) -> tuple[Entry, ...]:
        """What cites exactly this provision."""
        return tuple(self._citing.get(provision, ()))

    def citing_within(self, provision: str) -> tuple[Entry, ...]:
        """What cites this provision or anything below it, each once."""
        heading = act_outline().heading(parse_citation(provision))
        inside = [
            name
            for name in heading.provisions
            if name == provision or name.startswith(f"{provision}(")
        ]
        found = {entry: None for name in inside for entry in self.citing(name)}
        return tuple(sorted(found, key=lambda entry: KINDS.index(entry.kind)))

    def readers_of(self, name: str) -> tuple[Entry, ...]:
        """What depends directly on that question or rule."""
        return tuple(self._readers.get(name, ()))

    def by_chapter(self, kind: str) -> dict[str, list[Entry]]:
        """The entries of one kind under the chapter in which they begin, in its order."""
        outline = act_outline()
        chapters: dict[str, list[Entry]] = {chapter: [] for chapter in outline.chapters}
        found = [entry for entry in self.entries if entry.kind == kind]
        for entry in sorted(found, key=_place):
            chapters[outline.headings[begins_in(entry)].chapter].append(entry)
        return {chapter: rows for chapter, rows in chapters.items() if rows}


def begins_in(entry: Entry) -> str:
    """The article or annex under which an entry is listed."""
    return act_outline().heading(parse_citation(_telling(entry))).citation


def _place(entry: Entry) -> int:
    return act_outline().places[_telling(entry)]


def _telling(entry: Entry) -> str:
    # Outcomes name the rule that makes them one first, then the point that tells them apart.
    listed = [cite for cite in entry.cite if cite.startswith("Annex ")]
    return listed[0] if entry.kind == "outcome" and listed else entry.cite[0]


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    entries = catalogue.entries
    for rule in entries.rules.values():
        yield Entry(rule.kind, rule.id, rule.cite, rule.title, rule.tier or "")
    for duty in entries.duties.values():
        yield Entry("duty", duty.id, duty.cite, duty.title)
    for question in entries.questions.values():
        yield Entry("question", question.id, question.cite, question.text)
    for term in entries.glossary.values():
        yield Entry("term", term.id, term.cite, term.term)
