"""The steps of the exemption in words, with what they rest on and what would settle them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models_registry.checks.catalogue import Catalogue
from models_registry.checks.exemption import Exemption, Step
from models_registry.checks.licences.catalogue import Arguments, licences
from models_registry.checks.licences.verdicts import LicenceVerdict


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step for a page or a report; ``act`` and ``recitals`` bind, ``guidelines`` do not."""

    id: str
    verdict: LicenceVerdict
    title: str
    reason: str
    act: tuple[str, ...]
    recitals: tuple[str, ...]
    guidelines: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    arguments: tuple[Arguments, ...]


def told_steps(exemption: Exemption, catalogue: Catalogue, language: str) -> tuple[ToldStep, ...]:
    """Each step in its order."""
    return tuple(_told(step, catalogue, language) for step in exemption.steps)


def notes(catalogue: Catalogue, language: str) -> Mapping[str, str]:
    """What must stand beside the verdict, by id, the caveat on paragraph numbers first."""
    rows = catalogue.section("exemption_notes")
    return {name: _in(row["text"], language) for name, row in rows.items()}


def _told(step: Step, catalogue: Catalogue, language: str) -> ToldStep:
    row = catalogue.section("exemption_steps")[step.id]
    facts = catalogue.section("exemption_facts")
    known = licences(catalogue).arguments
    return ToldStep(
        id=step.id,
        verdict=step.verdict,
        title=_in(row["title"], language),
        reason=_in(row["reasons"][step.reason], language),
        act=tuple(row["act"]),
        recitals=tuple(row.get("recitals", ())),
        guidelines=tuple(row["guidelines"]),
        questions=tuple((name, _in(facts[name]["question"], language)) for name in step.open),
        arguments=tuple(known[name] for name in step.arguments),
    )


def _in(text: Mapping[str, Any], language: str) -> str:
    return " ".join(str(text["de" if language == "de" else "en"]).split())
