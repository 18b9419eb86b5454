"""Models beside each other as the page shows them, and as others write them into a sheet."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from models_registry.checks.comparison import Comparison, EvidenceRow, Row, Terms, compare
from models_registry.checks.evidence import Evidence, Need
from models_registry.checks.exemption_register import exemption_by_register
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength
from models_registry.checks.sovereignty.levels import HIGHEST
from models_registry.checks.sovereignty.profile import Mean
from models_registry.checks.words import Words
from models_registry.comparison.chosen import Chosen
from models_registry.comparison.words import (
    CONDITIONS,
    NEEDS,
    condition_words,
    fact_name,
    known_words,
    source_words,
    strength_name,
    words,
)
from models_registry.models import AIModel
from models_registry.provisions import grouped, told_head, told_provision
from models_registry.sovereignty.knowledge import check_catalogue

Page = dict[str, Any]
Cells = Sequence[Page]

_ORDER = ("access", "in_union", "release_date", "general_purpose", "parameters_total")
_NOT_CONDITIONS = ("effects", "basis")
_ASIDE = ("id", "source", "source_title")
_WITH_YOU = (Need.PRODUCE, Need.PRODUCE_OR_ASK, Need.ASK, Need.IMPOSSIBLE)


def comparison_page(chosen: Sequence[Chosen], *, differences_only: bool) -> Page:
    """The columns, and the sections with their rows; each row has a cell for each column."""
    said = words()
    given = {one.key: one.given for one in chosen}
    whole = compare(given)
    sections = [
        _glance(whole, chosen, said),
        _facts(whole, said),
        _licences(whole, said),
        _sovereignty(whole, said),
        _evidence(whole, said),
        _with_you(whole, said),
    ]
    _number(sections)
    if differences_only:
        sections = [_only_different(section) for section in sections]
    return {
        "columns": [column(one, said) for one in chosen],
        "sections": [section for section in sections if section["groups"]],
        "hidden": sum(section.get("hidden", 0) for section in sections),
    }


def _number(sections: Iterable[Page]) -> None:
    """A name for each cell, so that the patterns of two drawings do not meet."""
    for section in sections:
        rows = [row for group in section["groups"] for row in group["rows"]]
        for place, cell in enumerate(cell for row in rows for cell in row["cells"]):
            cell["id"] = f"{section['id']}-{place}"


def column(one: Chosen, said: Words) -> Page:
    """The head of a column: which model, from where, and whether its weights can be had."""
    closed, access = one.given.closed, one.given.value("access")
    labels = dict(AIModel.Access.choices)
    return {
        "key": one.key,
        "name": one.name,
        "provider": one.provider,
        "url": one.url,
        "registered": one.registered,
        "openness": "unknown" if closed is None else "closed" if closed else "open",
        "access": str(labels.get(str(access), "")),
    }


def _only_different(section: Page) -> Page:
    hidden, groups = 0, []
    for group in section["groups"]:
        rows = [row for row in group["rows"] if row["differs"]]
        hidden += len(group["rows"]) - len(rows)
        groups += [{**group, "rows": rows}] if rows else []
    return {**section, "groups": groups, "hidden": hidden}


def _section(name: str, title: str, groups: Iterable[Page], note: str = "") -> Page:
    return {"id": name, "title": title, "note": note, "groups": list(groups)}


def _plain(rows: Iterable[Page]) -> list[Page]:
    return [{"title": "", "heading": "", "rows": list(rows)}]


def _row(label: str, cells: Iterable[Page], *, differs: bool | None = None, **more: Any) -> Page:
    listed = list(cells)
    if differs is None:
        differs = any(_shown(cell) != _shown(listed[0]) for cell in listed[1:])
    return {"label": label, "cells": listed, "differs": differs, **more}


def _shown(cell: Page) -> object:
    return {name: value for name, value in cell.items() if name not in _ASIDE}


def _glance(whole: Comparison, chosen: Sequence[Chosen], said: Words) -> Page:
    held = [_of_model(whole, place) for place in range(len(whole.names))]
    rows = [
        _row(
            _("Licence under the exemption"),
            [_licence_verdict(one, said) for one in whole.licences],
        ),
        _row(_("Free and open-source exemption"), [_exemption(one, said) for one in chosen]),
        _bars(_("Evidence held now"), held, lambda one: one.strength),
        _bars(_("Evidence that can be had at best"), held, lambda one: one.reachable),
        _row(_("Material checked"), [_checked(one) for one in chosen]),
        _row(_("Completeness"), [_share(one, Strength.ASSERTED) for one in held]),
        _row(_("Assurance"), [_share(one, Strength.VERIFIED) for one in held]),
        _row(_("Gaps"), [_count(whole.gaps(name)) for name in whole.names]),
        _row(_("To be produced by you alone"), [_count(whole.alone(name)) for name in whole.names]),
    ]
    note = _(
        "Completeness says for how many provisions anything is held, assurance for how many it was "
        "verified here or shown by independent work. They are never added up."
    )
    return _section("glance", _("At a glance"), _plain(rows), note)


def _of_model(whole: Comparison, place: int) -> list[Evidence]:
    return [row.cells[place] for row in whole.evidence]


def _bars(
    label: str, held: Iterable[list[Evidence]], strength: Callable[[Evidence], Strength]
) -> Page:
    counts = [Counter(strength_name(strength(one)) for one in rows) for rows in held]
    cells = [{"bar": dict(count), "counts": _said_counts(count)} for count in counts]
    return _row(label, cells)


def _said_counts(counts: Mapping[str, int]) -> list[Page]:
    names = [strength_name(strength) for strength in reversed(Strength)]
    return [{"strength": name, "count": counts[name]} for name in names if counts.get(name)]


def _checked(one: Chosen) -> Page:
    if not one.given.results:
        return {"text": _("none yet")}
    number = len(one.given.results)
    return {"text": ngettext("%(n)d check ran", "%(n)d checks ran", number) % {"n": number}}


def _share(rows: Sequence[Evidence], least: Strength) -> Page:
    shown = sum(one.strength >= least for one in rows)
    text = _("%(some)d of %(all)d") % {"some": shown, "all": len(rows)}
    return {
        "text": text,
        "figure": shown,
        "meter": {"low": shown, "high": shown, "whole": len(rows)},
    }


def _count(rows: Sequence[Evidence]) -> Page:
    number = len(rows)
    return {"text": ngettext("%(n)d provision", "%(n)d provisions", number) % {"n": number}}


def _licence_verdict(terms: Terms | None, said: Words) -> Page:
    if terms is None:
        return {"text": ""}
    return {"text": said.of(f"licence_{terms.verdict}"), "verdict": terms.verdict.value}


def _exemption(one: Chosen, said: Words) -> Page:
    verdict, note = one.given.exemption, ""
    if verdict is LicenceVerdict.UNKNOWN:
        supposed = exemption_by_register(one.given).if_general_purpose
        if supposed is not LicenceVerdict.UNKNOWN:
            word = said.of(f"licence_{supposed}")
            note = _("If it is a general-purpose model: %(verdict)s") % {"verdict": word}
    return {"text": said.of(f"licence_{verdict}"), "verdict": verdict.value, "note": note}


def _facts(whole: Comparison, said: Words) -> Page:
    known = {name: place for place, name in enumerate(_ORDER)}
    rows = sorted(whole.facts, key=lambda row: known.get(row.name, len(known)))
    return _section("facts", _("Facts"), _plain(_fact(row, said) for row in rows))


def _fact(row: Row, said: Words) -> Page:
    cells = []
    for known in row.cells:
        cell: Page = {"text": known_words(row.name, known)}
        if known:
            cell["strength"] = strength_name(known.strength)
            cell["source"], cell["source_title"] = source_words(known)
        cells.append(cell)
    return _row(fact_name(row.name, said), cells, differs=row.differs)


def _licences(whole: Comparison, said: Words) -> Page:
    terms = whole.licences
    known = licences(check_catalogue())
    effects = [
        {"parts": [said.text(known.effects[one].title) for one in each.effects]}
        if each
        else {"text": ""}
        for each in terms
    ]
    names = dict.fromkeys(name for each in terms if each for name in each.conditions)
    rows = [
        _row(_("Licence"), [_licence(each) for each in terms]),
        _row(
            _("What its clauses do"),
            [one if one.get("parts") != [] else _nothing() for one in effects],
        ),
        *(_condition(name, terms) for name in names if name not in _NOT_CONDITIONS),
    ]
    return _section("licence", _("Licence terms"), _plain(rows))


def _nothing() -> Page:
    return {"text": _("nothing beyond the usual")}


def _licence(terms: Terms | None) -> Page:
    if terms is None:
        return {"text": ""}
    return {"text": terms.name, "strength": strength_name(terms.strength)}


def _condition(name: str, terms: Sequence[Terms | None]) -> Page:
    cells = [{"text": _conditional(name, each)} for each in terms]
    return _row(str(CONDITIONS.get(name, name)), cells)


def _conditional(name: str, terms: Terms | None) -> str:
    if terms is None:
        return ""
    return condition_words(terms.conditions[name]) if name in terms.conditions else "–"


def _sovereignty(whole: Comparison, said: Words) -> Page:
    rows = [
        _row(
            said.text(row["title"]),
            [mean_cell(one.dimensions[name]) for one in whole.profiles],
        )
        for name, row in said.catalogue.section("sovereignty_dimensions").items()
    ]
    gates = said.catalogue.section("sovereignty_gates")
    stops = [
        {"parts": [said.text(gates[name]["title"]) for name in one.stopped], "stops": True}
        if one.stopped
        else {"text": _("none known")}
        for one in whole.profiles
    ]
    note = _(
        "The model alone, on a scale from 0 to 3: where it runs and who operates it adds the rest. "
        "Coverage says how many of the criteria are known."
    )
    return _section(
        "sovereignty", _("Sovereignty"), _plain([*rows, _row(_("What stops it"), stops)]), note
    )


def mean_cell(mean: Mean) -> Page:
    """A dimension's mean between its bounds, and how much of it is known."""
    coverage = _("%(share)d %% known") % {"share": round(100 * mean.coverage)}
    if mean.low is None or mean.high is None:
        return {"text": "", "note": coverage}
    text = span_words(mean.low, mean.high)
    return {
        "text": text,
        "note": coverage,
        "meter": {"low": mean.low, "high": mean.high, "whole": HIGHEST},
    }


