"""W10: the longest context, in every file that states one, against what the register says."""

from collections.abc import Iterator
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.config import Config, at_root, read_object
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import inventory
from models_registry.checks.weights.shape import context_of

# Tokenizers that know no limit state one of thirty digits.
_NO_LIMIT = 10**9
_CLOSE = 0.02


def w10_context_length(context: Context) -> Result:
    """Equal, stretched by scaled positions, or contradicted."""
    found = context.once(inventory)
    stated = context_of(found.config) if found.config else None
    if found.config is None or stated is None:
        return Result("W10", Verdict.NOT_CHECKABLE, "not_stated")
    stretch = _stretch(found.config)
    original = _original(found.config)
    others = tuple(_others(context))
    claim = context.number("context_length_tokens")
    possible = {stated, *_stretched(stated, original, stretch)}
    verdict, reason = _judged(stated, claim, possible, stretch)
    strength = Strength.VERIFIED if found.main else Strength.DOCUMENTED
    values: dict[str, Value] = {
        "stated": stated,
        "claimed": claim,
        "stretch": stretch,
        "original": original,
        "others": tuple(f"{name}: {number}" for name, number in others),
    }
    entry = found.config.entry
    proof = Proof(entry.path, f"max_position_embeddings: {stated}", sha256=entry.sha256)
    fact = Fact("context_length_tokens", stated, strength, "W10", "tokens", proof)
    return Result("W10", verdict, reason, strength, values, (proof,), (fact,))


def _judged(
    stated: int, claim: float | None, possible: set[int], stretch: float | None
) -> tuple[Verdict, str]:
    if claim and not any(_equal(claim, number) for number in possible):
        # Less than the network allows is a choice of whoever offers it, not a contradiction.
        return (Verdict.PARTIAL, "claims_less") if claim < stated else (Verdict.FAIL, "off")
    if stretch:
        return Verdict.PARTIAL, "stretched"
    return Verdict.PASS, "agrees" if claim else "found"


def _equal(claim: float, number: int) -> bool:
    """128,000 and 131,072 are both written 128K."""
    thousands = {number, number // 1024 * 1000}
    return any(abs(claim - each) <= each * _CLOSE for each in thousands)


def _scaling(config: Config) -> dict[str, Any]:
    section = config.mapping("rope_scaling") or config.mapping("rope_parameters")
    return dict(section)


def _stretch(config: Config) -> float | None:
    factor = _scaling(config).get("factor")
    if isinstance(factor, bool) or not isinstance(factor, int | float):
        return None
    return float(factor) if 1 < factor < 10_000 else None


def _original(config: Config) -> int | None:
    number = _scaling(config).get("original_max_position_embeddings")
    number = number or config.integer("original_max_position_embeddings")
    return number if type(number) is int and 0 < number < _NO_LIMIT else None


def _stretched(stated: int, original: int | None, stretch: float | None) -> set[int]:
    """Some files state the length before stretching, some the one after."""
    return {round((original or stated) * stretch)} if stretch else set()


def _others(context: Context) -> Iterator[tuple[str, int]]:
    keys = {"tokenizer_config.json": "model_max_length", "generation_config.json": "max_length"}
    for name, key in keys.items():
        entry = at_root(context.material, name)
        try:
            value = read_object(context.material, entry).get(key) if entry else None
        except Refused:
            continue
        if type(value) is int and 0 < value < _NO_LIMIT:
            yield name, value
