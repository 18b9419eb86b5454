"""What the starter catalogue holds: models, providers, and values with where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from law.entries import Text
from models_registry.checks.results import Value

VALUES = (
    "release_date",
    "weights_available",
    "gated",
    "general_purpose",
    "parameters_total",
    "parameters_active",
    "context_length_tokens",
    "input_modalities",
    "output_modalities",
    "training_tokens",
    "training_compute",
    "training_data_disclosure",
    "training_content_summary",
    "authorised_representative",
    "training_cost_usd",
    "knowledge_cutoff",
)
_CLAIMED = ("parameters_total", "parameters_active", "context_length_tokens", "training_compute")


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class MeasuredBy(StrEnum):
    """Who ran a benchmark; ``quoted`` where somebody repeats it and we did not see the run."""

    INDEPENDENT = "independent"
    PROVIDER = "provider"
    ANOTHER_PROVIDER = "another_provider"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Where values come from; ``date`` is that of the source, or else when it was seen."""

    id: str
    kind: str
    title: str
    date: str
    dated: str


@dataclass(frozen=True, slots=True)
class SourcedValue:
    """A value that somebody stated; ``lower_bound`` where the true one can only be higher."""

    value: Value
    source: ModelSource
    as_of: str
    confidence: Confidence
    lower_bound: bool = False
    url: str = ""
    note: Text | None = None

    @property
    def unverified(self) -> bool:
        """Whether it rests on general knowledge that was not checked again."""
        return self.source.kind == "background"


@dataclass(frozen=True, slots=True)
class Provider:
    """Who offers a model, as far as it is known."""

    id: str
    name: str
    country: SourcedValue | None
    in_union: SourcedValue | None
    code_of_practice: SourcedValue | None
    transparency_index: SourcedValue | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One figure of one run; figures of different versions cannot be compared."""

    name: str
    value: float
    by: MeasuredBy
    measured_by: str
    as_of: str
    source: ModelSource
    version: str = ""
    variant: str = ""
    up_to: float | None = None
    unit: str = ""
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    kind: str
    url: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class Ancestry:
    """A model that this one was made from."""

    model: str
    relation: str
    source: ModelSource


@dataclass(frozen=True, slots=True)
class StarterModel:
    """One model; ``unknown`` has what can be said about a value that is not known."""

    id: str
    name: str
    provider: Provider
    repository: str
    licence: str
    based_on: tuple[Ancestry, ...]
    values: Mapping[str, SourcedValue | None]
    unknown: Mapping[str, Text]
    benchmarks: tuple[Benchmark, ...]
    documents: tuple[Document, ...]
    note: Text | None

    @property
    def access(self) -> str:
        """As the register has it; empty where it is not known whether a gate stands before it."""
        weights, gated = self._of("weights_available"), self._of("gated")
        if weights is None or (weights and gated is None):
            return ""
        if not weights:
            return "api_only"
        return "gated" if gated else "open_weights"

    def claims(self) -> dict[str, Value]:
        """What the checks are told about the model when its files are compared with it."""
        found: dict[str, Value] = {"licence": self.licence, "access": self.access or None}
        found |= {name: self._of(name) for name in (*_CLAIMED, "gated", "general_purpose")}
        compute = self.values["training_compute"]
        found["training_compute_is_lower_bound"] = compute.lower_bound if compute else None
        found["weights_public"] = self._of("weights_available")
        found["multimodal"] = self._multimodal()
        in_union = self.provider.in_union
        found["provider_outside_union"] = not in_union.value if in_union else None
        if self.based_on:
            found["lineage"] = tuple((one.model, one.relation) for one in self.based_on)
        return {name: value for name, value in found.items() if value is not None}

    def _of(self, name: str) -> Value:
        stated = self.values[name]
        return stated.value if stated else None

    def _multimodal(self) -> bool | None:
        taken = self._of("input_modalities")
        given = self._of("output_modalities")
        if not isinstance(taken, tuple) or not isinstance(given, tuple):
            return None
        return len({*taken, *given}) > 1
