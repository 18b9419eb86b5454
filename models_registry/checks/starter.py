"""The starter catalogue: real models, each value with its source, date and confidence.

What nobody here knows is None. A value of general knowledge alone is told as unverified.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from law.entries import Text
from models_registry.checks.catalogue import Catalogue, CatalogueError, Row
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.starter_derivation import general_purpose_by_compute
from models_registry.checks.starter_entries import (
    VALUES,
    Ancestry,
    Benchmark,
    Confidence,
    Document,
    MeasuredBy,
    ModelSource,
    Provider,
    SourcedValue,
    StarterModel,
)

_COUNTED = frozenset({"parameters_total", "parameters_active", "context_length_tokens"})
_BY_KIND = {
    "first_party": Confidence.HIGH,
    "register": Confidence.MEDIUM,
    "reported": Confidence.LOW,
    "derived": Confidence.LOW,
    "background": Confidence.LOW,
}


@dataclass(frozen=True, slots=True)
class Starter:
    """All models and providers by id."""

    models: Mapping[str, StarterModel]
    providers: Mapping[str, Provider]
    sources: Mapping[str, ModelSource]


@cache
def starter(catalogue: Catalogue) -> Starter:
    """The models of a catalogue; CatalogueError where one refers to what is not there."""
    sources = {name: _source(row) for name, row in catalogue.section("model_sources").items()}
    rows, owners = catalogue.section("models"), catalogue.section("providers")
    faults = [
        *_without_source((*rows.values(), *owners.values()), sources),
        *_pointing_nowhere(rows, owners, licences(catalogue).by_id),
    ]
    if faults:
        raise CatalogueError(faults)
    providers = {name: _provider(row, sources) for name, row in owners.items()}
    models = {name: _model(row, providers, sources, catalogue) for name, row in rows.items()}
    return Starter(models, providers, sources)


def _without_source(rows: Iterable[Row], sources: Mapping[str, ModelSource]) -> Iterator[str]:
    for row in rows:
        for key in _sources_in(row):
            if key not in sources:
                yield f"{row['id']}: there is no source '{key}'"


def _pointing_nowhere(
    rows: Mapping[str, Row], providers: Mapping[str, Row], known_licences: Mapping[str, object]
) -> Iterator[str]:
    for name, row in rows.items():
        wanted: list[tuple[str, Mapping[str, object], str]]
        wanted = [("provider", providers, row["provider"])]
        wanted.append(("licence", known_licences, row["licence"]))
        wanted += [("model", rows, above["model"]) for above in row.get("based_on", ())]
        for kind, known, key in wanted:
            if key not in known:
                yield f"{name}: there is no {kind} '{key}'"


def _sources_in(row: Any) -> Iterator[str]:
    for key, value in row.items() if isinstance(row, Mapping) else enumerate(row):
        if key == "source":
            yield value
        elif isinstance(value, Mapping | list):
            yield from _sources_in(value)


def _source(row: Row) -> ModelSource:
    return ModelSource(row["id"], row["kind"], row["title"], row["date"], row["dated"])


def _provider(row: Row, sources: Mapping[str, ModelSource]) -> Provider:
    return Provider(
        id=row["id"],
        name=row["name"],
        country=_value("country", row["country"], sources),
        in_union=_value("in_union", row["in_union"], sources),
        code_of_practice=_value("code_of_practice", row["code_of_practice"], sources),
        transparency_index=_value("transparency_index", row["transparency_index"], sources),
        note=_text(row.get("note")),
    )


def _model(
    row: Row,
    providers: Mapping[str, Provider],
    sources: Mapping[str, ModelSource],
    catalogue: Catalogue,
) -> StarterModel:
    values = row["values"]
    known = {name: _value(name, values.get(name), sources) for name in VALUES}
    if not values.get("general_purpose"):
        known["general_purpose"] = general_purpose_by_compute(known, sources, catalogue)
    return StarterModel(
        id=row["id"],
        name=row["name"],
        provider=providers[row["provider"]],
        repository=row["repository"] or "",
        licence=row["licence"],
        based_on=tuple(
            Ancestry(one["model"], one["relation"], sources[one["source"]])
            for one in row.get("based_on", ())
        ),
        values=known,
        unknown={
            name: note
            for name, stated in values.items()
            if stated and stated["value"] is None and (note := _text(stated["note"]))
        },
        benchmarks=tuple(_benchmark(one, sources) for one in row.get("benchmarks", ())),
        documents=tuple(
            Document(one["kind"], one.get("url", ""), _text(one.get("note")))
            for one in row.get("documents", ())
        ),
        note=_text(row.get("note")),
    )


def _value(name: str, row: Row | None, sources: Mapping[str, ModelSource]) -> SourcedValue | None:
    if row is None or row["value"] is None:
        return None
    source, value = sources[row["source"]], row["value"]
    if isinstance(value, list):
        value = tuple(value)
    return SourcedValue(
        value=int(value) if name in _COUNTED else value,
        source=source,
        as_of=row.get("as_of", source.date),
        confidence=Confidence(row.get("confidence", _BY_KIND[source.kind])),
        lower_bound=row.get("bound") == "lower",
        url=row.get("url", ""),
        note=_text(row.get("note")),
    )


def _benchmark(row: Row, sources: Mapping[str, ModelSource]) -> Benchmark:
    return Benchmark(
        name=row["name"],
        value=row["value"],
        by=MeasuredBy(row["by"]),
        measured_by=row["measured_by"],
        as_of=row["as_of"],
        source=sources[row["source"]],
        version=row.get("version", ""),
        variant=row.get("variant", ""),
        up_to=row.get("up_to"),
        unit=row.get("unit", ""),
        settings=tuple(row.get("settings", ())),
    )


def _text(row: Mapping[str, str] | None) -> Text | None:
    if row is None:
        return None
    return Text(en=" ".join(row["en"].split()), de=" ".join(row["de"].split()))
