"""Document control, decision and dissent in words."""

from typing import Any

from reports.rendering import words
from reports.rendering.days import in_words

Told = dict[str, Any]
NO_LONGER = ("lapsed", "withdrawn", "superseded")


def signing_of(shown: Told) -> Told:
    """Everything that people signed, with days and functions written out."""
    language, decision = shown["language"], shown["decision"]
    control = shown.get("control") or {"submitted": None, "reviews": [], "replaces": None}
    return {
        "decision": _decision(decision, language) if decision else None,
        "submitted": _signed(control["submitted"], language) if control["submitted"] else None,
        "reviews": [_review(review, language) for review in control["reviews"]],
        "replaces": in_words(control["replaces"]["on"], language) if control["replaces"] else "",
        "dissent": [_dissent(stated, language) for stated in shown.get("dissent", [])],
        "is_reviewed": _is_reviewed(decision, control),
    }


def _is_reviewed(decision: Told | None, control: Told) -> bool:
    return bool(control["reviews"]) or bool(decision and not decision["not_reviewed"])


def _signed(signature: Told, language: str) -> Told:
    return {
        **signature,
        "day": in_words(signature["on"], language),
        "role_word": words.FUNCTIONS.get(signature["role"], ""),
    }


def _review(review: Told, language: str) -> Told:
    return {**_signed(review, language), "verdict_word": words.VERDICTS[review["verdict"]]}


def _dissent(stated: Told, language: str) -> Told:
    day = in_words(stated["on"], language)
    return {**stated, "day": day, "tier_word": words.TIERS[stated["tier"]]}


def _decision(decision: Told, language: str) -> Told:
    withdrawn = decision["withdrawn"]
    return {
        **_signed(decision, language),
        "outcome_word": words.DECISIONS[decision["outcome"]],
        "standing_word": words.STANDINGS.get(decision["standing"], ""),
        "lapse_word": words.LAPSES.get(decision["lapse"], ""),
        "until": in_words(decision["valid_until"], language),
        "withdrawn_on": in_words(withdrawn["on"], language) if withdrawn else "",
        "holds": decision["standing"] not in NO_LONGER,
    }