def span_words(low: float, high: float) -> str:
    """Two numbers as one where they are the same."""
    from_, to = f"{low:.1f}", f"{high:.1f}"
    text = from_ if from_ == to else f"{from_}–{to}"
    return text if words().language == "en" else text.replace(".", ",")


def _evidence(whole: Comparison, said: Words) -> Page:
    rows = {row.provision: row for row in whole.evidence}
    groups = []
    for head, provisions in grouped(rows):
        told = told_head(head, said)
        listed = [_provision(rows[one], said) for one in provisions]
        groups.append({"title": told["text"], "heading": told["title"], "rows": listed})
    note = _(
        "What is held for each provision, how strong it is, and who must give what is missing. "
        "Of a closed model nothing can be verified from its artefacts."
    )
    return _section("evidence", _("Evidence by obligation"), groups, note)


def _provision(row: EvidenceRow, said: Words) -> Page:
    told = told_provision(row.provision, said)
    cells = [evidence_cell(one) for one in row.cells]
    return _row(told["text"], cells, differs=row.differs, url=told["url"], about=told["about"])


def evidence_cell(one: Evidence) -> Page:
    """What is held for a provision, how strong it could get, and what is left to do."""
    beyond = one.reachable > one.strength and one.need is not Need.NONE_OWED
    return {
        "strength": strength_name(one.strength),
        "need": str(NEEDS[one.need]) if one.need is not Need.NOTHING else "",
        "reachable": strength_name(one.reachable) if beyond else "",
        "checks": ", ".join(one.held),
    }


def _with_you(whole: Comparison, said: Words) -> Page:
    rows = []
    for need in _WITH_YOU:
        cells = [
            {
                "cites": [
                    told_provision(one.provision, said)
                    for one in _of_model(whole, place)
                    if one.need is need
                ]
            }
            for place in range(len(whole.names))
        ]
        if any(cell["cites"] for cell in cells):
            label = str(NEEDS[need])
            rows.append(_row(label[:1].upper() + label[1:], cells))
    return _section("left", _("What is left to do"), _plain(rows))
