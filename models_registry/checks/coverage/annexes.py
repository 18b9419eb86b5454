"""What is there of Annex XI, Annex XII and the Model Documentation Form, and who owes the rest.

Completeness and assurance are two figures: how much is there, and how strongly it is shown.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.catalogue import Row
from models_registry.checks.context import Context
from models_registry.checks.coverage.topics import Evidence, evidence_of
from models_registry.checks.results import Strength


class Frame(StrEnum):
    ANNEX_XI = "annex_xi"
    ANNEX_XII = "annex_xii"
    FORM = "form"
    ALWAYS = "always"


class Covered(StrEnum):
    WHOLE = "whole"
    PART = "part"
    NOTHING = "nothing"


class Owed(StrEnum):
    """Who must still give what is missing.

    ``to_authorities`` reaches others only where the provider publishes it.
    """

    NOTHING = "nothing"
    TO_YOU = "to_you"
    TO_AUTHORITIES = "to_authorities"
    TO_PUBLIC = "to_public"
    NOT_OWED = "not_owed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a frame: ``topics`` are what it asks for, with the evidence for each."""

    id: str
    cite: str
    topics: Mapping[str, Evidence | None]
    owed: Owed

    @property
    def covered(self) -> Covered:
        there = [one for one in self.topics.values() if one]
        if not there:
            return Covered.NOTHING
        return Covered.WHOLE if len(there) == len(self.topics) else Covered.PART

    @property
    def strength(self) -> Strength:
        """As strong as its weakest part."""
        return min(
            (one.strength if one else Strength.NONE for one in self.topics.values()),
            default=Strength.NONE,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, one in self.topics.items() if one is None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One frame of one model."""

    frame: Frame
    items: tuple[Item, ...]

    @property
    def completeness(self) -> float:
        """The share of what is asked for which there is any evidence at all."""
        topics = [one for item in self.items for one in item.topics.values()]
        return sum(one is not None for one in topics) / len(topics) if topics else 0.0

    @property
    def assurance(self) -> Mapping[Strength, int]:
        """How many of the topics are shown how strongly."""
        found = Counter(
            one.strength if one else Strength.NONE
            for item in self.items
            for one in item.topics.values()
        )
        return {strength: found[strength] for strength in Strength}


def coverage(
    context: Context,
    frame: Frame,
    *,
    exempt: bool | None,
    systemic_risk: bool | None = None,
    general_purpose: bool | None = None,
) -> Coverage:
    """A frame against the results so far; ``exempt`` is None where that is undecided.

    The part of Annex XI for systemic risk is left out where there is none. Of a model without
    general purpose nobody owes any of it.
    """
    rows = _form_rows(context) if frame is Frame.FORM else _rows(context, frame, systemic_risk)
    items = []
    for row in rows:
        topics = {name: evidence_of(context, name) for name in row["topics"]}
        gap = any(one is None for one in topics.values())
        owed = _owed(frame, row, exempt, general_purpose) if gap else Owed.NOTHING
        items.append(Item(row["id"], row.get("cite", ""), topics, owed))
    return Coverage(frame, tuple(items))


def _rows(context: Context, frame: Frame, systemic_risk: bool | None) -> list[Row]:
    rows = context.catalogue.section("coverage_items").values()
    return [
        row
        for row in rows
        if row["frame"] == frame and (systemic_risk or not row.get("systemic_only"))
    ]


def _form_rows(context: Context) -> list[Row]:
    rows = context.catalogue.section("coverage_topics").items()
    return [
        {"id": name, "topics": [name], "for": row["form"]["for"]}
        for name, row in rows
        if "form" in row
    ]


def _owed(frame: Frame, row: Row, exempt: bool | None, general_purpose: bool | None) -> Owed:
    if general_purpose is False:
        return Owed.NOT_OWED
    if frame is Frame.ALWAYS:
        return Owed.TO_PUBLIC
    if exempt:
        return Owed.NOT_OWED
    if exempt is None:
        return Owed.OPEN
    if frame is Frame.ANNEX_XI or "downstream" not in row.get("for", ("downstream",)):
        return Owed.TO_AUTHORITIES
    return Owed.TO_YOU
