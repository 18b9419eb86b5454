"""R04 and R05: tests on data of one's own, and a start without a network."""

import re
from itertools import islice
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.bounded_json import read_json
from models_registry.checks.readers.source_text import quoted
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict

_BIAS = ("*bias*.json", "*fairness*.json")
_MOST_BIAS = 4 << 20
_LOGS = ("*offline*.log", "*offline*.txt", "*boot*.log", "*air*gap*.log")
_MOST_LOG = 4 << 20
_LARGEST = 1e300
_CUT_OFF = re.compile(
    r"HF_HUB_OFFLINE=1|TRANSFORMERS_OFFLINE=1|--network[= ]none|unshare (?:-\w*n|--net)"
    r"|network (?:is )?(?:unreachable|disabled|down)|\bifconfig\b.{0,40}\bdown\b|no route to host",
    re.IGNORECASE,
)
_STARTED = re.compile(
    r"model (?:was )?loaded|loaded (?:the )?model|server (?:is )?(?:listening|started|ready)"
    r"|application startup complete|generated \d+ tokens|uvicorn running",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\bdownloading (?:shards|model|https?:)"
    r"|(?:GET|POST) https?://(?!localhost|127\.|\[::1\])[^\n]{0,2000}\b200\b",
    re.IGNORECASE,
)


def r04_bias(context: Context) -> Result:
    """A figure against the threshold that was set for it.

    The file holds ``metric``, ``value``, ``threshold`` and, for which weights, a fingerprint.
    """
    for entry in islice(context.material.named(*_BIAS), 20):
        try:
            content = context.material.read(entry, at_most=_MOST_BIAS + 1)
            data = read_json(content, name=entry.path, at_most=_MOST_BIAS)
        except Refused:
            continue
        value = _number(data, "value")
        if value is None:
            continue
        threshold = _number(data, "threshold")
        name = data.get("metric")
        metric = name[:100] if isinstance(name, str) else None
        place = Proof(entry.path, f"{metric}: {value:g}", sha256=entry.sha256)
        strength = _bound(context, data.get("weights_fingerprint"))
        values: dict[str, Value] = {"metric": metric, "value": value, "threshold": threshold}
        if threshold is None or metric is None:
            return Result("R04", Verdict.PARTIAL, "no_threshold", strength, values, (place,))
        kept = abs(value) <= threshold
        verdict, reason = (Verdict.PASS, "kept") if kept else (Verdict.FAIL, "exceeded")
        facts = (Fact("own_bias_test", kept, strength, "R04", proof=place),)
        return Result("R04", verdict, reason, strength, values, (place,), facts)
    return Result("R04", Verdict.NOT_CHECKABLE, "no_test")


def r05_offline(context: Context) -> Result:
    """A log that shows the model starting while no network could be reached."""
    entry = next(context.material.named(*_LOGS), None)
    if entry is None:
        return Result("R05", Verdict.NOT_CHECKABLE, "no_log")
    text = context.material.read(entry, at_most=_MOST_LOG).decode("utf-8", "replace")

    def place(found: re.Match[str]) -> Proof:
        line = text.count("\n", 0, found.start()) + 1
        return Proof(entry.path, quoted(found[0]), line, sha256=entry.sha256)

    reached, cut, started = (each.search(text) for each in (_REACHED, _CUT_OFF, _STARTED))
    if reached:
        return Result("R05", Verdict.FAIL, "reached", Strength.DOCUMENTED, {}, (place(reached),))
    places = tuple(place(found) for found in (cut, started) if found)
    fact = context.fact("weights_fingerprint")
    noted = str(fact.value) if fact and str(fact.value) in text else None
    strength = _bound(context, noted)
    if cut and started:
        facts = (Fact("starts_offline", True, strength, "R05", proof=places[0]),)
        return Result("R05", Verdict.PASS, "started", strength, {}, places, facts)
    if cut or started:
        reason = "not_started" if cut else "network_unknown"
        return Result("R05", Verdict.PARTIAL, reason, Strength.DOCUMENTED, {}, places)
    whole = (Proof(entry.path, sha256=entry.sha256),)
    return Result("R05", Verdict.FAIL, "says_nothing", Strength.DOCUMENTED, {}, whole)


def _bound(context: Context, fingerprint: Any) -> Strength:
    """Four only where the evidence names the very weights that were seen here."""
    fact = context.fact("weights_fingerprint")
    seen = fact is not None and fact.strength >= Strength.VERIFIED
    same = fact is not None and isinstance(fingerprint, str) and fingerprint == fact.value
    return Strength.INDEPENDENT if seen and same else Strength.DOCUMENTED


def _number(data: Any, name: str) -> float | None:
    value = data.get(name) if isinstance(data, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
        return None
    return float(value)
