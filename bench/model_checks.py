"""How long the checks take on the largest models: ``python -m bench.model_checks``.

The folder has what a repository of a model with 10^12 parameters has: an index and 60 shards whose
headers are of real size, the data behind them a hole in the file. Hashing such shards means reading
every byte and is a step of its own, so its speed is told apart, on a file that has data.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

AIM_SECONDS, AIM_MEGABYTES = 5.0, 200
ON = date(2026, 11, 23)
LAYERS, EXPERTS, HIDDEN, INNER = 61, 384, 7168, 2048
VOCABULARY, HEADS = 163_840, 64
SHARDS = 60
BITS = {"BF16": 16, "I32": 32}
CONFIG = {
    "architectures": ["DeepseekV3ForCausalLM"],
    "model_type": "deepseek_v3",
    "num_hidden_layers": LAYERS,
    "hidden_size": HIDDEN,
    "num_attention_heads": HEADS,
    "num_key_value_heads": HEADS,
    "vocab_size": VOCABULARY,
    "intermediate_size": 18_432,
    "moe_intermediate_size": INNER,
    "n_routed_experts": EXPERTS,
    "num_experts_per_tok": 8,
    "n_shared_experts": 1,
    "first_k_dense_replace": 1,
    "q_lora_rank": 1536,
    "kv_lora_rank": 512,
    "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64,
    "v_head_dim": 128,
    "max_position_embeddings": 262_144,
    "tie_word_embeddings": False,
    "quantization_config": {
        "quant_method": "compressed-tensors",
        "config_groups": {"group_0": {"weights": {"num_bits": 4, "group_size": 32}}},
    },
}

Tensor = tuple[str, str, list[int]]


def main() -> None:
    """Print time and memory of the checks and the speed of hashing and of a large archive."""
    with tempfile.TemporaryDirectory(prefix="drawbridge-bench-") as place:
        model = Path(place) / "model"
        tensors = make_model(model)
        headers = sum(8 + header_length(path) for path in model.glob("*.safetensors"))
        index = (model / "model.safetensors.index.json").stat().st_size
        print(
            f"{tensors:,} tensors in {SHARDS} shards, {apparent(model) / 1e12:.2f} TB as stated;"
            f" headers {headers / 1e6:.0f} MB, index {index / 1e6:.0f} MB"
        )
        checks(model)
        archive(Path(place))


def checks(model: Path) -> None:
    """In a process of its own, so that what made the folder is not measured."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.model_checks", str(model)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    measured = json.loads(done.stdout)
    met = measured["seconds"] <= AIM_SECONDS and measured["megabytes"] <= AIM_MEGABYTES
    print(
        f"{measured['checks']} checks: {measured['seconds']:.2f} s CPU,"
        f" {measured['megabytes']:.0f} MB at the peak"
        f" (aim at most {AIM_SECONDS:.0f} s and {AIM_MEGABYTES} MB,"
        f" {'met' if met else 'NOT met'})"
    )
    print(f"  parameters {measured['total']:,}, active {measured['active']:,}")


def measured(folder: Path) -> None:
    """Run every check and print what it cost."""
    from models_registry.checks.catalogue import load
    from models_registry.checks.context import Context
    from models_registry.checks.intake.folder import FolderMaterial
    from models_registry.checks.intake.hashing import hashed
    from models_registry.checks.running import run

    material = hashed(FolderMaterial(folder), up_to=1 << 20)
    results = {result.check: result for result in run(Context(material, load(), ON))}
    facts = {fact.name: fact.value for fact in results["W02"].facts}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "checks": len(results),
                "seconds": usage.ru_utime + usage.ru_stime,
                "megabytes": usage.ru_maxrss / 1024,
                "total": facts["parameters_total"],
                "active": facts["parameters_active"],
            }
        )
    )


