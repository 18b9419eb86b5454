"""W02 and W03: how many parameters, how many of them work at once, and what memory they take."""

from dataclasses import dataclass

from models_registry.checks.context import Context
from models_registry.checks.results import Fact, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import Inventory, inventory
from models_registry.checks.weights.present import proofs_of, strength_of
from models_registry.checks.weights.quantisation import declared
from models_registry.checks.weights.shape import chosen_of, shape_of

_CLOSE, _NEAR = 0.02, 0.10
_BYTES = {
    "float64": 8, "float32": 4, "float": 4, "bfloat16": 2, "float16": 2, "half": 2,
    "float8_e4m3fn": 1, "int8": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """Parameters in all, without those that only predict further tokens, and at work at once."""

    total: int
    main: int
    active: int | None
    strength: Strength
    estimated: bool = False


def count(context: Context) -> Count | None:
    """What the headers say; where there are none, an estimate from the index and the config."""
    found = context.once(inventory)
    if found.counted and not found.adapter:
        tally = found.tally
        main = tally.parameters - tally.prediction
        return Count(tally.parameters, main, _active(found, main), strength_of(found))
    return _estimate(found)


def w02_parameters(context: Context) -> Result:
    """The count against what the register says."""
    found, counted = context.once(inventory), context.once(count)
    if counted is None:
        reason = "only_adapter" if found.adapter else "no_headers"
        return Result("W02", Verdict.NOT_CHECKABLE, reason)
    claim = context.number("parameters_total")
    active_claim = context.number("parameters_active")
    off = max(
        _off(claim, counted.total, counted.main),
        _off(active_claim, counted.active) if counted.active else 0.0,
    )
    verdict, reason = _judged(counted, off, claimed=claim is not None or active_claim is not None)
    values: dict[str, Value] = {
        "counted": counted.total,
        "claimed": claim,
        "active": counted.active,
        "claimed_active": active_claim,
        "off": round(100 * off, 1),
    }
    return Result(
        "W02",
        verdict,
        reason,
        counted.strength,
        values,
        proofs=proofs_of(found.main or ([found.index] if found.index else [])),
        facts=_facts(context, counted),
    )


def w03_size_bin(context: Context) -> Result:
    """The range of the Model Documentation Form."""
    counted = context.once(count)
    if counted is None:
        return Result("W03", Verdict.NOT_CHECKABLE, "no_count")
    name = size_bin(context, counted.total)
    fact = Fact("size_bin", name, counted.strength, "W03")
    return Result("W03", Verdict.PASS, "found", counted.strength, {"bin": name}, facts=(fact,))


def size_bin(context: Context, parameters: int) -> str:
    """The range in which a number of parameters lies."""
    rows = context.catalogue.section("size_bins").values()
    fitting = [row for row in rows if row["below"] is None or parameters < row["below"]]
    return str(fitting[0]["label"])


def _active(found: Inventory, main: int) -> int | None:
    if not found.config:
        return None
    tally = found.tally
    experts, chosen = chosen_of(found.config)
    # What the tensors show outweighs what the configuration says.
    experts = tally.experts or experts
    if not tally.routed:
        return main if experts <= 1 else None
    if not 0 < chosen <= experts:
        return None
    return main - tally.routed + tally.routed * chosen // experts


def _estimate(found: Inventory) -> Count | None:
    shape = shape_of(found.config) if found.config else None
    if found.index and found.total_size and found.config and not found.faults:
        bits = declared(found.config).bits
        dtype = found.config.string("torch_dtype") or found.config.string("dtype")
        size = bits / 8 if bits else _BYTES.get(dtype.removeprefix("torch."), 0)
        if size:
            total = int(found.total_size / size)
            active = shape.active() if shape and shape.mixture else total
            return Count(total, total, active, Strength.DOCUMENTED, estimated=True)
    if shape is None or found.adapter:
        return None
    total = shape.parameters()
    return Count(total, total, shape.active(), Strength.DOCUMENTED, estimated=True)


def _off(claim: float | None, *found: int) -> float:
    if not claim or claim < 0:
        return 0.0
    return min(abs(each - claim) / claim for each in found)


def _judged(counted: Count, off: float, *, claimed: bool) -> tuple[Verdict, str]:
    if off > _NEAR:
        return Verdict.FAIL, "off"
    if off > _CLOSE:
        return Verdict.PARTIAL, "near"
    if counted.estimated:
        return Verdict.PARTIAL, "estimated"
    return Verdict.PASS, "agrees" if claimed else "counted"


def _facts(context: Context, counted: Count) -> tuple[Fact, ...]:
    def fact(name: str, value: Value, unit: str = "") -> Fact:
        return Fact(name, value, counted.strength, "W02", unit)

    tally = context.once(inventory).tally
    facts = [fact("parameters_total", counted.total)]
    if counted.active:
        facts.append(fact("parameters_active", counted.active))
    if counted.total != counted.main:
        facts.append(fact("parameters_prediction", counted.total - counted.main))
    facts += [fact(f"memory_{name}", size, "B") for name, size in memory(counted.total).items()]
    if not counted.estimated:
        by_dtype = tuple((name, number) for name, number in tally.stored.most_common())
        facts.append(fact("parameters_by_dtype", by_dtype))
        facts.append(fact("memory_as_stored", tally.bytes, "B"))
    if (per_token := cache_per_token(context)) is not None:
        facts.append(fact("memory_per_token", per_token, "B"))
    return tuple(facts)


def memory(parameters: int) -> dict[str, int]:
    """The bytes that the weights alone take at the usual widths of a number."""
    return {"16_bit": parameters * 2, "8_bit": parameters, "4_bit": parameters // 2}


def cache_per_token(context: Context) -> int | None:
    """The bytes that each token of the context adds at 16 bits; layers of other kinds take less."""
    config = context.once(inventory).config
    shape = shape_of(config) if config else None
    return 2 * shape.layers * shape.attention.cached() if shape else None
