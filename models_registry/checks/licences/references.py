"""The known licence texts as fingerprints: hashes of words, never the words themselves."""

import base64
import json
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "catalogue" / "recognition" / "fingerprints.json"
WIDTH = 5
# One shingle in so many tells which references are worth a closer look.
SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words that must stand in a text exactly so."""

    words: int
    opening: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Reference:
    """One text that can be recognised.

    Between two segments stands what each licensor fills in, ``gap`` words at most. ``shingles``
    are those of the whole text, with what may be left out around the segments.
    """

    id: str
    name: str
    spdx: str
    licence: str
    titles: frozenset[str]
    gap: int
    segments: tuple[Segment, ...]
    shingles: frozenset[int]

    @property
    def words(self) -> int:
        return sum(segment.words for segment in self.segments)


@dataclass(frozen=True, slots=True)
class References:
    """All of them, with the ways to find one quickly."""

    all: tuple[Reference, ...]
    by_opening: Mapping[int, tuple[Reference, ...]]
    by_sample: Mapping[int, tuple[Reference, ...]]


def shingles_of(words: tuple[str, ...]) -> list[int]:
    """A number for every run of five words, in their order."""
    return [
        int.from_bytes(blake2b(" ".join(run).encode(), digest_size=4).digest(), "big")
        for run in zip(*(words[first:] for first in range(WIDTH)), strict=False)
    ]


@cache
def references(path: Path = FILE) -> References:
    """The references of a file, read once."""
    return indexed(tuple(_read(json.loads(path.read_text(encoding="utf-8")))))


def indexed(found: tuple[Reference, ...]) -> References:
    """References ready to be searched."""
    openings: dict[int, list[Reference]] = defaultdict(list)
    samples: dict[int, list[Reference]] = defaultdict(list)
    for reference in found:
        openings[reference.segments[0].opening].append(reference)
        for shingle in reference.shingles:
            if shingle % SAMPLE == 0:
                samples[shingle].append(reference)
    return References(found, _frozen(openings), _frozen(samples))


def _frozen(index: Mapping[int, list[Reference]]) -> dict[int, tuple[Reference, ...]]:
    return {key: tuple(value) for key, value in index.items()}


def _read(data: Mapping[str, Any]) -> Iterator[Reference]:
    for row in data["references"]:
        yield Reference(
            row["id"],
            row["name"],
            row["spdx"],
            row["licence"],
            frozenset(row["titles"]),
            row["gap"],
            tuple(
                Segment(size, first, bytes.fromhex(digest))
                for size, first, digest in row["segments"]
            ),
            frozenset(unpacked(row["shingles"])),
        )


def packed(shingles: frozenset[int]) -> str:
    """Shingles as text for the file, the same on every machine."""
    return base64.b85encode(struct.pack(f">{len(shingles)}I", *sorted(shingles))).decode()


def unpacked(text: str) -> tuple[int, ...]:
    """What ``packed`` wrote."""
    content = base64.b85decode(text)
    return struct.unpack(f">{len(content) // 4}I", content)
