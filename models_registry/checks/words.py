"""The catalogue's words in one language."""

from collections.abc import Mapping
from typing import Any

from law.entries import Text
from law.wording import cites_in_words
from models_registry.checks.catalogue import Catalogue
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Proof, Strength

Told = dict[str, Any]
"""A part of an account: plain data for JSON, words in one language."""


class Words:
    """The catalogue's words in one language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self.catalogue, self.language = catalogue, "de" if language == "de" else "en"

    def of(self, name: str) -> str:
        """A word by its identifier."""
        return self.text(self.catalogue.section("words")[name]["text"])

    def fact(self, name: str) -> str:
        """What a fact is called; its identifier where nobody has named it."""
        row = self.catalogue.section("fact_names").get(name)
        return self.text(row["title"]) if row else name

    def text(self, row: Mapping[str, str] | Text) -> str:
        """A text of the catalogue on one line."""
        if isinstance(row, Text):
            return " ".join(row.in_language(self.language).split())
        return " ".join(row[self.language].split())

    def cite(self, cite: str) -> str:
        """A provision as people write it."""
        return str(cites_in_words((cite,), self.language)[0]["text"])


def strength_told(strength: Strength, words: Words) -> dict[str, str]:
    """How strong something is shown, for programs and for people."""
    name = strength.name.lower()
    return {"strength": name, "strength_word": words.of(f"strength_{name}")}


def verdict_told(verdict: LicenceVerdict, words: Words) -> Told:
    """A verdict on licence or exemption, for programs and for people."""
    return {"value": verdict.value, "word": words.of(f"licence_{verdict}")}


def proof_told(proof: Proof) -> Told:
    """Where something stands."""
    places = {"line": proof.line, "page": proof.page, "start": proof.start, "end": proof.end}
    return {
        "path": proof.path,
        "quote": proof.quote,
        "sha256": proof.sha256,
        **{name: place for name, place in places.items() if place is not None},
    }
