"""Training compute from parameters and tokens, and how far it lies from the thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass

from models_registry.checks.catalogue import Catalogue

# One multiplication and one addition for each parameter and token, once forwards, twice backwards.
OPERATIONS = 6


@dataclass(frozen=True, slots=True)
class Margin:
    """How a figure stands to one threshold; a ``ratio`` of 0.3 is three tenths of it."""

    threshold: str
    flop: float
    ratio: float

    @property
    def reached(self) -> bool:
        return self.ratio > 1

    @property
    def near(self) -> bool:
        """So close that a usual error of estimates would decide."""
        return 0.5 <= self.ratio <= 1.5


@dataclass(frozen=True, slots=True)
class Modification:
    """Whether a change to a model makes whoever made it a provider."""

    flop: float
    limit: float
    limit_from_original: bool

    @property
    def ratio(self) -> float:
        return self.flop / self.limit

    @property
    def becomes_provider(self) -> bool:
        return self.flop > self.limit


def training_compute(active_parameters: float, tokens: float) -> float:
    """Floating-point operations of a training: six for each active parameter and token.

    A lower bound: attention over long contexts, repeated passes and later training come on top.
    """
    if active_parameters <= 0 or tokens <= 0:
        raise ValueError("parameters and tokens must be above zero")
    return OPERATIONS * active_parameters * tokens


def margins(flop: float, catalogue: Catalogue) -> tuple[Margin, ...]:
    """The figure against every threshold, the lowest first."""
    return tuple(
        Margin(name, limit, flop / limit)
        for name, limit in sorted(_limits(catalogue).items(), key=lambda item: item[1])
    )


def modification(
    flop: float, catalogue: Catalogue, *, original: float | None, systemic_risk: bool
) -> Modification:
    """The compute of a change against a third of the original's; of the threshold where unknown."""
    rule = catalogue.section("thresholds")["modification"]
    limits = _limits(catalogue)
    share = rule["share"][0] / rule["share"][1]
    if original:
        return Modification(flop, original * share, limit_from_original=True)
    whole = limits["systemic_risk" if systemic_risk else "general_purpose"]
    return Modification(flop, whole * share, limit_from_original=False)


def _limits(catalogue: Catalogue) -> Mapping[str, float]:
    rows = catalogue.section("thresholds").values()
    return {row["id"]: float(row["flop"]) for row in rows if "flop" in row}
