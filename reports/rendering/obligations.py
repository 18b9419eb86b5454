"""Duties with their findings: rows, groups by day, counts and gaps."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from reports.rendering.days import in_words
from reports.rendering.evidence import pieces_in_words
from reports.rendering.words import KINDS, SEVERITIES, STATUSES, STRENGTHS

Told = dict[str, Any]
STATUS_ORDER = ("met", "partly_met", "not_met", "not_assessed")
_UNASSESSED = {"status": "not_assessed", "strength": "none", "severity": "", "reason": ""}
_GRAVEST_FIRST = ("critical", "major", "minor", "observation", "")
_NO_DAY = "9999"
CITES_AT_MOST = 3
_NUMBERED = re.compile(r"(\d*)(\D+|$)")


def obligation_rows(snapshot: Told) -> list[Told]:
    """Every duty, option and right of the result, each with its finding in words."""
    roles = {role["id"]: role["title"] for role in snapshot["result"]["roles"]}
    return [
        _row(duty, snapshot["findings"].get(duty["id"], _UNASSESSED), roles, snapshot["language"])
        for duty in sorted(snapshot["result"]["duties"], key=_place_in_the_act)
    ]


def _place_in_the_act(duty: Told) -> list[tuple[int, str]]:
    """Articles before annexes, and 26(2) before 26(11)."""
    return [(int(part or 0), text) for part, text in _NUMBERED.findall(duty["id"])]


def _row(duty: Told, finding: Told, roles: dict[str, str], language: str) -> Told:
    return {
        **duty,
        **finding,
        "role_names": [roles.get(role, role) for role in duty["roles"]],
        "kind_word": KINDS.get(duty["kind"], ""),
        "status_word": STATUSES[finding["status"]],
        "strength_word": STRENGTHS[finding["strength"]],
        "severity_word": SEVERITIES.get(finding["severity"], ""),
        "day": in_words(duty["applies_from"], language),
        "fine_text": _short_fine(duty["fine"]),
        "cites_text": _first_cites(duty["cites"]),
        "pieces": pieces_in_words(finding.get("supports", ()), language),
    }


def _short_fine(fine: Told) -> str:
    """The provision that sets the fine; the further ones only say which ceiling counts for whom."""
    return str(fine["cites"][0]["text"] if fine["cites"] else fine["title"])


def _first_cites(cites: list[Told]) -> str:
    """At most three provisions for a narrow column; all stand with the obligation in full."""
    texts = [cite["text"] for cite in cites]
    if len(texts) <= CITES_AT_MOST:
        return ", ".join(texts)
    shown = CITES_AT_MOST - 1
    return f"{', '.join(texts[:shown])} (+{len(texts) - shown})"


def applying(rows: Iterable[Told]) -> list[Told]:
    """What must be done: duties that apply, without options, rights and what is still open."""
    return [row for row in rows if row["kind"] == "duty" and not row["open"]]


def possible(rows: Iterable[Told]) -> list[Told]:
    return [row for row in rows if row["kind"] == "duty" and row["open"]]


def not_owed(rows: Iterable[Told]) -> list[Told]:
    """Options and rights."""
    return [row for row in rows if row["kind"] != "duty"]


def by_day(rows: Iterable[Told]) -> list[Told]:
    """The rows grouped by their first day, the earliest first, those without a day last."""
    groups = []
    for _key, members in groupby(sorted(rows, key=_day_key), key=_day_key):
        group = list(members)
        day = group[0]["applies_from"]
        groups.append({"heading": _heading(group[0]), "applies_from": day, "rows": group})
    return groups


def _day_key(row: Told) -> str:
    return row["applies_from"] or _NO_DAY


def _heading(row: Told) -> str:
    if not row["day"]:
        return _("Only after a significant change of the design")
    text = _("In force since %(day)s") if row["bites"] else _("From %(day)s")
    return text % {"day": row["day"]}


def counted(rows: Iterable[Told]) -> Told:
    """How many obligations stand where; met ones that a person or the system verified apart."""
    listed = list(rows)
    counts = Counter(row["status"] for row in listed)
    met = [row for row in listed if row["status"] == "met"]
    found = gaps(listed)
    return {
        **{status: counts[status] for status in (*STATUS_ORDER, "not_applicable")},
        "total": len(listed),
        "verified": sum(row["strength"] in ("verified", "independent") for row in met),
        "gaps": len(found),
        "critical": sum(row["severity"] == "critical" for row in found),
    }


def gaps(rows: Iterable[Told]) -> list[Told]:
    """Obligations met in part or not at all, the gravest first."""
    found = [row for row in rows if row["status"] in ("partly_met", "not_met")]
    return sorted(found, key=lambda row: _GRAVEST_FIRST.index(row["severity"]))
