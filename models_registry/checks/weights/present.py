"""W01: whether the weights are there, all of them and readable."""

from collections.abc import Iterable

from models_registry.checks.context import Context
from models_registry.checks.material import Entry
from models_registry.checks.results import Fact, Proof, Result, Strength, Verdict
from models_registry.checks.weights.inventory import Inventory, inventory

_MOST_PROOFS = 20


def w01_weights_present(context: Context) -> Result:
    """Complete, a part or only the index."""
    found = context.once(inventory)
    verdict, reason = _judged(found)
    return Result(
        "W01",
        verdict,
        reason,
        strength_of(found),
        {
            "files": len(found.main),
            "missing": found.missing,
            "misplaced": found.misplaced,
            "broken": tuple(path for path, _ in found.faults),
            "bytes": sum(each.size for each in found.main),
        },
        proofs=proofs_of(_mentioned(found)),
        facts=_facts(found),
    )


def strength_of(found: Inventory) -> Strength:
    """What a property read from the headers is worth: less where the files behind are not here.

    The beginning of a file proves nothing about its rest as long as nobody here saw the whole.
    """
    return Strength.VERIFIED if found.held_whole else Strength.DOCUMENTED


def proofs_of(entries: Iterable[Entry]) -> tuple[Proof, ...]:
    return tuple(Proof(each.path, sha256=each.sha256) for each in list(entries)[:_MOST_PROOFS])


def _judged(found: Inventory) -> tuple[Verdict, str]:
    if found.faults:
        return Verdict.FAIL, "broken"
    if found.misplaced:
        return Verdict.FAIL, "index_untrue"
    if found.missing:
        return Verdict.PARTIAL, "part" if found.main else "only_index"
    if found.adapter:
        return Verdict.PARTIAL, "only_adapter"
    return Verdict.PASS, "complete" if found.held_whole else "complete_as_listed"


def _mentioned(found: Inventory) -> list[Entry]:
    return ([found.index] if found.index else []) + list(found.main)


def _facts(found: Inventory) -> tuple[Fact, ...]:
    kinds = tuple(sorted({found.kinds[each.path].value for each in found.main}))
    if not kinds:
        return ()
    size = sum(each.size for each in found.main)
    strength = strength_of(found)
    return (
        Fact("weights_formats", kinds, strength, "W01"),
        Fact("weights_bytes", size, strength, "W01", "B"),
    )
