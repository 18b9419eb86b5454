"""What a check says: a verdict, the proof for it, and how strong that proof is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict
    PARTIAL = "partial"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKABLE = "not_checkable"
    ERROR = "error"


class Strength(IntEnum):
    """From nothing to a third party's word that is bound to the same hash."""

    NONE = 0
    ASSERTED = 1
    DOCUMENTED = 2
    VERIFIED = 3
    INDEPENDENT = 4


TERM = "term:"


@dataclass(frozen=True, slots=True)
class Proof:
    """Where in the material something stands.

    ``quote`` is the material's own text, at most 300 characters; ``line`` counts from 1, and
    ``start`` and ``end`` are bytes from the beginning of the file (``end`` not included). In a PDF
    ``page`` counts from 1 and there is no line.
    """

    path: str
    quote: str = ""
    line: int | None = None
    start: int | None = None
    end: int | None = None
    sha256: str = ""
    page: int | None = None


Value = str | int | float | bool | None | tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of the model that the material gives, as in ``parameters_total``, 1.04e12."""

    name: str
    value: Value
    strength: Strength
    check: str
    unit: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found.

    ``reason`` names a text of ``catalogue/checks.yaml`` under the check's ``reasons``; ``values``
    fill its placeholders. What the check supports stands in the catalogue, not here.
    """

    check: str
    verdict: Verdict
    reason: str
    strength: Strength = Strength.NONE
    values: Mapping[str, Value] = field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()
    facts: tuple[Fact, ...] = ()


def term(name: str) -> str:
    """A value that names a text of ``catalogue/terms.yaml``, told in the reader's language."""
    return f"{TERM}{name}"


def strongest(results: Iterable[Result]) -> tuple[Fact, ...]:
    """The strongest fact of each name, of equals the first, in the order they were found."""
    best: dict[str, Fact] = {}
    for fact in (fact for result in results for fact in result.facts):
        held = best.setdefault(fact.name, fact)
        if fact.strength > held.strength:
            best[fact.name] = fact
    return tuple(best.values())
