"""The class of the Model Openness Framework, worked out from our findings and not from a claim."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.catalogue import Catalogue, Row
from models_registry.checks.context import Context
from models_registry.checks.licences.catalogue import Licence
from models_registry.checks.licences.material import (
    component_of,
    declared_licence,
    is_closed,
    judged,
    own,
)
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Proof, Strength, Verdict

_OPEN = (LicenceVerdict.MEETS, LicenceVerdict.LIKELY_MEETS)
_PARTS = {"code": "code", "data": "data", "document": "docs"}
_WHOLE = ""
_APPROPRIATE = {
    "code": {"permissive", "copyleft", "model-permissive"},
    "data": {"data", "public-domain", "model-permissive", "cc"},
    "document": {"cc", "public-domain", "model-permissive"},
}
CLASSES = (3, 2, 1)


class State(StrEnum):
    INCLUDED = "included"
    UNLICENSED = "unlicensed"
    NOT_OPEN = "not_open"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which licence something is given; ``path`` is where its text stands, if anywhere."""

    licence: Licence | None
    verdict: LicenceVerdict
    path: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One of the seventeen; ``type_appropriate`` is false where the licence was made for other
    things, as a software licence on data."""

    id: str
    kind: str
    mof_class: int
    required: bool
    state: State
    type_appropriate: bool | None = None
    strength: Strength = Strength.NONE
    proof: Proof | None = None
    terms: Terms | None = None


@dataclass(frozen=True, slots=True)
class Openness:
    """``reached`` is 3 (open model), 2 (open tooling), 1 (open science) or 0 (unclassified);
    ``terms`` are those of the model as a whole."""

    components: tuple[Component, ...]
    progress: Mapping[int, float]
    reached: int
    terms: Terms


def openness(context: Context) -> Openness:
    """The class that the results so far bear out."""
    rows = context.catalogue.section("mof_components")
    found = {name: _evidence(context, row) for name, row in rows.items()}
    terms = {kind: _terms(context, part) for kind, part in _PARTS.items()}
    components = tuple(
        _component(row, found[name], terms[row["kind"]]) for name, row in rows.items()
    )
    progress = {number: _progress(components, context.catalogue, number) for number in CLASSES}
    reached = 0
    for number in CLASSES:
        if progress[number] < 1:
            break
        reached = number
    return Openness(components, progress, reached, _terms(context, _WHOLE))


def _component(row: Row, found: tuple[Strength, Proof | None] | None, terms: Terms) -> Component:
    common = (row["id"], row["kind"], row["class"], row["required"])
    if found is None:
        return Component(*common, State.MISSING)
    strength, proof = found
    if terms.verdict is LicenceVerdict.UNKNOWN:
        state = State.UNLICENSED
    else:
        state = State.INCLUDED if terms.verdict in _OPEN else State.NOT_OPEN
    fits = terms.licence.family in _APPROPRIATE[row["kind"]] if terms.licence else None
    return Component(*common, state, fits, strength, proof, terms)


def _evidence(context: Context, row: Row) -> tuple[Strength, Proof | None] | None:
    return max(_all_evidence(context, row), key=lambda found: found[0], default=None)


def _all_evidence(context: Context, row: Row) -> Iterator[tuple[Strength, Proof | None]]:
    for name in row.get("facts", ()):
        fact = context.fact(name)
        if fact and fact.value:
            yield fact.strength, fact.proof
    for check in row.get("passed", ()):
        result = context.results.get(check)
        if result and result.verdict is Verdict.PASS:
            yield result.strength, next(iter(result.proofs), None)
    entry = next(context.material.named(*row["files"]), None) if "files" in row else None
    if entry:
        yield Strength.VERIFIED, Proof(entry.path, sha256=entry.sha256)


def _terms(context: Context, part: str) -> Terms:
    """The licence of that kind of component, else that of the model."""
    if is_closed(context):
        return Terms(None, LicenceVerdict.FAILS)
    single = next((one for one in judged(context) if component_of(one.entry.path) == part), None)
    file = single or own(context)
    if file is None:
        licence = declared_licence(context)
        return Terms(licence, licence.verdict if licence else LicenceVerdict.UNKNOWN)
    known = file.finding.licences
    return Terms(known[0] if len(known) == 1 else None, file.finding.verdict, file.entry.path)


def missing_for(
    number: int, components: Iterable[Component], catalogue: Catalogue
) -> tuple[Component, ...]:
    """What a class and those below it require and is not there; a class holds all below it."""
    components, rows = tuple(components), catalogue.section("mof_components")
    state = {one.id: one.state for one in components}
    return tuple(
        one
        for one in _required(components, number)
        if State.INCLUDED not in (one.state, state.get(rows[one.id].get("instead", "")))
    )


def _progress(components: tuple[Component, ...], catalogue: Catalogue, number: int) -> float:
    """The share of what a class and those below it require."""
    missing = missing_for(number, components, catalogue)
    return 1 - len(missing) / len(_required(components, number))


def _required(components: tuple[Component, ...], number: int) -> list[Component]:
    return [one for one in components if one.required and one.mof_class >= number]
