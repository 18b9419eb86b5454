"""Why the class is what it is, and what would change it, as the page of a result shows it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from law.telling import reason_lines

Page = dict[str, Any]
Told = Mapping[str, Any]
# What people can act on comes before what would put the whole use elsewhere.
_SECTIONS = [
    "effect",
    "area",
    "product",
    "never",
    "people_see",
    "model",
    "circumstances",
    "roles",
    "where",
    "what_it_is",
]


def because(leading: list[Told]) -> list[Page]:
    """The reasons under the outcome each belongs to; those that several share stand once, last."""
    lines = [reason_lines(dict(outcome)) for outcome in leading]
    if len(leading) < 2:
        return [{"title": "", "reasons": own} for own in lines if own]
    times = Counter(line["id"] for own in lines for line in own)
    groups = [
        {
            "title": outcome["title"],
            "cites": outcome["cites"],
            "reasons": [line for line in own if times[line["id"]] == 1],
        }
        for outcome, own in zip(leading, lines, strict=True)
    ]
    shared = {line["id"]: line for own in lines for line in own if times[line["id"]] > 1}
    if shared:
        groups.append({"title": "", "is_shared": True, "reasons": list(shared.values())})
    return groups


def walked(leading: list[Told], headline: str) -> list[Page]:
    """The path to each outcome that makes the headline, as its figure is drawn."""
    paths = [
        {
            "name": f"path-{number}",
            "tier": headline,
            "title": outcome["title"],
            "rules": reason_lines(dict(outcome)),
        }
        for number, outcome in enumerate(leading, start=1)
    ]
    return [path for path in paths if path["rules"]]


def pivots(told: Told) -> list[Page]:
    """Each question with the answers to it that would do the same, the most telling first."""
    lines: dict[tuple[Any, ...], Page] = {}
    for pivot in told["pivots"]:
        gained, lost = len(pivot["duties_gained"]), len(pivot["duties_lost"])
        key = (pivot["id"], pivot["headline"], pivot["gpai"], gained, lost)
        line = lines.setdefault(
            key,
            {
                "id": pivot["id"],
                "section": pivot["section"],
                "question": pivot["question"],
                "given": pivot["answer"],
                "answers": [],
                "tier": pivot["headline"],
                "gpai": pivot["gpai"],
                "gpai_changes": pivot["gpai"] not in ("none", told["gpai"]),
                "gained": gained,
                "lost": lost,
            },
        )
        line["answers"].append(pivot["instead"])
        line["others"] = len(line["answers"]) - 1
    return _one_of_each_first(sorted(lines.values(), key=_telling_first))


def _telling_first(line: Page) -> tuple[bool, int, int]:
    moved = line["gained"] + line["lost"]
    is_open = line["tier"] == "open" or line["gpai"] == "open"
    return is_open, _SECTIONS.index(line["section"]), -moved


def _one_of_each_first(lines: Iterable[Page]) -> list[Page]:
    """No question a second time before every other one has had its turn."""
    turns: Counter[str] = Counter()
    placed = []
    for line in lines:
        placed.append((turns[line["id"]], line))
        turns[line["id"]] += 1
    return [line for _turn, line in sorted(placed, key=lambda place: place[0])]
