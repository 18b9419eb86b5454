"""W08 and W09: the architecture that is declared, and whether the weights have it."""

from collections.abc import Iterator

from models_registry.checks.context import Context
from models_registry.checks.readers.config import Config
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import Inventory, inventory
from models_registry.checks.weights.present import strength_of
from models_registry.checks.weights.shape import Shape, chosen_of, shape_of

# Rows of an embedding are filled up so that they divide well.
_MOST_PADDING = 1024
_PADDING_SHARE = 0.02
_CLOSE, _NEAR = 0.03, 0.15


def w08_architecture(context: Context) -> Result:
    """All that is needed to build the network, or only its name."""
    found = context.once(inventory)
    config = found.config
    if found.config_fault is not None:
        return Result("W08", Verdict.ERROR, "broken")
    if config is None:
        return Result("W08", Verdict.FAIL, "none")
    name = _name(config)
    missing = tuple(key for key, there in _wanted(config).items() if not there)
    values: dict[str, Value] = {"architecture": name, "missing": missing}
    verdict, reason = Verdict.PASS, "full"
    if missing:
        verdict = Verdict.PARTIAL if name else Verdict.FAIL
        reason = "only_name" if name else "none"
    quote = f'"model_type": "{config.string("model_type")}", "architectures": "{name}"'
    proof = Proof(config.entry.path, quote[:300], sha256=config.entry.sha256)
    strength = Strength.VERIFIED if found.main else Strength.DOCUMENTED
    facts = tuple(Fact(key, value, strength, "W08", proof=proof) for key, value in _facts(config))
    return Result("W08", verdict, reason, strength, values, (proof,), facts)


def w09_config_fits_weights(context: Context) -> Result:
    """Layers, vocabulary, experts and the whole size, as configured and as they are."""
    found = context.once(inventory)
    if not found.counted or found.config is None or found.gguf is not None:
        reason = "one_source" if found.gguf is not None else "nothing_to_compare"
        return Result("W09", Verdict.NOT_CHECKABLE, reason)
    if found.adapter:
        return Result("W09", Verdict.NOT_APPLICABLE, "only_adapter")
    compared = tuple(_compared(found, found.config))
    wrong = tuple(told for told, fits in compared if fits is False)
    minor = tuple(told for told, fits in compared if fits is None)
    values: dict[str, Value] = {"compared": len(compared), "wrong": wrong, "minor": minor}
    strength = strength_of(found)
    proof = (Proof(found.config.entry.path, sha256=found.config.entry.sha256),)
    if not compared:
        return Result("W09", Verdict.NOT_CHECKABLE, "nothing_to_compare", proofs=proof)
    if wrong:
        return Result("W09", Verdict.FAIL, "contradict", strength, values, proof)
    if minor:
        return Result("W09", Verdict.PARTIAL, "minor", strength, values, proof)
    return Result("W09", Verdict.PASS, "fit", strength, values, proof)


def _name(config: Config) -> str:
    names = config.strings("architectures")
    return names[0] if names else config.string("model_type") or config.string("_class_name")


def _wanted(config: Config) -> dict[str, bool]:
    return {
        "architectures": bool(_name(config)),
        "num_hidden_layers": bool(config.integer("num_hidden_layers", "n_layer", "num_layers")),
        "hidden_size": bool(config.integer("hidden_size", "n_embd", "d_model", "dim")),
        "num_attention_heads": bool(config.integer("num_attention_heads", "n_head", "n_heads")),
        "vocab_size": bool(config.integer("vocab_size")),
    }


def _facts(config: Config) -> Iterator[tuple[str, Value]]:
    yield "architecture", _name(config)
    shape = shape_of(config)
    if shape is not None:
        yield "layers", shape.layers
        yield "hidden_size", shape.hidden
        yield "attention_heads", shape.attention.heads
        yield "vocabulary_size", shape.vocabulary
    experts, chosen = chosen_of(config)
    if experts > 1:
        yield "experts", experts
        yield "experts_per_token", chosen


Compared = Iterator[tuple[str, bool | None]]


def _compared(found: Inventory, config: Config) -> Compared:
    """What was compared, and whether it fits: yes, no, or nearly."""
    shape, tally = shape_of(config), found.tally
    if shape is None:
        return
    if tally.embedding:
        yield from _embedding(shape, tally.embedding)
    if tally.numbered:
        layers = max(tally.numbered) + 1
        complete = len(tally.numbered) == layers == shape.layers
        yield f"num_hidden_layers {shape.layers} / {layers}", complete
    if tally.experts and shape.experts:
        yield f"experts {shape.experts} / {tally.experts}", shape.experts == tally.experts
    elif tally.experts > 1:
        yield f"experts 0 / {tally.experts}", False
    # Parts for images and sound are not counted from the configuration of the language part.
    if config.text is config.data:
        yield from _whole(shape, tally.parameters - tally.prediction)


def _embedding(shape: Shape, embedding: tuple[int, ...]) -> Compared:
    if len(embedding) != 2:
        return
    rows, width = embedding
    yield f"hidden_size {shape.hidden} / {width}", width == shape.hidden
    padding = max(_MOST_PADDING, shape.vocabulary * _PADDING_SHARE)
    equal = rows == shape.vocabulary
    near = None if 0 < rows - shape.vocabulary <= padding else False
    yield f"vocab_size {shape.vocabulary} / {rows}", equal or near


def _whole(shape: Shape, counted: int) -> Compared:
    expected = shape.parameters()
    off = abs(expected - counted) / max(expected, 1)
    # An unusual network is no contradiction, so the total alone never counts as one.
    if off <= _NEAR:
        yield f"parameters {expected} / {counted}", True if off <= _CLOSE else None
