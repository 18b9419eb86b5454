"""Result files of evaluation programmes: of lm-eval and Inspect, read and never run."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.bounded_json import read_json
from models_registry.checks.results import Proof

MOST = 64 << 20
_MOST_FILES = 40
_MOST_TASKS = 2_000
_DEEPEST = 4
_NAMES = ("results*.json", "*/results*.json", "*lm_eval*.json", "*inspect*.json", "*eval_log*.json")
# Under these keys whoever ran the evaluation may note which weights were loaded.
_FINGERPRINT = ("weights_fingerprint", "weights_sha256")


@dataclass(frozen=True, slots=True)
class Score:
    """One figure; ``error`` is its standard error where the programme worked one out."""

    task: str
    metric: str
    value: float
    error: float | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one programme."""

    entry: Entry
    programme: str
    model: str
    scores: tuple[Score, ...]
    date: str = ""
    seed: str = ""
    fingerprint: str = ""

    def proof(self, quote: str = "") -> Proof:
        """The file, with what in it is meant."""
        return Proof(self.entry.path, quote[:300], sha256=self.entry.sha256)

    @property
    def versioned(self) -> bool:
        return bool(self.scores) and all(score.version for score in self.scores)


def runs(context: Context) -> tuple[Run, ...]:
    """Every run in the material; ask for them with ``context.once(runs)``."""
    found = []
    for entry in islice(context.material.named(*_NAMES), _MOST_FILES):
        try:
            content = context.material.read(entry, at_most=MOST + 1)
            data = read_json(content, name=entry.path, at_most=MOST)
        except Refused:
            continue
        run = _run(entry, data) if isinstance(data, dict) else None
        if run is not None and run.scores:
            found.append(run)
    return tuple(found)


def _run(entry: Entry, data: Mapping[str, Any]) -> Run | None:
    if isinstance(data.get("eval"), dict) and isinstance(data.get("results"), dict):
        return _inspect(entry, data)
    if isinstance(data.get("results"), dict) and ("versions" in data or "configs" in data):
        return _lm_eval(entry, data)
    return None


def _lm_eval(entry: Entry, data: Mapping[str, Any]) -> Run:
    config = _mapping(data.get("config"))
    model = _text(data.get("model_name")) or _text(config.get("model_args"))
    seed = config.get("random_seed", config.get("seed"))
    return Run(
        entry,
        "lm-eval",
        model,
        tuple(islice(_lm_eval_scores(data), _MOST_TASKS)),
        _text(data.get("date")),
        _text(seed),
        _fingerprint(data),
    )


def _lm_eval_scores(data: Mapping[str, Any]) -> Iterator[Score]:
    versions = _mapping(data.get("versions"))
    for task, row in _mapping(data["results"]).items():
        for name, value in _mapping(row).items():
            metric, _, choice = name.partition(",")
            number = _number(value)
            if number is None or metric.endswith("_stderr") or metric == "alias":
                continue
            error = _number(_mapping(row).get(f"{metric}_stderr,{choice}"))
            yield Score(task[:200], metric[:100], number, error, _text(versions.get(task)))


def _inspect(entry: Entry, data: Mapping[str, Any]) -> Run:
    run = _mapping(data["eval"])
    config = _mapping(_mapping(data.get("plan")).get("config"))
    seed = config.get("seed", _mapping(run.get("model_generate_config")).get("seed"))
    return Run(
        entry,
        "inspect",
        _text(run.get("model")),
        tuple(islice(_inspect_scores(run, _mapping(data["results"])), _MOST_TASKS)),
        _text(run.get("created")),
        _text(seed),
        _fingerprint(run),
    )


def _inspect_scores(run: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[Score]:
    task = _text(run.get("task")).rpartition("/")[2]
    version = _text(run.get("task_version"))
    scores = results.get("scores")
    for score in scores if isinstance(scores, list) else ():
        metrics = _mapping(_mapping(score).get("metrics"))
        error = _number(_mapping(metrics.get("stderr")).get("value"))
        for name, metric in metrics.items():
            number = _number(_mapping(metric).get("value"))
            if number is not None and name != "stderr":
                yield Score(task, name[:100], number, error, version)


def _fingerprint(data: Any, depth: int = 0) -> str:
    """The hash of the weights, wherever near the top whoever ran it noted it."""
    if not isinstance(data, dict) or depth > _DEEPEST:
        return ""
    for key in _FINGERPRINT:
        if isinstance(data.get(key), str):
            return str(data[key]).lower()[:64]
    inner = ("metadata", "config", "drawbridge")
    return next((found for key in inner if (found := _fingerprint(data.get(key), depth + 1))), "")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:300]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
