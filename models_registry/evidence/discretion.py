"""What checks found, without the words and the names of files that the reader may not open."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Actor, Membership
from models_registry.checks.intake.content import Kind
from models_registry.models import CheckRun, Evidence
from models_registry.models.evidence import READS_CONFIDENTIAL

Told = dict[str, Any]
_PLACES = ("line", "page", "start", "end")


@dataclass(frozen=True, slots=True)
class Discretion:
    """The files of a run on both sides of the line; only those kept back need any care."""

    open: tuple[Told, ...]
    kept_back: tuple[Told, ...]

    def may_read(self, evidence: str) -> bool:
        return all(row["evidence"] != evidence for row in self.kept_back)

    def keeps_back(self, sha256: str) -> bool:
        """Whether what was found in the file with this hash is told without its name and place."""
        return bool(self.kept_back) and self._is_kept_back(sha256)

    def account(self, told: Told) -> Told:
        """The account for this reader: conclusions stay, quotes and places of others' go."""
        if not self.kept_back:
            return told
        hashes = {row["path"]: row["sha256"] for row in told["material"]["listed"]}
        listed = [
            row for row in told["material"]["listed"] if not self._is_kept_back(row["sha256"])
        ]
        found: Told = self._without(told, hashes)
        material = {**told["material"], "listed": listed}
        return found | {"material": material} | _reworded(found, self._names(hashes))

    def _names(self, hashes: dict[str, str]) -> list[str]:
        """Paths kept back, the longest first, since one may be the end of another."""
        paths = [path for path, sha256 in hashes.items() if self._is_kept_back(sha256)]
        return sorted(paths, key=len, reverse=True)

    def _without(self, value: Any, hashes: dict[str, str]) -> Any:
        if isinstance(value, list):
            return [self._without(part, hashes) for part in value]
        if not isinstance(value, dict):
            return value
        if value.get("path") and self._is_kept_back(
            hashes.get(value["path"]) or value.get("sha256", "")
        ):
            value = _nameless(value)
        return {name: self._without(part, hashes) for name, part in value.items()}

    def _is_kept_back(self, sha256: str) -> bool:
        """Of which file it is cannot be told where an archive is kept back: then it is too."""
        if any(row["sha256"] == sha256 for row in self.open):
            return False
        if not sha256 or any(row["content"] == Kind.ZIP for row in self.kept_back):
            return True
        return any(row["sha256"] == sha256 for row in self.kept_back)


def discretion_for(actor: Actor | None, run: CheckRun) -> Discretion:
    """Which files of the run its reader may open, whatever they are marked as by now."""
    return discretions_for(actor, [run])[run.pk]


def discretions_for(actor: Actor | None, runs: Iterable[CheckRun]) -> dict[UUID, Discretion]:
    """The same for several runs, in one query; without an actor, what anybody here may open."""
    listed = list(runs)
    if isinstance(actor, Membership) and actor.has_role(*READS_CONFIDENTIAL):
        return {run.pk: Discretion(tuple(run.files), ()) for run in listed}
    readable = _readable(actor, {row["stored"] for run in listed for row in run.files})
    return {
        run.pk: Discretion(
            open=tuple(row for row in run.files if row["stored"] in readable),
            kept_back=tuple(row for row in run.files if row["stored"] not in readable),
        )
        for run in listed
    }


def _readable(actor: Actor | None, stored: Collection[Any]) -> set[str]:
    rows = Evidence.objects.filter(stored__in=stored)
    if actor is None:
        rows = rows.exclude(confidentiality=Evidence.Confidentiality.CONFIDENTIAL)
    else:
        rows = rows.visible_to(actor)
    return {str(key) for key in rows.values_list("stored_id", flat=True)}


def _reworded(told: Told, paths: list[str]) -> Told:
    """Reasons name files in their sentences."""
    groups = [
        {**group, "checks": [_reason_without(check, paths) for check in group["checks"]]}
        for group in told["groups"]
    ]
    return {"groups": groups}


def _reason_without(check: Told, paths: list[str]) -> Told:
    reason = check["reason"]
    for path in paths:
        reason = re.sub(rf"(?<![\w./-]){re.escape(path)}(?![\w/-])", nameless(), reason)
    return {**check, "reason": reason}


def _nameless(proof: Told) -> Told:
    quoted = {"quote": "", "sha256": ""} if "quote" in proof else {}
    kept = {name: part for name, part in proof.items() if name not in _PLACES}
    return kept | {"path": nameless()} | quoted


def nameless() -> str:
    """What stands where a file would be named."""
    return _("a confidential file")
