"""Runs the checks in the order of their groups; a fault in one never stops the others."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from models_registry.checks import bills, documents, licences, own_runs, summaries, vendors, weights
from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.results import Result, Verdict

Check = Callable[[Context], Result]
Checks = tuple[tuple[str, Check], ...]

GROUPS: tuple[Checks, ...] = (
    licences.CHECKS,
    weights.CHECKS,
    documents.CHECKS,
    summaries.CHECKS,
    vendors.CHECKS,
    bills.CHECKS,
    own_runs.CHECKS,
)

log = logging.getLogger(__name__)


Progress = Callable[[int, int], None]
Stops = tuple[type[Exception], ...]


def run(
    context: Context,
    groups: Iterable[Checks] = GROUPS,
    told: Progress | None = None,
    stops: Stops = (),
) -> tuple[Result, ...]:
    """Every check's result, in order; ``told`` hears after each how many of how many are done.

    ``stops`` are what ends the whole run wherever it is raised, and is no check's own fault.
    """
    groups = tuple(groups)
    total, results = sum(len(group) for group in groups), []
    for result in running(context, groups, stops):
        results.append(result)
        if told:
            told(len(results), total)
    return tuple(results)


def running(
    context: Context, groups: Iterable[Checks] = GROUPS, stops: Stops = ()
) -> Iterator[Result]:
    """Each result as soon as it is there, for a job that shows its progress."""
    results = dict(context.results)
    context = replace(context, results=results)
    for group in groups:
        for name, check in group:
            results[name] = _result(name, check, context, stops)
            yield results[name]


def _result(name: str, check: Check, context: Context, stops: Stops) -> Result:
    try:
        return check(context)
    except stops:
        raise
    except Refused as refused:
        values = {"refusal": refused.reason, **refused.values}
        return Result(name, Verdict.ERROR, "refused", values=values)
    except (OSError, MemoryError, RecursionError):
        log.exception("The material could not be read for check %s", name)
        return Result(name, Verdict.ERROR, "unreadable")
    except Exception:
        log.exception("The check %s failed", name)
        return Result(name, Verdict.ERROR, "fault_of_ours")
