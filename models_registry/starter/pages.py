"""The starter catalogue as the pages show it: what somebody stated, where, when and how surely."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from accounts.countries import country_name
from accounts.models import Actor
from law.entries import Text
from models_registry.checks.compute import margins
from models_registry.checks.licences.catalogue import Argument, licences
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import (
    VALUES,
    Benchmark,
    Document,
    SourcedValue,
    StarterModel,
)
from models_registry.comparison.words import fact_name, value_words, words
from models_registry.models import AIModel
from models_registry.pages import Page
from models_registry.selectors import models_of
from models_registry.sovereignty.knowledge import check_catalogue, starter_knowledge
from models_registry.starter.filters import access_of, access_words
from models_registry.starter.words import (
    CONFIDENCE,
    DOCUMENTS,
    MEASURED_BY,
    RELATIONS,
    SETTINGS,
    SOURCE_KINDS,
    band_words,
    day_words,
    figure_words,
    flop_words,
    language,
    licence_of,
    sourced_words,
    stated,
)

_PROVIDER_VALUES = ("in_union", "code_of_practice", "transparency_index")


def entry_url(model_id: str) -> str:
    return reverse("models_registry:starter-model", args=[model_id])


def copies_of(actor: Actor, model_ids: Iterable[str]) -> dict[str, UUID]:
    """Which entries stand in the reader's own register, and where; one in use comes first."""
    rows = models_of(actor).filter(catalogue_id__in=list(model_ids))
    newest_last = rows.order_by(F("retired_at").desc(nulls_last=True), "-created_at")
    return dict(newest_last.values_list("catalogue_id", "pk"))


def starter_lines(entries: Iterable[StarterModel], actor: Actor) -> list[Page]:
    """One row a model."""
    listed = list(entries)
    own = copies_of(actor, (entry.id for entry in listed))
    access = access_words()
    return [_line(entry, own.get(entry.id), access) for entry in listed]


def _line(entry: StarterModel, own: UUID | None, access: Mapping[str, str]) -> Page:
    licence, compute = licence_of(entry), entry.values["training_compute"]
    total, active = entry.values["parameters_total"], entry.values["parameters_active"]
    return {
        "name": entry.name,
        "url": entry_url(entry.id),
        "provider": entry.provider.name,
        "country": _country(entry),
        "access": access.get(access_of(entry), ""),
        "licence": licence.name,
        "verdict": licence.verdict.value,
        "parameters": sourced_words("parameters_total", total) if total else "",
        "active": sourced_words("parameters_active", active) if active and active != total else "",
        "compute": sourced_words("training_compute", compute) if compute else "",
        "band": band_words(_flop(entry)) if compute else "",
        "general_purpose": stated(entry, "general_purpose"),
        "own_url": _own(own),
    }


def starter_page(entry: StarterModel, actor: Actor) -> Page:
    """Everything that the catalogue says of one model."""
    own = copies_of(actor, [entry.id]).get(entry.id)
    return {
        **_line(entry, own, access_words()),
        "id": entry.id,
        "repository": entry.repository,
        "note": _told(entry.note),
        "values": [_row(name, entry.values[name], entry.unknown.get(name)) for name in VALUES],
        "provider_values": _provider_rows(entry),
        "provider_note": _told(entry.provider.note),
        "scale": _scale(entry),
        "benchmarks": [_benchmark(one) for one in entry.benchmarks],
        "documents": [_document(one) for one in entry.documents],
        "lineage": _lineage(entry),
        "terms": licence_page(entry.licence),
        "exemption": value_words("exemption", starter_knowledge(entry.id).exemption.value),
    }


def licence_page(licence_id: str) -> Page:
    """A licence of the catalogue with its verdict, the reasons and, where contested, both sides."""
    known = licences(check_catalogue())
    licence = known.by_id[licence_id]
    sides = known.arguments.get(licence.arguments)
    return {
        "name": licence.name,
        "spdx": licence.spdx,
        "verdict": licence.verdict.value,
        "confidence": licence.confidence,
        "read": licence.verified,
        "reasons": [_told(known.reasons[name]) for name in licence.reasons],
        "effects": [_told(known.effects[effect].title) for effect in licence.effects],
        "paragraphs": ", ".join(licence.paragraphs),
        "note": _told(licence.note),
        "sources": [{"title": one.title, "date": one.date} for one in licence.sources],
        "arguments": sides
        and {
            "title": _told(sides.title),
            "for": [_argument(one) for one in sides.for_meeting],
            "against": [_argument(one) for one in sides.against_meeting],
            "assessment": _told(sides.assessment),
            "settles": [_told(one) for one in sides.settles],
            "plan_on": value_words("x_verdict", sides.plan_on.value),
        },
    }


