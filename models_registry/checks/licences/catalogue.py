"""The licences that we know, with what they ask and where they stand under Article 53(2)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from law.entries import Text
from models_registry.checks.catalogue import Catalogue, CatalogueError, Row
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import term


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument for or against, with the paragraphs of the guidelines it rests on."""

    text: Text
    paragraphs: tuple[str, ...]
    recitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arguments:
    """Both sides of a contested clause, what would settle it, and what to plan on until then."""

    id: str
    title: Text
    for_meeting: tuple[Argument, ...]
    against_meeting: tuple[Argument, ...]
    assessment: Text
    settles: tuple[Text, ...]
    plan_on: LicenceVerdict


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from; ``date`` as far as it is known."""

    id: str
    kind: str
    title: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class EffectEntry:
    """What a clause of this effect suggests by itself; no verdict where it suggests nothing."""

    effect: Effect
    title: Text
    verdict: LicenceVerdict | None
    paragraphs: tuple[str, ...]
    reason: str
    reason_at_any_scale: str
    arguments: str


@dataclass(frozen=True, slots=True, eq=False)
class Licence:
    """One entry. ``conditions`` are those of the catalogue, each by its name there."""

    id: str
    name: str
    title: Text
    family: str
    kind: str
    spdx: str
    hub: tuple[str, ...]
    hub_names: tuple[str, ...]
    osi_approved: bool
    text_read: bool
    conditions: Mapping[str, Any]
    effects: tuple[Effect, ...]
    verdict: LicenceVerdict
    confidence: str
    paragraphs: tuple[str, ...]
    recitals: tuple[str, ...]
    reasons: tuple[str, ...]
    arguments: str
    used_by: tuple[str, ...]
    sources: tuple[Source, ...]
    note: Text | None

    @property
    def told(self) -> str:
        """Its name as a result tells it, put into words where it is no proper name."""
        return self.name if self.title.de == self.name else term(_term(self.id))

    @property
    def verified(self) -> bool:
        """Whether its values were read in the text rather than told by others."""
        return bool(self.conditions["basis"] == "text")


@dataclass(frozen=True, slots=True)
class Licences:
    """All entries with what they refer to."""

    by_id: Mapping[str, Licence]
    by_declared: Mapping[str, tuple[Licence, ...]]
    reasons: Mapping[str, Text]
    arguments: Mapping[str, Arguments]
    effects: Mapping[Effect, EffectEntry]

    def declared(self, *names: str) -> tuple[Licence, ...]:
        """The entries that a card's ``license`` or ``license_name`` may mean."""
        return tuple(dict.fromkeys(licence for name in names for licence in self._named(name)))

    def _named(self, name: str) -> tuple[Licence, ...]:
        # An identifier of its own comes before those that others lend.
        own = self.by_id.get(plain(name))
        return (own,) if own else self.by_declared.get(plain(name), ())


def _term(licence: str) -> str:
    return f"licence_{licence.replace('-', '_')}"


def plain(name: str) -> str:
    """A licence's name as it is compared: ``Apache 2.0`` and ``apache-2.0`` are one."""
    return "-".join(name.lower().replace("_", "-").split())


@cache
def licences(catalogue: Catalogue) -> Licences:
    """The licences of a catalogue; CatalogueError where one refers to what is not there."""
    sources = {row["id"]: _source(row) for row in catalogue.section("licence_sources").values()}
    rows = catalogue.section("licences")
    reasons = {k: _text(row["text"]) for k, row in catalogue.section("licence_reasons").items()}
    arguments = {k: _arguments(r) for k, r in catalogue.section("licence_arguments").items()}
    effects = {Effect(k): _effect(row) for k, row in catalogue.section("licence_effects").items()}
    faults = list(_faults(rows, sources, reasons, arguments))
    if faults:
        raise CatalogueError(faults)
    terms = catalogue.section("terms")
    by_id = {
        name: _licence(row, sources, _title(row, terms.get(_term(name))))
        for name, row in rows.items()
    }
    return Licences(by_id, _by_declared(by_id), reasons, arguments, effects)


