"""The Act's own order: chapters, the headings of articles and annexes, and what lies below them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from law.citations import INDEX, Citation, parse_citation
from law.entries import Text

HEADINGS = Path(__file__).parent / "catalogue" / "headings.json"


@dataclass(frozen=True, slots=True)
class Heading:
    """An article or annex: its heading, its chapter, and every provision in it."""

    citation: str
    chapter: str
    title: Text
    provisions: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """All chapters and headings in the order of the Act."""

    chapters: dict[str, Text]
    headings: dict[str, Heading]
    places: dict[str, int]

    def heading(self, citation: Citation) -> Heading:
        return self.headings[f"{citation.kind} {citation.number}"]

    def below(self, provision: str) -> tuple[str, ...]:
        """The provisions one level deeper, in order."""
        depth = len(parse_citation(provision).path) + 1
        heading = self.heading(parse_citation(provision))
        return tuple(
            name
            for name in heading.provisions
            if name.startswith(f"{provision}(") and len(parse_citation(name).path) == depth
        )


@cache
def act_outline() -> Outline:
    """The outline shipped with the catalogue, read once."""
    headings = {heading.citation: heading for heading in _headings()}
    names = [name for heading in headings.values() for name in heading.provisions]
    places = {name: place for place, name in enumerate(names)}
    chapters = {row["number"]: Text(row["en"], row["de"]) for row in _read(HEADINGS)["chapters"]}
    return Outline(chapters, headings, places)


def _headings() -> Iterator[Heading]:
    act, german = _read(INDEX), _read(HEADINGS)
    for kind, group in (("Art", "articles"), ("Annex", "annexes")):
        rows = {row["number"]: row for row in german[group]}
        for row in act[group]:
            other = rows[row["number"]]
            yield Heading(
                citation=f"{kind} {row['number']}",
                # Annexes stand outside the chapters; the second file says which one they serve.
                chapter=row.get("chapter") or other["chapter"],
                title=Text(row["title"], other["de"]),
                provisions=tuple(row["provisions"]),
            )


def _read(path: Path) -> dict[str, list[dict[str, str]]]:
    data: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return data
