"""R01 to R03: runs of one's own, bound to the weights, against what is claimed and each other."""

import re
from collections.abc import Iterator, Set
from itertools import combinations

from models_registry.checks.context import Context
from models_registry.checks.documents.evaluations import Claimed, claimed
from models_registry.checks.licences.material import is_closed
from models_registry.checks.own_runs.imports import Run, Score, runs
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict

_SNAPSHOT = re.compile(r"20\d\d-?[01]\d-?[0-3]\d|\d{8}|-\d{4}\b")
# Nineteen of twenty runs lie within this many standard errors.
_WITHIN = 1.96
_ROUNDING = 0.0051
_MOST_RUNS = 20


def r01_imported(context: Context) -> Result:
    """A run on just these weights, with versions of tasks and its day."""
    found = context.once(runs)
    if not found:
        return Result("R01", Verdict.NOT_CHECKABLE, "no_run")
    run, strength, reason = max(
        ((run, *binding(context, run)) for run in found), key=lambda one: one[1]
    )
    values: dict[str, Value] = {
        "programme": run.programme,
        "model": run.model or None,
        "count": len(run.scores),
        "day": run.date or None,
    }
    place = run.proof(f"{run.programme}: {run.model}")
    facts = (Fact("own_run", run.model or run.entry.path, strength, "R01", proof=place),)
    if reason == "other_weights":
        return Result("R01", Verdict.FAIL, reason, Strength.DOCUMENTED, values, (place,))
    if strength < Strength.VERIFIED:
        return Result("R01", Verdict.PARTIAL, reason, strength, values, (place,), facts)
    if not (run.versioned and run.date):
        return Result("R01", Verdict.PARTIAL, "incomplete", strength, values, (place,), facts)
    return Result("R01", Verdict.PASS, reason, strength, values, (place,), facts)


def r02_claims(context: Context) -> Result:
    """Whether claimed results lie where our own lie, chance taken into account."""
    found = context.once(runs)
    if not found:
        return Result("R02", Verdict.NOT_CHECKABLE, "no_run")
    pairs = list(_pairs(context.once(claimed), found))
    if not pairs:
        return Result("R02", Verdict.NOT_CHECKABLE, "nothing_in_common")
    apart = [(claim, score) for claim, score, _ in pairs if not _agree(claim, score)]
    strength = min(binding(context, run)[0] for _, _, run in pairs)
    values: dict[str, Value] = {
        "compared": len(pairs),
        "apart": len(apart),
        "names": tuple(f"{claim.task}: {claim.value:g}, {score.value:g}" for claim, score in apart),
    }
    proofs: list[Proof] = []
    for claim, score, run in pairs[:10]:
        proofs += [claim.proof, run.proof(f"{score.task}: {score.metric} {score.value:g}")]
    verdict, reason = Verdict.PASS, "agree"
    if apart:
        some = len(apart) < len(pairs)
        verdict, reason = (Verdict.PARTIAL, "some_apart") if some else (Verdict.FAIL, "apart")
    return Result("R02", verdict, reason, strength, values, tuple(proofs))


def r03_determinism(context: Context) -> Result:
    """Whether two runs with the same seed on the same weights say the same."""
    if is_closed(context):
        return Result("R03", Verdict.NOT_CHECKABLE, "closed")
    found = [run for run in context.once(runs) if run.seed and run.fingerprint]
    for first, second in combinations(found[:_MOST_RUNS], 2):
        common = _figures(first).keys() & _figures(second).keys()
        if common and (first.seed, first.fingerprint) == (second.seed, second.fingerprint):
            return _same(context, first, second, common)
    return Result("R03", Verdict.NOT_CHECKABLE, "no_two_runs")


def _same(context: Context, first: Run, second: Run, common: Set[tuple[str, str]]) -> Result:
    ours, theirs = _figures(first), _figures(second)
    differing = tuple(sorted({key[0] for key in common if ours[key] != theirs[key]}))
    strength = min(binding(context, run)[0] for run in (first, second))
    values: dict[str, Value] = {"seed": first.seed, "names": differing}
    proofs = (first.proof(f"seed {first.seed}"), second.proof(f"seed {second.seed}"))
    verdict, reason = (Verdict.FAIL, "differ") if differing else (Verdict.PASS, "same")
    return Result("R03", verdict, reason, strength, values, proofs)


def binding(context: Context, run: Run) -> tuple[Strength, str]:
    """How strongly a run is tied to this model, and why."""
    fact = context.fact("weights_fingerprint")
    if is_closed(context):
        # A service cannot show what it serves, and nobody can repeat the run.
        dated = _SNAPSHOT.search(run.model) is not None
        return (Strength.VERIFIED, "snapshot") if dated else (Strength.DOCUMENTED, "alias")
    if not run.fingerprint:
        return Strength.DOCUMENTED, "unbound"
    if fact is None:
        return Strength.DOCUMENTED, "nothing_to_bind_to"
    if str(fact.value).lower() != run.fingerprint:
        return Strength.NONE, "other_weights"
    if fact.strength < Strength.VERIFIED:
        return Strength.DOCUMENTED, "nothing_to_bind_to"
    return Strength.INDEPENDENT, "bound"


def _pairs(
    claims: tuple[Claimed, ...], found: tuple[Run, ...]
) -> Iterator[tuple[Claimed, Score, Run]]:
    known = {
        (_plain(score.task), _metric(score.metric)): (score, run)
        for run in found
        for score in run.scores
    }
    for claim in claims:
        if pair := known.get((_plain(claim.task), _metric(claim.metric))):
            yield claim, *pair


def _agree(claim: Claimed, score: Score) -> bool:
    # One writes 71.5 where the other writes 0.715.
    scale = 100 if claim.value > 1 >= score.value else 1
    allowed = (_WITHIN * (score.error or 0) + _ROUNDING) * scale
    return abs(claim.value - score.value * scale) <= allowed


def _figures(run: Run) -> dict[tuple[str, str], float]:
    return {(score.task, score.metric): score.value for score in run.scores}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().rpartition("/")[2])


def _metric(name: str) -> str:
    plain = _plain(name)
    return "accuracy" if plain in ("acc", "accnorm", "accuracy", "exactmatch") else plain