def _argument(one: Argument) -> Page:
    return {"text": _told(one.text), "paragraphs": ", ".join(one.paragraphs)}


def _row(name: str, value: SourcedValue | None, why_not: Text | None) -> Page:
    page = {"label": fact_name(name, words()), "name": name}
    if value is None:
        return {**page, "value": "", "note": _told(why_not)}
    return {**page, **_source(value), "value": sourced_words(name, value)}


def _source(value: SourcedValue) -> Page:
    return {
        "unverified": value.unverified,
        "confidence": CONFIDENCE[value.confidence],
        "kind": SOURCE_KINDS[value.source.kind],
        "source": value.source.title,
        "url": value.url,
        "as_of": day_words(value.as_of),
        "note": _told(value.note),
    }


def _provider_rows(entry: StarterModel) -> list[Page]:
    provider = entry.provider
    country: Page = {"name": "country", "value": ""}
    if provider.country:
        country = {**_source(provider.country), "name": "country", "value": _country(entry)}
    rows = [_row(name, getattr(provider, name), None) for name in _PROVIDER_VALUES]
    return [country, *rows]


def _country(entry: StarterModel) -> str:
    country = entry.provider.country
    return str(country_name(str(country.value))) if country else ""


def _scale(entry: StarterModel) -> Page | None:
    """The compute against both thresholds, drawn and in words."""
    known = entry.values["training_compute"]
    if known is None:
        return None
    against = margins(_flop(entry), check_catalogue())
    return {
        "flop": _flop(entry),
        "words": flop_words(_flop(entry), at_least=known.lower_bound),
        "at_least": known.lower_bound,
        "limits": [margin.flop for margin in against],
        "margins": [
            {
                "limit": flop_words(margin.flop, at_least=False).removeprefix("1 × "),
                "times": value_words("ratio", float(f"{margin.ratio:.3g}")),
                "reached": margin.reached,
                "near": margin.near,
            }
            for margin in against
        ],
    }


def _flop(entry: StarterModel) -> float:
    return float(stated(entry, "training_compute"))


def _benchmark(one: Benchmark) -> Page:
    details = [one.version, one.variant, *(str(SETTINGS[name]) for name in one.settings)]
    return {
        "name": one.name,
        "details": ", ".join(part for part in details if part),
        "figure": figure_words(one),
        "by": MEASURED_BY[one.by],
        "independent": one.by == "independent",
        "measured_by": one.measured_by,
        "as_of": day_words(one.as_of),
        "source": one.source.title,
        "unverified": one.source.kind == "background",
    }


def _document(one: Document) -> Page:
    return {"kind": DOCUMENTS[one.kind], "url": one.url, "note": _told(one.note)}


def _lineage(entry: StarterModel) -> Page:
    entries = starter(check_catalogue()).models
    made_from = [
        {
            "name": entries[above.model].name,
            "url": entry_url(above.model),
            "relation": RELATIONS[above.relation],
            "source": above.source.title,
        }
        for above in entry.based_on
    ]
    made_of_it = [
        {"name": other.name, "url": entry_url(other.id)}
        for other in entries.values()
        if any(above.model == entry.id for above in other.based_on)
    ]
    return {"made_from": made_from, "made_of_it": made_of_it}


def from_catalogue(model: AIModel) -> Page | None:
    """Where a registered model was copied from, with what its entry leaves unverified."""
    entry = starter(check_catalogue()).models.get(model.catalogue_id)
    if entry is None:
        return None
    known = [value for value in entry.values.values() if value]
    return {
        "name": entry.name,
        "url": entry_url(entry.id),
        "known": len(known),
        "unverified": sum(value.unverified for value in known),
    }


def _own(key: UUID | None) -> str:
    return reverse("models_registry:model-detail", args=[key]) if key else ""


def _told(text: Text | None) -> str:
    return " ".join(text.in_language(language()).split()) if text else ""
