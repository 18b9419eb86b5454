"""What is held for each provision, and who must give what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.catalogue import CheckEntry
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength, Verdict
from models_registry.checks.sovereignty.deployment import Deployment

_HELD = (Verdict.PASS, Verdict.PARTIAL)
_EXEMPT = (LicenceVerdict.MEETS, LicenceVerdict.LIKELY_MEETS)
_PERHAPS = (LicenceVerdict.UNKNOWN, LicenceVerdict.CONTESTED)


class Need(StrEnum):
    """What the integrator has to do about a provision."""

    NOTHING = "nothing"
    ASK = "ask"
    PRODUCE = "produce"
    PRODUCE_OR_ASK = "produce_or_ask"
    IMPOSSIBLE = "impossible"
    NO_CLAIM = "no_claim"
    NONE_OWED = "none_owed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One provision for one model: what is held, by which checks, how strong it could get."""

    provision: str
    strength: Strength
    held: tuple[str, ...]
    failed: tuple[str, ...]
    reachable: Strength
    need: Need


def evidence_of(given: Deployment) -> dict[str, Evidence]:
    """Each provision that a check supports, in the order of the catalogue."""
    provisions = dict.fromkeys(
        item for entry in given.catalogue.checks.values() for item in entry.supports.get("act", ())
    )
    return {provision: _evidence(provision, given) for provision in provisions}


def reachable(entry: CheckEntry, *, closed: bool) -> Strength:
    """How strong a check's evidence can get at all, for a closed model or an open one."""
    if not closed or entry.asymmetry == "A":
        return entry.strongest
    if entry.asymmetry == "C":
        return Strength.NONE
    return min(entry.strongest, Strength.DOCUMENTED)


def _evidence(provision: str, given: Deployment) -> Evidence:
    entries = list(_supporting(provision, given))
    results = [given.results[entry.id] for entry in entries if entry.id in given.results]
    held = [result for result in results if result.verdict in _HELD and result.strength]
    strength = max((result.strength for result in held), default=Strength.NONE)
    closed = given.closed is True
    most = max(reachable(entry, closed=closed) for entry in entries)
    return Evidence(
        provision=provision,
        strength=strength,
        held=tuple(result.check for result in held),
        failed=tuple(result.check for result in results if result.verdict is Verdict.FAIL),
        reachable=most,
        need=_need(provision, given, strength, most),
    )


def _need(provision: str, given: Deployment, strength: Strength, most: Strength) -> Need:
    owed = owed_by(provision, given)
    if owed == "standing":
        return Need.NONE_OWED
    if strength >= Strength.DOCUMENTED:
        return Need.NOTHING
    if most is Strength.NONE:
        return Need.IMPOSSIBLE
    if owed == "integrator":
        return Need.PRODUCE
    return _of_provider(owed, given.exemption)


def _of_provider(owed: str, exemption: LicenceVerdict) -> Need:
    if owed == "authorities_unless_exempt":
        return Need.NO_CLAIM
    # A provider of no general-purpose model owes none of it.
    owes_nothing = exemption is LicenceVerdict.NOT_APPLICABLE
    if owed == "provider":
        return Need.NONE_OWED if owes_nothing else Need.ASK
    if owes_nothing or exemption in _EXEMPT:
        return Need.PRODUCE
    return Need.PRODUCE_OR_ASK if exemption in _PERHAPS else Need.ASK


def owed_by(provision: str, given: Deployment) -> str:
    """Who owes the evidence on a provision, as the catalogue has it."""
    rows = given.catalogue.section("evidence_duties").values()
    fitting = [row for row in rows if provision.startswith(row["begins"])]
    best = max(fitting, key=lambda row: len(row["begins"]), default=None)
    return str(best["owed"]) if best else "standing"


def _supporting(provision: str, given: Deployment) -> Iterator[CheckEntry]:
    for entry in given.catalogue.checks.values():
        if provision in entry.supports.get("act", ()):
            yield entry