def _faults(
    rows: Mapping[str, Row],
    sources: Mapping[str, Source],
    reasons: Mapping[str, Text],
    arguments: Mapping[str, Arguments],
) -> Iterator[str]:
    for name, row in rows.items():
        verdict = row["verdict"]
        wanted: list[tuple[Mapping[str, object], str, str]]
        wanted = [(sources, key, "source") for key in row["sources"]]
        wanted += [(reasons, key, "reason") for key in verdict["reasons"]]
        wanted += [(arguments, key, "argument") for key in [verdict.get("arguments")] if key]
        for known, key, kind in wanted:
            if key not in known:
                yield f"licence {name}: there is no {kind} '{key}'"
        if verdict["value"] == "contested" and "arguments" not in verdict:
            yield f"licence {name}: contested, but without arguments"


def _by_declared(by_id: Mapping[str, Licence]) -> dict[str, tuple[Licence, ...]]:
    found: dict[str, list[Licence]] = defaultdict(list)
    for licence in by_id.values():
        for name in {licence.id, plain(licence.spdx), *licence.hub, *licence.hub_names} - {""}:
            found[plain(name)].append(licence)
    return {name: tuple(licences) for name, licences in found.items()}


def _title(row: Row, worded: Row | None) -> Text:
    # Nearly all are proper names, the same in every language.
    return _text(worded["text"]) if worded else Text(en=row["name"], de=row["name"])


def _licence(row: Row, sources: Mapping[str, Source], title: Text) -> Licence:
    verdict = row["verdict"]
    return Licence(
        id=row["id"],
        name=row["name"],
        title=title,
        family=row["family"],
        kind=row["kind"],
        spdx=row.get("spdx", ""),
        hub=tuple(row.get("hub", ())),
        hub_names=tuple(row.get("hub_names", ())),
        osi_approved=row["osi_approved"],
        text_read=row["text_read"],
        conditions=row["conditions"],
        effects=tuple(Effect(name) for name in row["conditions"]["effects"]),
        verdict=LicenceVerdict(verdict["value"]),
        confidence=verdict["confidence"],
        paragraphs=tuple(verdict["paragraphs"]),
        recitals=tuple(verdict.get("recitals", ())),
        reasons=tuple(verdict["reasons"]),
        arguments=verdict.get("arguments", ""),
        used_by=tuple(row.get("used_by", ())),
        sources=tuple(sources[name] for name in row["sources"]),
        note=_text(row["note"]) if "note" in row else None,
    )


def _source(row: Row) -> Source:
    return Source(row["id"], row["kind"], row["title"], row.get("date", ""))


def _arguments(row: Row) -> Arguments:
    return Arguments(
        id=row["id"],
        title=_text(row["title"]),
        for_meeting=tuple(_argument(one) for one in row["for_meeting"]),
        against_meeting=tuple(_argument(one) for one in row["against_meeting"]),
        assessment=_text(row["assessment"]),
        settles=tuple(_text(one) for one in row["settles"]),
        plan_on=LicenceVerdict(row["plan_on"]),
    )


def _argument(row: Row) -> Argument:
    return Argument(_text(row), tuple(row["paragraphs"]), tuple(row.get("recitals", ())))


def _effect(row: Row) -> EffectEntry:
    return EffectEntry(
        effect=Effect(row["id"]),
        title=_text(row["title"]),
        verdict=LicenceVerdict(row["verdict"]) if "verdict" in row else None,
        paragraphs=tuple(row.get("paragraphs", ())),
        reason=row.get("reason", ""),
        reason_at_any_scale=row.get("reason_at_any_scale", ""),
        arguments=row.get("arguments", ""),
    )


def _text(row: Mapping[str, Any]) -> Text:
    return Text(en=" ".join(row["en"].split()), de=" ".join(row["de"].split()))
