"""What can never be verified of a model, and the cap where no weights are at hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from law.entries import Text
from models_registry.checks.context import Context
from models_registry.checks.licences.material import is_closed
from models_registry.checks.results import Fact, Result, Strength
from models_registry.checks.weights.inventory import inventory

# What is a property of the model, whoever states it.
MODEL_FACTS = frozenset(
    (
        "parameters_total", "parameters_active", "parameters_prediction", "parameters_by_dtype",
        "size_bin", "context_length_tokens", "weights_formats", "weights_bytes", "quantised",
        "training_tokens", "training_compute", "training_compute_estimate", "tokenizer_words",
        "template_for_tools", "weights_fingerprint", "architecture_fingerprint",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """``beyond`` no check can ever reach; ``notes`` are to be read with it."""

    beyond: tuple[Text, ...]
    notes: tuple[Text, ...]
    capped: bool


def limits(context: Context) -> Limits:
    """What holds for this model; print it in every report."""
    closed = is_closed(context)
    capped = is_capped(context)
    rows = context.catalogue.section("beyond_checks").items()
    of = "closed" if closed else "open_weights"
    beyond = tuple(_text(row["text"]) for _, row in rows if row["of"] == of)
    wanted = {"closed_often_better": True, "cap": capped}
    notes = tuple(
        _text(row["text"]) for name, row in rows if row["of"] == "note" and wanted.get(name)
    )
    return Limits(beyond, notes, capped)


def is_capped(context: Context) -> bool:
    """Without weights nothing about the model itself is more than documented."""
    return not context.once(inventory).supplied


def capped(context: Context, results: Iterable[Result]) -> tuple[Result, ...]:
    """The results with each fact about the model held to the cap."""
    if not is_capped(context):
        return tuple(results)
    return tuple(
        replace(result, facts=tuple(_held(fact) for fact in result.facts)) for result in results
    )


def _held(fact: Fact) -> Fact:
    if fact.name not in MODEL_FACTS:
        return fact
    return replace(fact, strength=min(fact.strength, Strength.DOCUMENTED))


def _text(row: dict[str, str]) -> Text:
    return Text(en=row["en"], de=row["de"])
