"""The ceiling of a fine for one organisation: amount, percentage, and which of the two counts."""

from dataclasses import dataclass
from decimal import Decimal

from law.entries import Fine


@dataclass(frozen=True, slots=True)
class Offender:
    """What the ceiling depends on: kind of organisation, its size, worldwide turnover in euro."""

    kind: str = "company"
    size_class: str = "other"
    turnover: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest possible fine.

    ``amount`` in euro is None where it cannot be computed; ``basis`` says why or how: ``amount``,
    ``higher_of``, ``lower_of``, ``turnover_unknown``, ``member_state``, ``union_body``,
    ``national``.
    """

    amount: Decimal | None
    basis: str


def ceiling_for(fine: Fine, offender: Offender) -> Ceiling:
    """The ceiling of Articles 99 to 101 for that organisation."""
    if fine.max_eur is None:
        return Ceiling(None, "national")
    if offender.kind == "union_body":
        return Ceiling(None, "union_body")
    if offender.kind == "public_authority":
        # Each Member State decides whether and how far its public bodies can be fined: Art 99(8).
        return Ceiling(None, "member_state")
    return _of_an_undertaking(fine, offender)


def _of_an_undertaking(fine: Fine, offender: Offender) -> Ceiling:
    amount = Decimal(fine.max_eur or 0)
    if fine.percent is None:
        return Ceiling(amount, "amount")
    rule = {"sme": fine.sme, "smc": fine.smc}.get(offender.size_class, "higher_of")
    if offender.turnover is None:
        # Below the fixed amount the lower-of rule cannot be computed, and above it the other one.
        return Ceiling(amount if rule == "lower_of" else None, "turnover_unknown")
    share = offender.turnover * Decimal(str(fine.percent)) / 100
    return Ceiling((min if rule == "lower_of" else max)(amount, share), rule)
