"""Cells of the register as values, so that a cell which says the same is made only once."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from assessments.models import Assessment


class Cite(NamedTuple):
    text: str


class ClassCell(NamedTuple):
    tier: str
    gpai: str
    at_best: str
    at_worst: str
    cites: tuple[Cite, ...]


class DutiesCell(NamedTuple):
    tier: str
    questions_open: int
    duties_total: int
    duties_met: int
    duties_not_assessed: int


def class_cell(assessment: Assessment, cites: Iterable[Mapping[str, Any]]) -> ClassCell:
    return ClassCell(
        assessment.headline,
        assessment.gpai,
        assessment.at_best,
        assessment.at_worst,
        tuple(Cite(cite["text"]) for cite in cites),
    )


def duties_cell(assessment: Assessment) -> DutiesCell:
    statuses = assessment.findings_by_status
    return DutiesCell(
        assessment.headline,
        # Told only of a use whose class is open, so that others share their cells.
        assessment.open_questions if assessment.headline == "open" else 0,
        assessment.duties,
        statuses.get("met", 0),
        statuses.get("not_assessed", 0),
    )