def archive(place: Path) -> None:
    """A large ZIP, read through once; the memory is that of this process so far."""
    from models_registry.checks.intake.archive import ArchiveMaterial
    from models_registry.checks.intake.hashing import hashed

    path, size = place / "large.zip", 512 << 20
    piece = os.urandom(1 << 20)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made,
        made.open("data.bin", "w", force_zip64=True) as entry,
    ):
        for _ in range(size // len(piece)):
            entry.write(piece)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    with path.open("rb") as file:
        hashed(ArchiveMaterial(file))
    seconds = time.perf_counter() - started
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"a ZIP of {size >> 20} MB hashed as a stream: {size / seconds / 1e6:.0f} MB/s,", end=" ")
    print(f"{more:.0f} MB more memory")


def make_model(folder: Path) -> int:
    """The folder, and how many tensors its shards name."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG))
    places, total = {}, 0
    layers = [list(tensors_of(layer)) for layer in range(LAYERS)]
    layers[0].append(("model.embed_tokens.weight", "BF16", [VOCABULARY, HIDDEN]))
    layers[-1].append(("lm_head.weight", "BF16", [VOCABULARY, HIDDEN]))
    shards = [*layers[: SHARDS - 1], layers[-2] + layers[-1]]
    for number, tensors in enumerate(shards, start=1):
        name = f"model-{number:05}-of-{SHARDS:05}.safetensors"
        total += write_shard(folder / name, tensors)
        places.update(dict.fromkeys((tensor for tensor, _, _ in tensors), name))
    index = {"metadata": {"total_size": total}, "weight_map": places}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2))
    return len(places)


def tensors_of(layer: int) -> Iterator[Tensor]:
    """One layer as in models of this size: compressed attention, experts of four bits."""
    base = f"model.layers.{layer}"
    attention = {
        "q_a_proj": [1536, HIDDEN],
        "q_b_proj": [HEADS * 192, 1536],
        "kv_a_proj_with_mqa": [576, HIDDEN],
        "kv_b_proj": [HEADS * 256, 512],
        "o_proj": [HIDDEN, HEADS * 128],
    }
    for name, shape in attention.items():
        yield f"{base}.self_attn.{name}.weight", "BF16", shape
    for name in ("input_layernorm", "post_attention_layernorm"):
        yield f"{base}.{name}.weight", "BF16", [HIDDEN]
    if layer == 0:
        yield from dense(f"{base}.mlp", 18_432)
        return
    yield f"{base}.mlp.gate.weight", "BF16", [EXPERTS, HIDDEN]
    yield from dense(f"{base}.mlp.shared_experts", INNER)
    for expert in range(EXPERTS):
        for name, shape in matrices(INNER).items():
            path = f"{base}.mlp.experts.{expert}.{name}"
            yield f"{path}.weight_packed", "I32", [shape[0], shape[1] // 8]
            yield f"{path}.weight_scale", "BF16", [shape[0], shape[1] // 32]
            yield f"{path}.weight_shape", "I32", [2]


def dense(base: str, inner: int) -> Iterator[Tensor]:
    for name, shape in matrices(inner).items():
        yield f"{base}.{name}.weight", "BF16", shape


def matrices(inner: int) -> dict[str, list[int]]:
    up = [inner, HIDDEN]
    return {"gate_proj": up, "up_proj": up, "down_proj": [HIDDEN, inner]}


def write_shard(path: Path, tensors: list[Tensor]) -> int:
    """A header and a hole as long as its data; the bytes of the data."""
    header, at = {}, 0
    for name, dtype, shape in tensors:
        end = at + math.prod(shape) * BITS[dtype] // 8
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, end]}
        at = end
    content = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    with path.open("wb") as file:
        file.write(len(content).to_bytes(8, "little") + content)
        file.truncate(8 + len(content) + at)
    return at


def header_length(path: Path) -> int:
    with path.open("rb") as file:
        return int.from_bytes(file.read(8), "little")


def apparent(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


if __name__ == "__main__":
    measured(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
