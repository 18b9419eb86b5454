"""Snapshots of the examples, made without a database."""

from assessments.law_in_use import catalogue
from law import determine
from reports.rendering import to_html
from reports.selectors import described_file
from reports.snapshot import canonical, read_snapshot, snapshot_of
from tests.assessments.factories import DAY, described

STATUSES = ("met", "partly_met", "not_met", "not_assessed", "not_applicable")


def a_snapshot(example="recruitment", language="en", **changes):
    """The content of a report, as it comes back from the row that keeps it."""
    use = described(example)
    result = determine(catalogue(), use.facts, on=DAY)
    snapshot = snapshot_of(described_file(use, result, on=DAY), language=language)
    return read_snapshot(canonical(snapshot | changes).text)


def an_assessed_snapshot(**changes):
    """One in which the duties stand in every status, a third of the gaps critical."""
    snapshot = a_snapshot(**changes)
    for number, duty in enumerate(snapshot["result"]["duties"]):
        status = STATUSES[number % len(STATUSES)]
        is_gap = status in ("partly_met", "not_met")
        snapshot["findings"][duty["id"]] = {
            "status": status,
            "strength": ("documented", "verified")[number % 2] if status == "met" else "none",
            "severity": ("critical", "major", "minor")[number % 3] if is_gap else "",
            "reason": "Nobody has been named yet." if is_gap else "",
        }
    return snapshot


def in_state(state, **changes):
    snapshot = a_snapshot(**changes)
    snapshot["document"]["state"] = state
    return snapshot


def without_words_of_others(snapshot):
    """The snapshot with every text of the law and of users silenced, so that ours remain."""
    kept = {"url", "id", "kind", "tier", "headline", "state", "status", "strength", "severity"}
    kept |= {"language", "day", "applies_from", "created", "section", "basis", "access", "mark"}
    kept |= {"version", "in_force", "as_of", "next_day", "at_best", "at_worst", "gpai", "roles"}
    kept |= {"size_class", "source", "celex", "at", "by", "reading", "option"}
    return _silenced(snapshot, kept)


def _silenced(value, kept, name=""):
    if isinstance(value, dict):
        return {key: _silenced(part, kept, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_silenced(part, kept, name) for part in value]
    return "–" if isinstance(value, str) and name not in kept else value


def chrome(language):
    """All that the document says of itself, in every state it can be in."""
    snapshots = [
        without_words_of_others(an_assessed_snapshot(language=language)),
        without_words_of_others(a_snapshot("spam_filter", language)),
    ]
    return "\n".join(to_html(snapshot) for snapshot in snapshots)
