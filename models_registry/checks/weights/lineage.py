"""W13: whether a quantised copy says that it is one."""

from models_registry.checks.context import Context
from models_registry.checks.readers.cards import card_of
from models_registry.checks.results import Fact, Proof, Result, Value, Verdict
from models_registry.checks.weights.inventory import Inventory, inventory
from models_registry.checks.weights.present import proofs_of, strength_of
from models_registry.checks.weights.quantisation import declared

_WIDE = {"F64", "F32", "F16", "BF16", "C64"}
_MOSTLY = 0.5


def w13_quantisation(context: Context) -> Result:
    """What is declared against how the numbers are stored."""
    found = context.once(inventory)
    if not found.counted:
        return Result("W13", Verdict.NOT_CHECKABLE, "no_headers")
    observed = _observed(found)
    method = declared(found.config).method
    relation, has_base = _relation(context)
    verdict, reason = _judged(found, observed, method, relation, has_base)
    values: dict[str, Value] = {
        "observed": observed or "none",
        "declared": method or None,
        "relation": relation or None,
    }
    strength = strength_of(found)
    fact = Fact("quantised", observed or False, strength, "W13")
    proofs = proofs_of(found.main[:1])
    if found.config:
        entry = found.config.entry
        proofs += (Proof(entry.path, f"quant_method: {method}"[:300], sha256=entry.sha256),)
    return Result("W13", verdict, reason, strength, values, proofs, (fact,))


def _observed(found: Inventory) -> str:
    """The narrow type in which most parameters are stored, or nothing."""
    stored, total = found.tally.stored, found.tally.parameters
    narrow = {dtype: number for dtype, number in stored.items() if dtype not in _WIDE}
    if not narrow or sum(narrow.values()) < total * _MOSTLY:
        return ""
    return max(narrow, key=lambda dtype: narrow[dtype])


def _judged(
    found: Inventory, observed: str, method: str, relation: str, has_base: bool
) -> tuple[Verdict, str]:
    if observed and found.gguf is not None:
        named = bool(relation) or has_base or _names_source(found)
        return (Verdict.PASS, "declared") if named else (Verdict.PARTIAL, "undeclared")
    if observed:
        known = bool(method) or relation == "quantized"
        return (Verdict.PASS, "declared") if known else (Verdict.PARTIAL, "undeclared")
    if method or relation == "quantized":
        return Verdict.FAIL, "declared_not_observed"
    return Verdict.PASS, "none"


def _names_source(found: Inventory) -> bool:
    values = found.gguf.values if found.gguf else {}
    return any(key.startswith("general.base_model.") for key in values)


def _relation(context: Context) -> tuple[str, bool]:
    """What the front of the model card says of the model that this one was made from."""
    claim = context.claims.get("base_model_relation")
    if isinstance(claim, str) and claim:
        return claim, True
    card = context.once(card_of)
    if card is None:
        return "", False
    return card.one("base_model_relation").lower(), bool(card.many("base_model"))
