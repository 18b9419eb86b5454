"""REG: how the deployment stands with the AI Act."""

from models_registry.checks.compute import margins
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Verdict
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.levels import Scored

_PASS, _PARTIAL, _FAIL = Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL
_CODE = {
    "full": (2, 3),
    "safety_security_chapter_only": (1, 1),
    "refused": (0, 0),
    "none_found": (0, 0),
}
_CONTESTED = (LicenceVerdict.CONTESTED, LicenceVerdict.LIKELY_FAILS, LicenceVerdict.LIKELY_MEETS)


def reg_1(given: Deployment) -> Scored:
    """Information of Annex XII."""
    received = given.verdict("V10")
    if received is None:
        return None
    low, high = {_PASS: (3, 3), _PARTIAL: (2, 2), _FAIL: (0, 1)}[received]
    return given.by_check(low, high, "V10")


def reg_2(given: Deployment) -> Scored:
    """Standing under the exemption."""
    verdict = given.exemption
    licence = given.licence.verdict if given.licence else LicenceVerdict.UNKNOWN
    if verdict is LicenceVerdict.UNKNOWN and licence in (*_CONTESTED, LicenceVerdict.FAILS):
        # Whatever the other conditions come to, this one decides at worst.
        verdict = licence
    if verdict is LicenceVerdict.MEETS:
        return given.by_check(3, 3, "L05", "L08", "L09")
    if verdict in _CONTESTED:
        return given.by_licence(1)
    if verdict is LicenceVerdict.FAILS:
        met = given.value("code_of_practice") == "full"
        return given.by_value(2, 3, "code_of_practice") if met else None
    return None


def reg_3(given: Deployment) -> Scored:
    """Standing on systemic risk; that there is no figure is itself the finding."""
    flop = given.value("training_compute")
    if isinstance(flop, bool) or not isinstance(flop, int | float) or flop <= 0:
        return given.by_value(0, 0, "training_compute")
    if any(margin.near for margin in margins(flop, given.catalogue)):
        return given.by_value(1, 1, "training_compute")
    if given.verdict("D11") is _PASS:
        return given.by_check(3, 3, "D11")
    return given.by_value(2, 2, "training_compute")


def reg_4(given: Deployment) -> Scored:
    """Copyright."""
    told = given.verdict("T07")
    if told is None:
        return None
    low, high = {_PASS: (3, 3), _PARTIAL: (1, 2), _FAIL: (0, 0)}[told]
    return given.by_check(low, high, "T07")


def reg_5(given: Deployment) -> Scored:
    """Code of practice."""
    stated = given.value("code_of_practice")
    span = _CODE.get(stated) if isinstance(stated, str) else None
    return given.by_value(*span, "code_of_practice") if span else None


def reg_6(given: Deployment) -> Scored:
    """The file of a high-risk system."""
    runs = [check for check in ("R01", "R04") if given.verdict(check) is _PASS]
    if len(runs) > 1:
        return given.by_check(3, 3, *runs)
    if runs:
        return given.by_check(2, 3, *runs)
    documents = [check for check in ("D04", "D17") if given.verdict(check) in (_PASS, _PARTIAL)]
    return given.by_check(1, 2, *documents) if documents else None
