"""What a check is given: the material, what the register claims, and what was found before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from models_registry.checks.catalogue import Catalogue
from models_registry.checks.material import Material
from models_registry.checks.results import Fact, Result, Value

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Context:
    """One run over one model's material; ``on`` is the day for questions of age.

    ``claims`` says by fact name what the register holds of the model, as in ``parameters_total``.
    ``results`` has the checks that ran before, by id.
    """

    material: Material
    catalogue: Catalogue
    on: date
    claims: Mapping[str, Value] = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[["Context"], Made]) -> Made:
        """What ``make`` gives for this context, worked out once for the whole run.

        Several checks look at the same headers; reading them again would cost most of the time.
        """
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def fact(self, name: str) -> Fact | None:
        """The strongest fact of that name so far; of equals the first."""
        facts = [
            fact for result in self.results.values() for fact in result.facts if fact.name == name
        ]
        return max(facts, key=lambda fact: fact.strength, default=None)

    def number(self, name: str) -> float | None:
        """The register's claim of that name where it is a number."""
        value = self.claims.get(name)
        return None if isinstance(value, bool) or not isinstance(value, int | float) else value
