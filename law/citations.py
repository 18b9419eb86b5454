"""One grammar for citations, and the index of every provision that exists in the Act.

Grammar: ``Art 26(7)``, ``Art 5(1)(ba)``, ``Annex III(4)(a)``, ``Annex VIII(B)(6)``.
Source of the index: the consolidated text of Regulation (EU) 2024/1689, CELEX 02024R1689-20260727.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ELI = "https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27"
INDEX = Path(__file__).parent / "catalogue" / "provisions.json"

_ANNEXES_WITH_SECTIONS = {"VIII", "XI"}
_ENGLISH = {"section": "Section", "point": "point", "letter": "point"}
_GERMAN = {
    "section": "Abschnitt",
    "point": "Nr.",
    "paragraph": "Abs.",
    "letter": "Buchst.",
    "numeral": "Ziff.",
}
_CITATION = re.compile(
    r"(Art|Annex) ((?<=Art )[0-9]+[a-z]?|(?<=Annex )[IVX]+)((?:\([0-9A-Za-z.]+\))*)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision of the Act: its kind, its number and the path of brackets below it."""

    kind: str
    number: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}" + "".join(f"({part})" for part in self.path)

    def url(self, language: str = "en") -> str:
        """The ELI address of the article or annex in the consolidated text; none goes deeper."""
        anchor = f"art_{self.number}" if self.kind == "Art" else f"anx_{self.number}"
        return f"{ELI}/{'deu' if language == 'de' else 'eng'}#{anchor}"

    def in_words(self, language: str = "en") -> str:
        """The citation as people write it in that language."""
        return _german(self) if language == "de" else _english(self)


def parse_citation(text: str) -> Citation:
    """The citation written in our grammar; ValueError where it is anything else."""
    match = _CITATION.fullmatch(text)
    if match is None:
        raise ValueError(
            f"'{text}' is not a citation; write it like 'Art 26(7)' or 'Annex III(4)(a)'"
        )
    kind, number, path = match.groups()
    return Citation(kind, number, tuple(re.findall(r"\(([^)]+)\)", path)))


@dataclass(frozen=True, slots=True)
class ProvisionIndex:
    """Every provision of the Act in force, with the titles of its articles and annexes."""

    act: dict[str, Any]
    titles: dict[str, str]
    provisions: frozenset[str]

    def __contains__(self, citation: str) -> bool:
        return citation in self.provisions

    def title(self, citation: Citation) -> str:
        return self.titles[f"{citation.kind} {citation.number}"]


@cache
def provision_index() -> ProvisionIndex:
    """The index shipped with the catalogue, read once."""
    data = json.loads(INDEX.read_text(encoding="utf-8"))
    rows = [("Art", row) for row in data["articles"]] + [("Annex", row) for row in data["annexes"]]
    titles = {f"{kind} {row['number']}": row["title"] for kind, row in rows}
    provisions = frozenset(citation for _, row in rows for citation in row["provisions"])
    return ProvisionIndex(data["act"], titles, provisions)


def _english(citation: Citation) -> str:
    if citation.kind == "Art" or not citation.path:
        return str(citation)
    words, opened = [f"Annex {citation.number}"], False
    for level, part in _levels(citation):
        words.append(f"({part})" if opened else f" {_ENGLISH[level]} {part}")
        opened = level != "section"
    return "".join(words)


def _german(citation: Citation) -> str:
    kind = "Art." if citation.kind == "Art" else "Anhang"
    parts = [f"{_GERMAN[level]} {part}" for level, part in _levels(citation)]
    return " ".join([kind, citation.number, *parts])


def _levels(citation: Citation) -> list[tuple[str, str]]:
    """Each bracket with the name of its level."""
    names = ["point", "letter", "numeral"]
    if citation.kind == "Annex" and citation.number in _ANNEXES_WITH_SECTIONS:
        names = ["section", *names]
    # The definitions of Article 3 are numbered points, not paragraphs.
    elif citation.kind == "Art" and citation.number != "3":
        names[0] = "paragraph"
    # A few provisions have no numbers above their letters, such as Article 113.
    if citation.path and citation.path[0].isalpha() and citation.path[0].islower():
        names = names[1:]
    return list(zip(names, citation.path, strict=False))
