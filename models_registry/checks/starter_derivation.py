"""What an entry does not state itself but its other values show, told as our derivation."""

from collections.abc import Mapping

from law.entries import Text
from models_registry.checks.catalogue import Catalogue
from models_registry.checks.compute import margins
from models_registry.checks.starter_entries import Confidence, ModelSource, SourcedValue

_SOURCE = "derived_from_compute"
_THRESHOLD = "general_purpose"
_GENERATED = frozenset({"text", "image", "video"})
_SURENESS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def general_purpose_by_compute(
    values: Mapping[str, SourcedValue | None],
    sources: Mapping[str, ModelSource],
    catalogue: Catalogue,
) -> SourcedValue | None:
    """True above the threshold for a model that generates; below it nothing is shown."""
    compute, given_out = values["training_compute"], values["output_modalities"]
    if compute is None or given_out is None or not _generates(given_out):
        return None
    if not _above(compute, catalogue):
        return None
    note = catalogue.section("thresholds")[_THRESHOLD]["derived"]
    return SourcedValue(
        value=True,
        # What rests on a figure that nobody checked is as unverified as that figure.
        source=compute.source if compute.unverified else sources[_SOURCE],
        as_of=compute.as_of,
        confidence=min(compute.confidence, given_out.confidence, key=_SURENESS.index),
        note=Text(en=note["en"], de=note["de"]),
    )


def _generates(given_out: SourcedValue) -> bool:
    return isinstance(given_out.value, tuple) and not _GENERATED.isdisjoint(given_out.value)


def _above(compute: SourcedValue, catalogue: Catalogue) -> bool:
    against = margins(float(compute.value), catalogue)  # type: ignore[arg-type]
    return any(one.reached for one in against if one.threshold == _THRESHOLD)
