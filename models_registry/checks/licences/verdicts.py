"""The scale on which a licence and the exemption are judged, and how several judgments combine."""

from collections.abc import Iterable
from enum import StrEnum


class LicenceVerdict(StrEnum):
    MEETS = "meets"
    LIKELY_MEETS = "likely_meets"
    CONTESTED = "contested"
    LIKELY_FAILS = "likely_fails"
    FAILS = "fails"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


_GRAVEST_FIRST = (
    LicenceVerdict.FAILS,
    LicenceVerdict.LIKELY_FAILS,
    LicenceVerdict.CONTESTED,
    LicenceVerdict.LIKELY_MEETS,
    LicenceVerdict.MEETS,
)

Span = tuple[LicenceVerdict, LicenceVerdict]
"""What something may turn out to be: at best and at worst."""


def span(verdict: LicenceVerdict) -> Span:
    """What a verdict leaves open: nothing, unless it is unknown."""
    if verdict is LicenceVerdict.UNKNOWN:
        return LicenceVerdict.MEETS, LicenceVerdict.FAILS
    return verdict, verdict


def gravest(verdicts: Iterable[LicenceVerdict]) -> LicenceVerdict:
    """The gravest of several that all must hold; ``not_applicable`` counts for nothing."""
    return min(
        (verdict for verdict in verdicts if verdict in _GRAVEST_FIRST),
        key=_GRAVEST_FIRST.index,
        default=LicenceVerdict.MEETS,
    )


def together(verdicts: Iterable[LicenceVerdict]) -> LicenceVerdict:
    """One verdict for several that all must hold: unknown while it may still get worse."""
    spans = [span(verdict) for verdict in verdicts if verdict is not LicenceVerdict.NOT_APPLICABLE]
    best, worst = gravest(s[0] for s in spans), gravest(s[1] for s in spans)
    return best if best is worst else LicenceVerdict.UNKNOWN
