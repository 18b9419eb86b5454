"""Publicly documented decisions, described by facts, each with the class its source gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from law.compiled import Catalogue, Facts
from law.facts import read_facts
from law.reading import read_yaml

HERE = Path(__file__).parent
BASES = HERE.parent / "tests" / "cases" / "bases.yaml"


@dataclass(frozen=True)
class Expected:
    """What the source decides, and how firmly it can be held against us."""

    tiers: tuple[str, ...]
    provisions: tuple[str, ...]
    not_provisions: tuple[str, ...]
    basis: str
    confidence: str


@dataclass(frozen=True)
class Case:
    """One documented decision."""

    id: str
    situation: str
    source: str
    as_of: date
    answers: Mapping[str, Any]
    expected: Expected

    def facts(self, catalogue: Catalogue) -> Facts:
        """The answers as facts, those of the base underneath."""
        return read_facts(catalogue, self.answers)


def read_cases(path: Path = HERE / "public_cases.yaml") -> list[Case]:
    """Every case of the file."""
    bases = read_document(BASES)
    return [_case(row, bases) for row in read_document(path)]


def read_document(path: Path) -> Any:
    """What a YAML file says."""
    return read_yaml(path.read_text(encoding="utf-8"), name=path.name).data


def _case(row: dict[str, Any], bases: dict[str, Any]) -> Case:
    return Case(
        id=row["id"],
        situation=row["situation"],
        source=f"{row['source']['name']}, {row['source']['paragraph']}",
        as_of=date.fromisoformat(row["as_of"]),
        answers=bases[row["base"]] | row["facts"],
        expected=_expected(row["expected"]),
    )


def _expected(row: dict[str, Any]) -> Expected:
    return Expected(
        tiers=tuple(dict.fromkeys([row["tier"], *row.get("acceptable_tiers", ())])),
        provisions=tuple(row["provisions"]),
        not_provisions=tuple(row.get("not_provisions", ())),
        basis=row["basis"],
        confidence=row["confidence"],
    )
