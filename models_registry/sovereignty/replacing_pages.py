"""What changes when one model takes another's place, as the page shows it; nothing is changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext

from models_registry.checks.comparison import LevelChange, WhatIf, replaced
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.sovereignty.levels import Level, NotApplicable, Scored
from models_registry.checks.words import Words
from models_registry.comparison.chosen import Chosen
from models_registry.comparison.pages import column, evidence_cell
from models_registry.comparison.words import (
    CONDITIONS,
    condition_words,
    fact_name,
    value_words,
    words,
)
from models_registry.provisions import grouped, told_provision
from models_registry.sovereignty.knowledge import check_catalogue

Page = dict[str, Any]
_GATE = "gate "


def replacing_page(before: Chosen, after: Chosen) -> Page:
    """Everything that changes, the gravest first, in the words of the page."""
    said, change = words(), replaced(before.given, after.given)
    return {
        "before": column(before, said),
        "after": column(after, said),
        "stops": _gates(change.stops, said),
        "no_longer_stops": _gates(change.no_longer_stops, said),
        "gained": _effects(change.gained, said),
        "lost": _effects(change.lost, said),
        "exemption": _exemption(change, said),
        "conditions": _conditions(change, before, after),
        "evidence": _evidence(change, said),
        "weaker": sum(one.stronger is False for one in change.evidence),
        "stronger": sum(one.stronger is True for one in change.evidence),
        "levels": [_level(one, said) for one in change.levels],
        "opened": [_criterion(name, said) for name in change.opened],
        "settled": [_criterion(name, said) for name in change.settled],
        "facts": _facts(change, said),
    }


def _gates(names: Iterable[str], said: Words) -> list[Page]:
    rows = said.catalogue.section("sovereignty_gates")
    return [
        {"title": said.text(rows[name]["title"]), "text": said.text(rows[name]["text"])}
        for name in names
    ]


def _effects(effects: Iterable[Effect], said: Words) -> list[str]:
    known = licences(check_catalogue()).effects
    return [said.text(known[effect].title) for effect in effects]


def _exemption(change: WhatIf, said: Words) -> Page:
    before, after = change.exemption.before, change.exemption.after
    return {
        "before": said.of(f"licence_{before}"),
        "after": said.of(f"licence_{after}"),
        "changes": before != after,
    }


def _conditions(change: WhatIf, before: Chosen, after: Chosen) -> list[Page]:
    return [
        {
            "label": str(CONDITIONS.get(one.name, one.name)),
            "before": _condition(one.before, before),
            "after": _condition(one.after, after),
        }
        for one in change.conditions
    ]


def _condition(value: object, model: Chosen) -> str:
    """Empty where no licence is known: nothing said is then no absence of a condition."""
    if value is None:
        return "–" if model.given.licence else ""
    return condition_words(value)


def _facts(change: WhatIf, said: Words) -> list[Page]:
    return [
        {
            "label": fact_name(one.name, said),
            "before": "" if one.before is None else value_words(one.name, one.before),
            "after": "" if one.after is None else value_words(one.name, one.after),
        }
        for one in change.facts
    ]


def _evidence(change: WhatIf, said: Words) -> list[Page]:
    rows = {one.before.provision: one for one in change.evidence}
    ordered = [name for _head, names in grouped(rows) for name in names]
    return [
        {
            "provision": told_provision(name, said),
            "before": evidence_cell(rows[name].before),
            "after": evidence_cell(rows[name].after),
            "turn": _turn(rows[name].stronger),
        }
        for name in ordered
    ]


def _level(one: LevelChange, said: Words) -> Page:
    row: Mapping[str, Any] = said.catalogue.section("sovereignty_criteria")[one.criterion]
    return {
        "label": said.text(row["title"]),
        "before": _scored(one.before, row, said),
        "after": _scored(one.after, row, said),
        "turn": _turn(one.better),
    }


def _turn(better: bool | None) -> str:
    return "open" if better is None else "better" if better else "worse"


def _scored(scored: Scored, row: Mapping[str, Any], said: Words) -> str:
    if isinstance(scored, NotApplicable):
        return said.of("criterion_not_applicable")
    if not isinstance(scored, Level):
        return ""
    levels = [said.text(row["levels"][number]) for number in sorted({scored.low, scored.high})]
    span = str(scored.low) if len(levels) == 1 else f"{scored.low}–{scored.high}"
    return f"{span}: " + f" {pgettext('a range', 'to')} ".join(levels)


def _criterion(name: str, said: Words) -> str:
    if name.startswith(_GATE):
        rows = said.catalogue.section("sovereignty_gates")
        return said.text(rows[name.removeprefix(_GATE)]["title"])
    return said.text(said.catalogue.section("sovereignty_criteria")[name]["title"])
