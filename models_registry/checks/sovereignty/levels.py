"""The level of one criterion: none, weak, substantial or full, as far as it is known."""

from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.results import Strength

LOWEST, HIGHEST = 0, 3


class Origin(StrEnum):
    """Where a level comes from."""

    CHECKS = "checks"
    REGISTER = "register"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Level:
    """What a criterion comes to: ``low`` to ``high`` where the facts leave it between two.

    Where they leave it wider it is unknown and only bounded: it counts for nothing.
    """

    low: int
    high: int
    strength: Strength
    origin: Origin
    because: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not LOWEST <= self.low <= self.high <= HIGHEST:
            raise ValueError(f"levels go from {LOWEST} to {HIGHEST}, the lower one first")

    @property
    def known(self) -> bool:
        return self.high - self.low <= 1


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A criterion that cannot be asked of this deployment; it counts neither way."""

    because: tuple[str, ...] = ()


Scored = Level | NotApplicable | None
"""None where nothing at all is known, which is not level 0."""
