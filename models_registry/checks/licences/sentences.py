"""A text's sentences, each with its place, on one line and in plain signs for the clause search."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models_registry.checks.licences.text import LicenceText

_LONGEST = 2_000
# A full stop ends a sentence only before a capital, and not after an initial or an abbreviation.
_END = re.compile(
    r"(?<!\bNo)(?<!\bInc)(?<!\bLtd)(?<!\bU\.S)(?<!\be\.g)(?<!\bi\.e)[.!?;][\"”’)*_]*\s+(?=[\"“‘(*_]*[A-Z])"
    r"|\n[ \t#>/*|-]*\n\s*"
)
_PREFIX = re.compile(r"^[ \t]*(?:#+|//+|\*+|;+|>+|--+|\|)[ \t]?", re.MULTILINE)
_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its spaces made single, and where it stands in the text."""

    text: str
    start: int
    end: int


def sentences_of(text: LicenceText) -> Iterator[Sentence]:
    """The sentences in their order; a very long one comes in pieces."""
    plain = _PREFIX.sub(lambda found: " " * len(found[0]), text.plain)
    since = 0
    for found in _END.finditer(plain):
        yield from _pieces(plain, since, found.end())
        since = found.end()
    yield from _pieces(plain, since, len(plain))


def _pieces(plain: str, start: int, end: int) -> Iterator[Sentence]:
    for first in range(start, end, _LONGEST):
        last = min(first + _LONGEST, end)
        piece = plain[first:last]
        words = " ".join(piece.translate(_SIGNS).split())
        if words:
            lead = len(piece) - len(piece.lstrip())
            yield Sentence(words, first + lead, first + len(piece.rstrip()))
