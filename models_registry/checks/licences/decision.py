"""The organisation's own reasoned decision on a question that is contested."""

from dataclasses import dataclass
from datetime import date

from models_registry.checks.licences.catalogue import Licences
from models_registry.checks.licences.verdicts import LicenceVerdict

_OPEN = (LicenceVerdict.LIKELY_MEETS, LicenceVerdict.CONTESTED, LicenceVerdict.LIKELY_FAILS)


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """Who decided when, why, and on which text; it never replaces the verdict found.

    ``text`` is the SHA-256 of the licence text that was decided on: another text, another decision.
    """

    plan_on: LicenceVerdict
    reason: str
    by: str
    on: date
    text: str

    def __post_init__(self) -> None:
        if self.plan_on not in (LicenceVerdict.LIKELY_MEETS, LicenceVerdict.LIKELY_FAILS):
            raise ValueError("an own decision says likely_meets or likely_fails")
        if not self.reason.strip() or not self.by.strip():
            raise ValueError("an own decision needs its reason and its author")


def planned_on(
    verdict: LicenceVerdict,
    arguments: tuple[str, ...],
    known: Licences,
    *,
    text: str = "",
    decision: OwnDecision | None = None,
) -> LicenceVerdict:
    """What to plan on: the own decision where open and it fits, else the cautious side."""
    if verdict not in _OPEN:
        return LicenceVerdict.LIKELY_FAILS if verdict is LicenceVerdict.UNKNOWN else verdict
    if decision and decision.text == text:
        return decision.plan_on
    plans = [known.arguments[name].plan_on for name in arguments]
    if LicenceVerdict.LIKELY_FAILS in plans or verdict is not LicenceVerdict.LIKELY_MEETS:
        return LicenceVerdict.LIKELY_FAILS
    return LicenceVerdict.LIKELY_MEETS
