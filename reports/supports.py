"""What answers and findings rest on, as a report keeps it: titles, hashes, strengths, people."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from assessments.models import Assessment, Support
from assessments.supports import (
    by_answer,
    by_finding,
    has_closed_model,
    strength_of,
    supports_of,
)
from models_registry.models import Evidence

Told = dict[str, Any]
HASH_SHOWN = 12
_CONFIDENTIAL = Evidence.Confidentiality.CONFIDENTIAL


def supports_in(assessment: Assessment) -> dict[UUID, list[Told]]:
    """The pieces behind each answer and finding, by its key."""
    rows = list(supports_of(assessment))
    closed = bool(rows) and has_closed_model(assessment)
    groups = by_answer(rows) | by_finding(rows)
    return {key: _pieces(group, closed=closed) for key, group in groups.items()}


def _pieces(rows: Iterable[Support], *, closed: bool) -> list[Told]:
    pieces: list[Told] = []
    by_run: dict[Any, Told] = {}
    for row in rows:
        strength = strength_of(row, closed=closed)
        if row.evidence:
            pieces.append(_evidence(row.evidence, strength))
        elif row.run and row.run_id in by_run:
            by_run[row.run_id]["checks"].append({"id": row.check_id, "strength": strength})
        elif row.run:
            by_run[row.run_id] = _run(row, strength)
    return [*pieces, *by_run.values()]


def _evidence(evidence: Evidence, strength: str) -> Told:
    person = evidence.confirmed_by
    # Readers of a report may be others than those who may see what is confidential.
    secret = evidence.confidentiality == _CONFIDENTIAL
    return {
        "kind": evidence.kind,
        "title": "" if secret else evidence.title,
        "sha256": evidence.stored.sha256[:HASH_SHOWN] if evidence.stored else "",
        "strength": strength,
        "confirmed_by": (person.name or person.email) if person else "",
        "confirmed_on": evidence.confirmed_at.date().isoformat() if evidence.confirmed_at else "",
    }


def _run(row: Support, strength: str) -> Told:
    run = row.run
    assert run is not None  # noqa: S101 - the caller has looked
    return {
        "kind": "run",
        "title": str(run.model),
        "day": run.as_of.isoformat(),
        "sha256": str(run.summary.get("root", ""))[:HASH_SHOWN],
        "checks": [{"id": row.check_id, "strength": strength}],
    }
