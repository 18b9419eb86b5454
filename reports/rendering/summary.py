"""What stands on the first page with text: the class, the reasons and the numbers."""

from typing import Any

from law.telling import reason_lines
from reports.rendering import words
from reports.rendering.days import in_words
from reports.rendering.obligations import by_day, gaps
from reports.rendering.reasoning import leading

Told = dict[str, Any]
REASONS_AT_MOST = 3
ROWS_AT_MOST = 5


def summary_of(shown: Told, owed: list[Told], counts: Told) -> Told:
    """The words and numbers of the executive summary."""
    result = shown["result"]
    first = leading(result["outcomes"], result["headline"])
    return {
        "headline": words.HEADLINES[_headline(result)],
        "tier_word": words.TIERS[result["headline"]],
        "tier": result["headline"],
        "best": words.TIERS[result["at_best"]],
        "worst": words.TIERS[result["at_worst"]],
        "is_open": result["headline"] == "open",
        "gpai_word": words.GPAI[result["gpai"]] if result["gpai"] != "none" else "",
        "cites": list(dict.fromkeys(cite["text"] for o in first for cite in o["cites"])),
        "reasons": _reasons(first),
        "roles": [role["title"] for role in result["roles"] if not role["open"]],
        "possible_roles": [role["title"] for role in result["roles"] if role["open"]],
        "next_day": in_words(result["next_day"], shown["language"]),
        "possible": sum(duty["open"] and duty["kind"] == "duty" for duty in result["duties"]),
        "open_questions": len(result["open_questions"]),
        "nothing_assessed": counts["not_assessed"] == counts["total"],
        "days": [
            {"heading": group["heading"], "count": len(group["rows"])} for group in by_day(owed)
        ],
        "first_due": _first_due(owed),
        "top_gaps": gaps(owed)[:ROWS_AT_MOST],
    }


def _headline(result: Told) -> str:
    is_model = result["headline"] == "not_a_system" and result["gpai"] != "none"
    return "model" if is_model else str(result["headline"])


def _reasons(first: list[Told]) -> list[Told]:
    """The steps that speak beneath the outcomes that make the headline, each once."""
    steps = {step["id"]: step for outcome in first for step in reason_lines(outcome)}
    return list(steps.values())[:REASONS_AT_MOST]


def _first_due(owed: list[Told]) -> list[Told]:
    """What begins first of all that is not yet met."""
    waiting = [row for row in owed if row["status"] != "met" and row["applies_from"]]
    return sorted(waiting, key=lambda row: str(row["applies_from"]))[:ROWS_AT_MOST]
