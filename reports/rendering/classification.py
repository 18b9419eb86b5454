"""The class: every rung of the ladder, the reasons with numbers, and what would change it."""

from typing import Any

from reports.rendering import words
from reports.rendering.reasoning import Numbering, leading

Told = dict[str, Any]
MOST_TELLING = 5
# Other answers here would describe another thing, not another way to use this one.
BASICS = ("what_it_is", "where", "roles")
RUNG = 24


def ladder(result: Told) -> list[Told]:
    """Each class from the gravest down, with what came of it."""
    rungs: list[Told] = []
    for tier, title in words.TIERS.items():
        if tier == "open":
            continue
        outcomes = [outcome for outcome in result["outcomes"] if outcome["tier"] == tier]
        held = [outcome for outcome in outcomes if not outcome["open"]]
        truth = "true" if held else "open" if outcomes else "false"
        cites = {cite["text"]: None for outcome in held or outcomes for cite in outcome["cites"]}
        rungs.append(
            {
                "title": title,
                "truth": truth,
                "word": words.TRUTHS[truth],
                "cites": list(cites)[:3],
                "is_headline": tier == result["headline"],
                "y": RUNG * len(rungs) + RUNG // 2,
            }
        )
    return rungs


def reasoned(result: Told) -> Told:
    """Outcomes and roles with numbered reasons; numbers run on, so that each is unique."""
    numbering = Numbering()
    first = leading(result["outcomes"], result["headline"])
    others = [outcome for outcome in result["outcomes"] if outcome not in first]
    return {
        "leading": [_outcome(numbering, outcome) for outcome in first],
        "further": [_outcome(numbering, outcome) for outcome in others],
        "roles": [numbering.reasoned(role) for role in result["roles"]],
    }


def _outcome(numbering: Numbering, outcome: Told) -> Told:
    tier = words.TIERS.get(outcome["tier"]) or words.GPAI[outcome["tier"]]
    return {**numbering.reasoned(outcome), "tier_word": tier}


def pivots_of(pivots: list[Told]) -> list[Told]:
    """The few single answers that would change most: one for each question and new class."""

    def telling(pivot: Told) -> tuple[bool, bool, int]:
        moved = len(pivot["duties_lost"]) + len(pivot["duties_gained"])
        return pivot["headline"] == "open", pivot["section"] in BASICS, -moved

    chosen: dict[str, Told] = {}
    for pivot in sorted(pivots, key=telling):
        chosen.setdefault(pivot["id"], pivot)
    return [
        {
            **pivot,
            "tier_word": words.TIERS[pivot["headline"]],
            "gained": len(pivot["duties_gained"]),
            "lost": len(pivot["duties_lost"]),
        }
        for pivot in list(chosen.values())[:MOST_TELLING]
    ]
