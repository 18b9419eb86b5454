"""B01 to B05: a CycloneDX bill of the model and its data."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models_registry.checks.bills.reading import Bill, Bills, bills, items, text
from models_registry.checks.bills.schemas import VERSIONS, faults
from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict, term

_FULL, _ENOUGH = 0.8, 0.4
_MOST_HASHES = 20_000
# What a model card of CycloneDX can say, each by where it stands.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "approach": ("modelParameters", "approach", "type"),
    "task": ("modelParameters", "task"),
    "architecture_family": ("modelParameters", "architectureFamily"),
    "architecture": ("modelParameters", "modelArchitecture"),
    "data_sets": ("modelParameters", "datasets"),
    "inputs": ("modelParameters", "inputs"),
    "outputs": ("modelParameters", "outputs"),
    "metrics": ("quantitativeAnalysis", "performanceMetrics"),
    "users": ("considerations", "users"),
    "use_cases": ("considerations", "useCases"),
    "limitations": ("considerations", "technicalLimitations"),
    "trade_offs": ("considerations", "performanceTradeoffs"),
    "ethics": ("considerations", "ethicalConsiderations"),
    "fairness": ("considerations", "fairnessAssessments"),
    "energy": ("considerations", "environmentalConsiderations", "energyConsumptions"),
}


def b01_valid(context: Context) -> Result:
    """Whether the bill follows the schema of the version that it names."""
    found = context.once(bills)
    if not found.cyclonedx:
        return _unread(found)
    bill = found.cyclonedx[0]
    common: dict[str, Value] = {"path": bill.entry.path, "version": bill.version or None}
    place = bill.proof(f"CycloneDX {bill.version}")
    if bill.version not in VERSIONS:
        common["known"] = VERSIONS
        return _verified("B01", Verdict.PARTIAL, "version_unknown", common, place)
    try:
        wrong = faults(dict(bill.data), bill.version, name=bill.entry.path)
    except Refused as refused:
        return _unread(Bills(refused=((bill.entry, refused),)))
    if wrong:
        common |= {"count": len(wrong), "first": f"{wrong[0][0]}: {wrong[0][1]}"}
        places = (bill.proof(f"{where}: {fault}") for where, fault in wrong[:10])
        return _verified("B01", Verdict.FAIL, "invalid", common, *places)
    return _verified("B01", Verdict.PASS, "valid", common, place)


def _unread(found: Bills) -> Result:
    if not found.refused:
        return Result("B01", Verdict.NOT_CHECKABLE, "no_bill")
    entry, refused = found.refused[0]
    values: dict[str, Value] = {"path": entry.path, "refusal": refused.reason}
    proof = Proof(entry.path, sha256=entry.sha256)
    return _verified("B01", Verdict.FAIL, "unreadable_bill", values, proof)


def b02_model(context: Context) -> Result:
    """A component that is a model, with version, hashes, licence and supplier."""
    found = _first_model(context)
    if found is None:
        return _without(context, "B02")
    bill, model = found
    there = {
        "version": bool(text(model, "version")),
        "hashes": bool(items(model, "hashes")),
        "licences": bool(items(model, "licenses")),
        "supplier": any(text(model, key, "name") for key in ("supplier", "manufacturer"))
        or bool(text(model, "publisher")),
    }
    missing = tuple(term(f"bill_{name}") for name, is_there in there.items() if not is_there)
    name = text(model, "name")
    place = bill.proof(f"{name} {text(model, 'version')}")
    verdict, reason = (Verdict.PARTIAL, "part") if missing else (Verdict.PASS, "whole")
    return documented("B02", verdict, reason, place, name=name or None, missing=missing)


def b03_model_card(context: Context) -> Result:
    """How much of the card inside the bill is filled."""
    found = _first_model(context)
    if found is None:
        return _without(context, "B03")
    bill, model = found
    card = model.get("modelCard")
    if not isinstance(card, dict):
        return documented("B03", Verdict.FAIL, "no_card", bill.proof(text(model, "name")))
    there = [name for name, path in _FIELDS.items() if _filled(card, path)]
    share = len(there) / len(_FIELDS)
    missing = tuple(term(f"bill_{name}") for name in _FIELDS if name not in there)
    facts = tuple(said("B03", f"bill_{name}", True, bill.proof(name)) for name in there)
    verdict, reason = Verdict.FAIL, "thin"
    if share >= _FULL:
        verdict, reason = Verdict.PASS, "full"
    elif share >= _ENOUGH:
        verdict, reason = Verdict.PARTIAL, "part"
    place = bill.proof("modelCard")
    count, of = len(there), len(_FIELDS)
    return documented(
        "B03", verdict, reason, place, facts=facts, count=count, of=of, missing=missing
    )


def b04_hashes(context: Context) -> Result:
    """The hashes in the bill against those of the files that are here."""
    if not context.once(bills).cyclonedx:
        return _without(context, "B04")
    listed = list(_hashes(context))
    if not listed:
        return Result("B04", Verdict.NOT_CHECKABLE, "no_hash")
    seen = {e.sha256: e for e in context.material.entries() if e.sha256 and e.hash_seen_here}
    if not seen:
        return Result("B04", Verdict.NOT_CHECKABLE, "not_hashed")
    root = context.fact("weights_fingerprint")
    counted = root is not None and root.strength >= Strength.VERIFIED
    known = {*seen, *([str(root.value)] if root and counted else [])}
    by_name = {e.path.rpartition("/")[2]: e.sha256 for e in seen.values()}
    wrong = [(b, n) for b, n, h in listed if h not in known and by_name.get(n, h) != h]
    matching = [(b, n) for b, n, h in listed if h in known]
    values: dict[str, Value] = {"matching": len(matching), "count": len(listed)}
    if wrong:
        values["names"] = tuple(name for _, name in wrong[:10])
        places = (bill.proof(name) for bill, name in wrong[:10])
        return _verified("B04", Verdict.FAIL, "mismatch", values, *places)
    places = (bill.proof(name) for bill, name in (matching or [(b, n) for b, n, _ in listed])[:10])
    if not matching:
        return _verified("B04", Verdict.FAIL, "none_here", values, *places)
    fact = Fact("bill_matches_files", True, Strength.VERIFIED, "B04")
    whole = len(matching) == len(listed)
    verdict, reason = (Verdict.PASS, "match") if whole else (Verdict.PARTIAL, "some_match")
    return Result("B04", verdict, reason, Strength.VERIFIED, values, tuple(places), (fact,))


def b05_data(context: Context) -> Result:
    """Data sets as components of their own, and who answers for them."""
    found = context.once(bills).cyclonedx
    if not found:
        return _without(context, "B05")
    sets = [(bill, data, governed) for bill in found for data, governed in _data(bill)]
    if not sets:
        return documented("B05", Verdict.FAIL, "none", found[0].proof())
    governed = [one for one in sets if one[2]]
    places = (bill.proof(text(data, "name")) for bill, data, _ in sets[:10])
    verdict, reason = Verdict.PARTIAL, "no_governance"
    if governed:
        whole = len(governed) == len(sets)
        verdict, reason = (Verdict.PASS, "all") if whole else (Verdict.PARTIAL, "some")
    return documented("B05", verdict, reason, *places, count=len(sets), governed=len(governed))


def _first_model(context: Context) -> tuple[Bill, Mapping[str, Any]] | None:
    models = [(bill, model) for bill in context.once(bills).cyclonedx for model in bill.models]
    return next((one for one in models if "modelCard" in one[1]), models[0] if models else None)


def _without(context: Context, check: str) -> Result:
    found = context.once(bills).cyclonedx
    if not found:
        return Result(check, Verdict.NOT_CHECKABLE, "no_bill")
    return documented(check, Verdict.FAIL, "no_model", found[0].proof())


def _filled(card: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    value: Any = card
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return bool(value)


def _hashes(context: Context) -> Iterator[tuple[Bill, str, str]]:
    count = 0
    for bill in context.once(bills).cyclonedx:
        for component in bill.components:
            for one in items(component, "hashes"):
                if text(one, "alg") == "SHA-256" and count < _MOST_HASHES:
                    count += 1
                    name = text(component, "name").rpartition("/")[2]
                    yield bill, name, text(one, "content").lower()


def _data(bill: Bill) -> Iterator[tuple[Mapping[str, Any], bool]]:
    for component in bill.components:
        if component.get("type") == "data":
            details = [one for one in items(component, "data") if isinstance(one, dict)]
            yield component, any(one.get("governance") for one in details)
    for model in bill.models:
        for one in items(model, "modelCard", "modelParameters", "datasets"):
            if isinstance(one, dict) and "ref" not in one:
                yield one, bool(one.get("governance"))


def _verified(
    check: str, verdict: Verdict, reason: str, values: Mapping[str, Value], *proofs: Proof
) -> Result:
    return Result(check, verdict, reason, Strength.VERIFIED, values, proofs)


CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    ("B01", b01_valid),
    ("B02", b02_model),
    ("B03", b03_model_card),
    ("B04", b04_hashes),
    ("B05", b05_data),
)
