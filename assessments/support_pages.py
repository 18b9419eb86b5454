"""What an answer or a finding rests on, as the pages show it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership
from assessments.answering import why_only_reading
from assessments.duty_checks import DutyChecks, checks_for, points_of
from assessments.known_models import KnownModel
from assessments.models import Assessment, Support
from assessments.supports import (
    by_answer,
    by_finding,
    has_closed_model,
    is_capped,
    strength_of,
    supports_of,
)
from law.wording import cites_in_words
from models_registry.checks.words import Words
from models_registry.evidence.pages import evidence_url
from models_registry.models import CheckRun, Evidence
from models_registry.sovereignty.knowledge import check_catalogue

Page = dict[str, Any]
HASH_SHOWN = 12
_ABOVE = (Evidence.Strength.VERIFIED, Evidence.Strength.INDEPENDENT)
# How the page of a run names what its checks are evidence for.
_FRAMES = {
    "Annex XII": "annex_xii",
    "Annex XI": "annex_xi",
    "Annex IV": "annex_iv",
    "Art 53": "art_53",
    "Art 55": "art_55",
    "Art 15": "art_13",
    "Art 25": "art_13",
}


def supports_by_owner(
    assessment: Assessment, member: Membership, language: str
) -> dict[UUID, list[Page]]:
    """The lines under each answer and finding of an assessment, by its key."""
    rows = list(supports_of(assessment))
    if not rows:
        return {}
    closed = has_closed_model(assessment)
    seen = visible_evidence(rows, member)
    groups = by_answer(rows) | by_finding(rows)
    return {
        key: support_lines(group, seen, closed=closed, language=language)
        for key, group in groups.items()
    }


def visible_evidence(rows: Iterable[Support], member: Membership) -> set[UUID]:
    """Which of the evidence the reader may open; of the rest only its being there is told."""
    keys = [row.evidence_id for row in rows if row.evidence_id]
    visible = Evidence.objects.visible_to(member).filter(pk__in=keys) if keys else ()
    return {evidence.pk for evidence in visible}


def support_lines(
    rows: Iterable[Support], seen: Collection[UUID], *, closed: bool, language: str
) -> list[Page]:
    listed = list(rows)
    evidence = [_evidence_line(row, seen, closed=closed) for row in listed if row.evidence]
    return evidence + _run_lines([row for row in listed if row.run], language)


def _evidence_line(row: Support, seen: Collection[UUID], *, closed: bool) -> Page:
    evidence = row.evidence
    assert evidence is not None  # noqa: S101 - the caller has looked
    readable = evidence.pk in seen
    person = evidence.confirmed_by
    return {
        "title": evidence.title if readable else _("Confidential evidence"),
        "url": evidence_url(evidence) if readable else "",
        "kind": evidence.get_kind_display(),
        "hash": evidence.stored.sha256[:HASH_SHOWN] if readable and evidence.stored else "",
        "strength": strength_of(row, closed=closed),
        "capped": is_capped(row, closed=closed)
        and evidence.strength in ("verified", "independent"),
        "confirmed_by": (person.name or person.email) if person else "",
        "confirmed_at": evidence.confirmed_at,
        "valid_to": evidence.valid_to,
        "archived": evidence.archived_at,
        "remove_url": reverse("assessments:support-remove", args=[row.pk]),
    }


def _run_lines(rows: list[Support], language: str) -> list[Page]:
    """One line for each run, with the checks of it that count."""
    words = Words(check_catalogue(), language)
    by_run: dict[UUID, list[Support]] = {}
    for row in rows:
        by_run.setdefault(row.run_id, []).append(row)  # type: ignore[arg-type]
    lines = []
    for group in by_run.values():
        run = group[0].run
        assert run is not None  # noqa: S101 - the caller has looked
        lines.append(
            {
                "title": _("Checks of %(model)s") % {"model": run.model},
                "url": run_url(run),
                "kind": _("run of checks"),
                "hash": str(run.summary.get("root", ""))[:HASH_SHOWN],
                "as_of": run.as_of,
                "checks": [_check_line(row, words) for row in group],
                "remove_url": reverse("assessments:support-remove", args=[group[0].pk]),
            }
        )
    return lines


def _check_line(row: Support, words: Words) -> Page:
    entry = words.catalogue.checks.get(row.check_id)
    return {
        "id": row.check_id,
        "title": words.text(entry.title) if entry else "",
        "strength": strength_of(row, closed=False),
    }


def run_url(run: CheckRun, duty_id: str = "") -> str:
    """The page of a run, narrowed to what is evidence for the duty."""
    url = reverse("models_registry:run-detail", args=[run.pk])
    frames = {
        frame
        for provision in points_of(duty_id)
        for beginning, frame in _FRAMES.items()
        if provision.split("(")[0] == beginning
    }
    return f"{url}?frame={frames.pop()}" if len(frames) == 1 else url


def duty_evidence(
    groups: Iterable[Page],
    assessment: Assessment,
    models: list[KnownModel],
    member: Membership,
    language: str,
) -> None:
    """Puts under each duty what checks found for it, what it rests on, and where to see to it."""
    findings = {finding.duty_id: finding for finding in assessment.findings.all()}
    supports = supports_by_owner(assessment, member, language)
    may_change = not why_only_reading(assessment, member)
    for duty in (duty for group in groups for duty in group["duties"]):
        finding = findings.get(duty["id"])
        if finding is None or duty["possible"]:
            continue
        checks = checks_for(duty["id"], models)
        duty["checks"] = checks_line(checks) if checks else None
        duty["supports"] = supports.get(finding.pk, [])
        if may_change or duty["supports"] or duty["checks"]:
            duty["evidence_url"] = reverse("assessments:finding-evidence", args=[finding.pk])


def checks_line(found: DutyChecks) -> Page | None:
    """How many checks hold, how strong the strongest is, how many points they cover."""
    if not found.held and not found.failed:
        return None
    runs = {known.run.pk: known for known, _r in (*found.held, *found.failed) if known.run}
    return {
        "count": len({result.check for _known, result in found.held}),
        "failed": len({result.check for _known, result in found.failed}),
        "strongest": found.strongest.name.lower(),
        "weakest": found.weakest.name.lower(),
        "points": len(found.points),
        "points_held": found.points_held,
        "runs": [_run_of(known, found.duty_id) for known in runs.values()],
    }


def _run_of(known: KnownModel, duty_id: str) -> Page:
    assert known.run is not None  # noqa: S101 - the caller has looked
    return {
        "model": str(known.model),
        "as_of": known.run.as_of,
        "url": run_url(known.run, duty_id),
    }


def points_page(found: DutyChecks, language: str) -> list[Page]:
    """Each provision that checks look at, with those that hold, fail, or are missing."""
    words = Words(check_catalogue(), language)
    held = _by_check(found.held)
    failed = _by_check(found.failed)
    return [
        {
            "cite": cites_in_words((provision,), language)[0],
            "held": [_found_check(held[check], words) for check in checks if check in held],
            "failed": [_found_check(failed[check], words) for check in checks if check in failed],
        }
        for provision, checks in sorted(found.points.items())
    ]


def _by_check(found: Iterable[tuple[KnownModel, Any]]) -> Mapping[str, Any]:
    return {result.check: result for _known, result in found}


def _found_check(result: Any, words: Words) -> Page:
    entry = words.catalogue.checks[result.check]
    return {
        "id": result.check,
        "title": words.text(entry.title),
        "reason": words.catalogue.reason(result, words.language),
        "strength": result.strength.name.lower(),
    }
