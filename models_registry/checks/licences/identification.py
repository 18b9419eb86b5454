"""Which licence a text is: exactly, nearly, or unknown; never a guess.

1. Every reference whose first words stand in the text is compared word by word, by digest.
2. What is left around the exact stretches must be a title, a copyright line, or the reference's
   own preamble or appendix. One word too many, and the text is only near.
3. Otherwise the shares of shingles, both ways, name the nearest reference.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.licences.leftovers import is_harmless
from models_registry.checks.licences.references import (
    SAMPLE,
    WIDTH,
    Reference,
    References,
    references,
    shingles_of,
)
from models_registry.checks.licences.text import LicenceText, digest_of

# Below these shares a likeness is the common stock of licences, not a relation.
_OF_REFERENCE, _OF_TEXT = 0.5, 0.8
_LOOKED_AT = 8


class Likeness(StrEnum):
    EXACT = "exact"
    NEAR = "near"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the text, and the characters that they span."""

    first: int
    last: int
    start: int
    end: int

    @property
    def words(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Nearest:
    """The reference most like the text: how much of each is found in the other."""

    reference: Reference
    of_reference: float
    of_text: float


@dataclass(frozen=True, slots=True)
class Identification:
    """What a text is. ``found`` may stand in a text that is only near: MIT with a rider."""

    likeness: Likeness
    found: tuple[Reference, ...] = ()
    nearest: Nearest | None = None
    leftovers: tuple[Stretch, ...] = ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references that the text is, none where anything is left open."""
        return self.found if self.likeness is Likeness.EXACT else ()


def identify(text: LicenceText, known: References | None = None) -> Identification:
    """What the text is among the known ones."""
    known = known or references()
    shingles = shingles_of(text.words)
    runs = tuple(_outermost(_runs(text, shingles, known)))
    found = tuple(dict.fromkeys(reference for reference, _, _ in runs))
    if found:
        left = tuple(_leftovers(text, shingles, runs, found))
        if not left and not text.cut:
            return Identification(Likeness.EXACT, found)
    nearest = _nearest(shingles, known)
    if nearest is None:
        return Identification(Likeness.UNKNOWN, found)
    near = found or (nearest.reference,)
    left = tuple(_leftovers(text, shingles, runs, (*near, nearest.reference)))
    return Identification(Likeness.NEAR, found, nearest, left)


Run = tuple[Reference, int, int]


def _runs(text: LicenceText, shingles: list[int], known: References) -> Iterator[Run]:
    for position, shingle in enumerate(shingles):
        for reference in known.by_opening.get(shingle, ()):
            if (end := _end_of(reference, text.words, shingles, position)) is not None:
                yield reference, position, end


def _end_of(
    reference: Reference, words: tuple[str, ...], shingles: list[int], position: int
) -> int | None:
    for number, segment in enumerate(reference.segments):
        slack = reference.gap if number else 0
        for start in range(position, position + slack + 1):
            if start >= len(shingles) or shingles[start] != segment.opening:
                continue
            if digest_of(words[start : start + segment.words]) == segment.digest:
                break
        else:
            return None
        if not is_harmless(words[position:start], frozenset(), in_gap=True):
            return None
        position = start + segment.words
    return position


def _outermost(runs: Iterator[Run]) -> Iterator[Run]:
    # MIT stands word for word inside each modified MIT: the longer text is what this is.
    taken: list[tuple[int, int]] = []
    for reference, start, end in sorted(runs, key=lambda run: (run[1] - run[2], run[0].id)):
        if all(end <= other[0] or start >= other[1] for other in taken):
            taken.append((start, end))
            yield reference, start, end


def _leftovers(
    text: LicenceText,
    shingles: list[int],
    runs: tuple[Run, ...],
    own: tuple[Reference, ...],
) -> Iterator[Stretch]:
    explained = bytearray(len(text.words))
    for _, start, end in runs:
        explained[start:end] = b"\1" * (end - start)
    whole = frozenset().union(*(reference.shingles for reference in own))
    for position, shingle in enumerate(shingles):
        if shingle in whole:
            explained[position : position + WIDTH] = b"\1" * WIDTH
    titles = frozenset().union(*(reference.titles for reference in own))
    for stretch in _unexplained(text, explained):
        if not is_harmless(text.words[stretch.first : stretch.last], titles):
            yield stretch


def _unexplained(text: LicenceText, explained: bytearray) -> Iterator[Stretch]:
    position = explained.find(0)
    while position >= 0:
        end = explained.find(1, position)
        last = end if end >= 0 else len(explained)
        yield from _by_line(text, position, last)
        position = explained.find(0, last)


def _by_line(text: LicenceText, first: int, last: int) -> Iterator[Stretch]:
    # A title and a copyright line stand on lines of their own, and are judged each by itself.
    since = first
    for number in range(first + 1, last + 1):
        if number == last or "\n" in text.text[text.spans[number - 1][1] : text.spans[number][0]]:
            yield Stretch(since, number, text.spans[since][0], text.spans[number - 1][1])
            since = number


def _nearest(shingles: list[int], known: References) -> Nearest | None:
    own = frozenset(shingles)
    hits = Counter(
        reference
        for shingle in own
        if shingle % SAMPLE == 0
        for reference in known.by_sample.get(shingle, ())
    )
    looked_at = [reference for reference, _ in hits.most_common(_LOOKED_AT)]
    share = {r: hits[r] / len(r.shingles) for r in hits}
    looked_at += sorted(share, key=lambda r: (-share[r], r.id))[:_LOOKED_AT]
    compared = [_compared(reference, own) for reference in dict.fromkeys(looked_at)]
    likely = [n for n in compared if n.of_reference >= _OF_REFERENCE or n.of_text >= _OF_TEXT]
    return max(likely, key=lambda n: (n.of_reference + n.of_text, n.reference.id), default=None)


def _compared(reference: Reference, own: frozenset[int]) -> Nearest:
    shared = len(own & reference.shingles)
    return Nearest(reference, shared / len(reference.shingles), shared / max(len(own), 1))
