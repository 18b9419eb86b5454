"""TRA: what can be seen of the model."""

from models_registry.checks.results import Verdict
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.levels import Scored

_PASS, _PARTIAL, _FAIL = Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL
_DISCLOSURE = {
    "undisclosed": 0,
    "categories": 1,
    "mixture": 2,
    "dataset_names": 2,
    "open_data": 3,
}


def tra_1(given: Deployment) -> Scored:
    """Weights."""
    weights = given.verdict("W01")
    if weights is _PASS:
        signed = given.verdict("W05") is _PASS
        return given.by_check(3, 3, "W01", "W05") if signed else given.by_check(2, 2, "W01")
    if given.closed:
        return given.by_value(0, 0, "access")
    if weights is _PARTIAL:
        return given.by_check(1, 1, "W01")
    return None if given.closed is None else given.by_value(2, 2, "weights_available")


def tra_2(given: Deployment) -> Scored:
    """Architecture and code."""
    declared, code = given.verdict("W08"), given.verdict("W07")
    if declared is _PASS:
        # Code of common libraries is as open to reading as code that lies beside the weights.
        readable = code in (_PASS, _PARTIAL)
        return given.by_check(3, 3, "W08", "W07") if readable else given.by_check(2, 2, "W08")
    if declared is _PARTIAL:
        return given.by_check(1, 1, "W08")
    return given.by_value(0, 1, "access") if given.closed else None


def tra_3(given: Deployment) -> Scored:
    """Training data."""
    level = _DISCLOSURE.get(str(given.value("training_data_disclosure")))
    if level is not None:
        return given.by_value(level, level, "training_data_disclosure")
    told = given.verdict("D07")
    if told is None:
        return None
    links = given.verdict("D08")
    if told is _PASS:
        return given.by_check(3, 3, "D07", "D08") if links is _PASS else given.by_check(2, 2, "D07")
    return given.by_check(1, 1, "D07") if told is _PARTIAL else given.by_check(0, 0, "D07")


def tra_4(given: Deployment) -> Scored:
    """Summary of the training content."""
    there = given.verdict("T01")
    if there is _PASS:
        whole = given.verdict("T02") is _PASS and given.verdict("T03") is _PASS
        level = 3 if whole else 2
        return given.by_check(level, level, "T01", "T02", "T03")
    if there is _PARTIAL:
        return given.by_check(1, 1, "T01")
    stated = given.value("training_content_summary")
    if stated == "published":
        return given.by_value(1, 3, "training_content_summary")
    return given.by_value(0, 0, "training_content_summary") if stated == "not_found" else None


def tra_5(given: Deployment) -> Scored:
    """Evaluations."""
    if given.verdict("R01") is _PASS and given.closed is False:
        return given.by_check(3, 3, "R01")
    if given.verdict("D06") is _PASS:
        return given.by_check(2, 2, "D06")
    shown = given.verdict("D05")
    if shown is None:
        return None
    return given.by_check(0, 0, "D05") if shown is _FAIL else given.by_check(1, 1, "D05")


def tra_6(given: Deployment) -> Scored:
    """Information on use."""
    told = given.verdict("D02")
    if told is None:
        return None
    low, high = {_PASS: (3, 3), _PARTIAL: (2, 2), _FAIL: (0, 1)}[told]
    return given.by_check(low, high, "D02")
