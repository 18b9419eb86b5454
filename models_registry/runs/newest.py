"""Runs of checks as pages read them, and what one would look at now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import Actor
from models_registry.checks.catalogue import load
from models_registry.checks.keeping import values_as_data
from models_registry.checks.licences.decision import OwnDecision
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.models import AIModel, Attachment, CheckRun, LicenceDecision
from models_registry.runs.claims import claims_of

_LARGE = ("results", "accounts")


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a run on that day would rest on; equal digests, equal results."""

    files: list[dict[str, Any]]
    claims: dict[str, Any]
    decision: dict[str, str] | None
    on: date
    catalogue: str

    @property
    def digest(self) -> str:
        # A title does not change what is found in a file, and its name does.
        files = [[row["sha256"], row["name"]] for row in self.files]
        content = [files, self.claims, self.decision, self.on.isoformat(), self.catalogue]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def basis_of(model: AIModel, *, on: date) -> Basis:
    """What is attached to the model and said of it now."""
    return Basis(
        files=attached_files(model),
        claims=values_as_data(claims_of(model)),
        decision=decision_as_data(standing_decision(model)),
        on=on,
        catalogue=load().digest,
    )


def attached_files(model: AIModel) -> list[dict[str, Any]]:
    """One row for each file, in the order in which they were attached; links have no bytes."""
    attached = Attachment.objects.filter(
        model=model, evidence__archived_at=None, evidence__stored__isnull=False
    )
    rows: dict[str, dict[str, Any]] = {}
    for attachment in attached.select_related("evidence__stored"):
        evidence = attachment.evidence
        stored = evidence.stored
        if stored is None:
            continue
        row = {
            "evidence": str(evidence.pk),
            "stored": str(stored.pk),
            "name": evidence.file_name or evidence.title,
            "title": evidence.title,
            "sha256": stored.sha256,
            "size": stored.size,
            "content": stored.content,
        }
        rows.setdefault(stored.sha256, row)
    return list(rows.values())


def runs_of(actor: Actor) -> QuerySet[CheckRun]:
    """The runs that somebody may see, without what only the page of one run shows."""
    rows = CheckRun.objects.visible_to(actor).select_related("model", "requested_by")
    return rows.defer(*_LARGE)


def whole_runs_of(actor: Actor) -> QuerySet[CheckRun]:
    """The same with what one page tells in words; the results themselves are for programs."""
    return runs_of(actor).defer(None).defer("results")


def newest_run(model: AIModel) -> CheckRun | None:
    """The newest run that is done, with its results."""
    return CheckRun.objects.filter(model=model, state=CheckRun.State.DONE).first()


def latest_run(model: AIModel) -> CheckRun | None:
    """The run that was asked for last, whatever became of it."""
    return CheckRun.objects.filter(model=model).defer(*_LARGE).first()


def has_changed_since(run: CheckRun, model: AIModel) -> bool:
    """Whether a run on the same day would look at something else now."""
    return bool(basis_of(model, on=run.as_of).digest != run.summary.get("basis"))


def standing_decision(model: AIModel) -> LicenceDecision | None:
    """The organisation's own decision on the licence that holds until it is withdrawn."""
    rows = LicenceDecision.objects.filter(model=model, withdrawn_at=None)
    return rows.select_related("decided_by").first()


def decision_as_data(decision: LicenceDecision | None) -> dict[str, str] | None:
    if decision is None:
        return None
    who = decision.decided_by
    return {
        "id": str(decision.pk),
        "plan_on": decision.plan_on,
        "reason": decision.reason,
        "by": who.name or who.email,
        "on": decision.decided_on.isoformat(),
        "text": decision.text_sha256,
    }


def decision_from_data(data: Mapping[str, str] | None) -> OwnDecision | None:
    """As the checks take it."""
    if not data:
        return None
    return OwnDecision(
        plan_on=LicenceVerdict(data["plan_on"]),
        reason=data["reason"],
        by=data["by"],
        on=date.fromisoformat(data["on"]),
        text=data["text"],
    )
