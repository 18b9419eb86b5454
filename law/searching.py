"""Finds entries of the catalogue by English or German words, whatever their case and umlauts."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from law.browsing import Entry, LawIndex
from law.citing import provisions_meant
from law.entries import LANGUAGES, Text
from law.outline import act_outline
from law.wording import cites_in_words

MOST_SIGNS = 200
MOST_WORDS = 8
# Shorter beginnings occur inside too many words.
SHORTEST_INSIDE = 4

_WORD = re.compile(r"[^\W_]+")
# Accents, once they stand apart from their letters.
_MARKS = dict.fromkeys(range(0x300, 0x370))
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ENDINGS = ("ungen", "en", "es", "er", "em", "e", "n", "s")
# Said in every sentence, so they tell no entry from another.
_EVERYWHERE = re.compile(
    r"an?|and|are|do|does|for|in|is|it|of|on|or|the|to|with|what|which"
    r"|das|de[mnrs]|die|eine?|es|fur|im|ist|mit|oder|und|von|was|wie|zu[mr]?"
)
# How much a word weighs by where it stands, and by how it was met.
_TITLE, _NAME, _TEXT, _DETAIL = 8, 6, 2, 1
_EXACT, _BEGINS, _STEM, _INSIDE = 8, 5, 3, 1


def words_of(text: str) -> list[str]:
    """The words as they are compared: small letters without marks; ß is ss."""
    return _WORD.findall(_plain(text.casefold()))


def _plain(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text).translate(_MARKS)


def _spellings(text: str) -> Iterator[str]:
    """Every word of an entry; one with umlauts also as people write it without them: ae, oe, ue."""
    yield from words_of(text)
    if not text.isascii():
        yield from words_of(text.casefold().translate(_TWO_LETTERS))


@dataclass(frozen=True, slots=True)
class Found:
    """The best entries of one kind, and how many there are."""

    entries: tuple[Entry, ...]
    total: int


class LawSearch:
    """A word index over one catalogue; built once, asked often."""

    def __init__(self, index: LawIndex) -> None:
        self._index = index
        self._entries = [entry for entry in index.entries if entry.kind != "concept"]
        self._entries += list(_provisions())
        self._postings: dict[str, dict[int, int]] = {}
        for place, entry in enumerate(self._entries):
            for text, weight in _texts(index, entry):
                for spelling in _spellings(text):
                    weights = self._postings.setdefault(spelling, {})
                    weights[place] = max(weight, weights.get(place, 0))

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._postings)

    def find(self, text: str, most: int = 10) -> dict[str, Found]:
        """By kind, the best first; a citation finds its provision and what cites it."""
        text = text[:MOST_SIGNS]
        meant = provisions_meant(text)
        ranked = self._citing(meant) if meant else self._with_words(text)
        kinds: dict[str, list[Entry]] = {}
        for entry in ranked:
            kinds.setdefault(entry.kind, []).append(entry)
        return {kind: Found(tuple(rows[:most]), len(rows)) for kind, rows in kinds.items()}

    def _citing(self, provisions: tuple[str, ...]) -> list[Entry]:
        named = {entry.id: entry for entry in self._entries if entry.kind == "provision"}
        found = [entry for name in provisions for entry in self._index.citing(name)]
        return [
            *(named[name] for name in provisions),
            *(entry for entry in dict.fromkeys(found) if entry.kind != "concept"),
        ]

    def _with_words(self, text: str) -> list[Entry]:
        words = [word for word in words_of(text) if not _EVERYWHERE.fullmatch(word)]
        met = [self._places_with(word) for word in list(dict.fromkeys(words))[:MOST_WORDS]]
        places = set.intersection(*(set(scores) for scores in met)) if met else set()
        if not places:
            # Nothing has every word, so most of them must do.
            places = _with_most_of(met)
        scores = {place: sum(found.get(place, 0) for found in met) for place in places}

        def order(place: int) -> tuple[int, int, int]:
            # Among equals the shortest title says most about the words.
            return -scores[place], len(self._entries[place].title.en), place

        return [self._entries[place] for place in sorted(places, key=order)]

    def _places_with(self, word: str) -> dict[int, int]:
        places: dict[int, int] = {}
        for spelling, closeness in self._like(word):
            for place, weight in self._postings[spelling].items():
                places[place] = max(weight * closeness, places.get(place, 0))
        return places

    def _like(self, word: str) -> Iterator[tuple[str, int]]:
        if len(word) == 1:
            yield from ((s, _EXACT) for s in (word,) if s in self._postings)
            return
        stem = _stem(word)
        first = bisect_left(self._vocabulary, stem)
        for spelling in self._vocabulary[first:]:
            if not spelling.startswith(stem):
                break
            if spelling == word:
                yield spelling, _EXACT
            else:
                yield spelling, _BEGINS if spelling.startswith(word) else _STEM
        if len(stem) >= SHORTEST_INSIDE:
            # German puts words together: "Bewerbung" is found in "Stellenbewerbung".
            yield from ((s, _INSIDE) for s in self._vocabulary if stem in s[1:])


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= SHORTEST_INSIDE and word.endswith(ending):
            return word[: -len(ending)]
    return word


def _with_most_of(met: list[dict[int, int]]) -> set[int]:
    counts: dict[int, int] = {}
    for place in (place for scores in met for place in scores):
        counts[place] = counts.get(place, 0) + 1
    most = max(counts.values(), default=0)
    return {place for place, count in counts.items() if count == most and count * 2 >= len(met)}


def _provisions() -> Iterator[Entry]:
    outline = act_outline()
    for heading in outline.headings.values():
        for name in heading.provisions:
            yield Entry("provision", name, (name,), heading.title)


def _texts(index: LawIndex, entry: Entry) -> Iterator[tuple[str, int]]:
    if entry.kind == "provision" and "(" in entry.id:
        # The heading is the article's; its paragraphs would fill the list with it.
        return
    yield from _both(_TITLE, entry.title)
    yield entry.id, _NAME
    for language in LANGUAGES:
        yield " ".join(cite["text"] for cite in cites_in_words(entry.cite, language)), _DETAIL
    yield from _details(index, entry)


def _details(index: LawIndex, entry: Entry) -> Iterator[tuple[str, int]]:
    entries = index.catalogue.entries
    match entry.kind:
        case "duty":
            duty = entries.duties[entry.id]
            yield from _both(_TEXT, duty.text)
            yield from _both(_DETAIL, duty.note, *duty.evidence)
        case "question":
            asked = entries.questions[entry.id]
            yield from _both(_TEXT, asked.help, *(option.label for option in asked.options))
            yield from _both(_DETAIL, asked.why, asked.inside, asked.outside, asked.who)
        case "term":
            yield from _both(_TEXT, entries.glossary[entry.id].text)
        case "outcome" | "role":
            yield from _both(_TEXT, entries.rules[entry.id].text)


def _both(weight: int, *texts: Text | None) -> Iterable[tuple[str, int]]:
    return [(say, weight) for text in texts if text for say in (text.en, text.de)]
