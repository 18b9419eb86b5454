"""Makes the fingerprints of known texts, from a folder of licence texts and our list of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from law.reading import decoded, read_yaml
from models_registry.checks.licences.references import (
    WIDTH,
    Reference,
    Segment,
    packed,
    shingles_of,
)
from models_registry.checks.licences.text import LicenceText, digest_of

LIST = Path(__file__).parents[2] / "catalogue" / "recognition" / "references.yaml"
_GAP = 14
_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How one known text is to be read: which part must be there, and what varies in it."""

    id: str
    name: str
    file: str
    spdx: str = ""
    licence: str = ""
    titles: tuple[str, ...] = ()
    body_from: str = ""
    body_to: str = ""
    variable: tuple[str, ...] = ()
    appendix: str = ""
    appendix_from: str = ""


def wanted(path: Path = LIST) -> tuple[dict[str, Any], list[Wanted]]:
    """Where the texts come from, and our list of them."""
    data = read_yaml(decoded(path.read_bytes(), path.name), name=path.name).data
    return data["source"], [_wanted(row) for row in data["references"]]


def _wanted(row: Mapping[str, Any]) -> Wanted:
    lists = {key: tuple(row.get(key, ())) for key in ("titles", "variable")}
    return Wanted(**{**row, **lists})


def fingerprinted(want: Wanted, content: str) -> Reference:
    """The reference that a text makes; ValueError where it does not hold what the list says."""
    words = _words(_HEADER.sub("", content))
    body = _body(words, want)
    segments = tuple(_segment(piece) for piece in _pieces(body, want))
    titles = frozenset(" ".join(_words(t)) for t in (want.name, want.spdx, *want.titles) if t)
    return Reference(
        want.id,
        want.name,
        want.spdx,
        want.licence,
        titles,
        _GAP if len(segments) > 1 else 0,
        segments,
        frozenset(shingles_of(words)),
    )


def with_appendix(want: Wanted, content: str, folder: Path) -> str:
    """The text with what may follow it, where the source of the texts leaves that out.

    ``appendix`` is a file below the folder that has both, and ``appendix_from`` its first words.
    """
    if not want.appendix:
        return content
    text = (folder / want.appendix).read_text(encoding="utf-8")
    _, first, rest = text.partition(want.appendix_from)
    if not first:
        raise ValueError(f"{want.id}: '{want.appendix_from}' does not stand in {want.appendix}")
    return f"{content}\n{first}{rest}"


def as_row(reference: Reference) -> Mapping[str, Any]:
    """The line of the file for a reference."""
    return {
        "id": reference.id,
        "name": reference.name,
        "spdx": reference.spdx,
        "licence": reference.licence,
        "titles": sorted(reference.titles),
        "gap": reference.gap,
        "segments": [[s.words, s.opening, s.digest.hex()] for s in reference.segments],
        "shingles": packed(reference.shingles),
    }


def _words(text: str) -> tuple[str, ...]:
    return LicenceText("", text).words


def _body(words: tuple[str, ...], want: Wanted) -> tuple[str, ...]:
    first = _position(words, want.body_from, want) if want.body_from else 0
    last = len(words)
    if want.body_to:
        phrase = _words(want.body_to)
        last = _position(words, want.body_to, want, first) + len(phrase)
    return words[first:last]


def _pieces(body: tuple[str, ...], want: Wanted) -> Iterator[tuple[str, ...]]:
    cuts = sorted(
        (position, position + len(_words(phrase)))
        for phrase in want.variable
        for position in _positions(body, _words(phrase))
    )
    if len(cuts) < len(want.variable):
        raise ValueError(f"{want.id}: a variable part does not stand in the text")
    since = 0
    for start, end in cuts:
        yield body[since:start]
        since = end
    yield body[since:]


def _segment(words: tuple[str, ...]) -> Segment:
    if len(words) < WIDTH:
        raise ValueError(f"a stretch of {len(words)} words is too short to be found again")
    return Segment(len(words), shingles_of(words[:WIDTH])[0], digest_of(words))


def _position(words: tuple[str, ...], phrase: str, want: Wanted, since: int = 0) -> int:
    found = [p for p in _positions(words, _words(phrase)) if p >= since]
    if not found:
        raise ValueError(f"{want.id}: '{phrase}' does not stand in the text")
    return found[0]


def _positions(words: tuple[str, ...], phrase: tuple[str, ...]) -> list[int]:
    size = len(phrase)
    return [p for p in range(len(words) - size + 1) if words[p : p + size] == phrase]
