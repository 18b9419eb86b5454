"""Tiny files of the formats that models come in."""

import io
import json
import math
import struct
import zipfile
from datetime import date

from models_registry.checks.catalogue import load
from models_registry.checks.context import Context
from models_registry.checks.intake.files import FilesMaterial
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.material import Entry
from models_registry.checks.readers.gguf import TYPES
from models_registry.checks.readers.safetensors import BITS

ON = date(2026, 11, 23)
KINDS = {name: number for number, (name, _, _) in TYPES.items()}


def material_of(files):
    """Files in memory, by path."""
    contents = {path: as_bytes(content) for path, content in files.items()}
    entries = [Entry(path, len(content), held=len(content)) for path, content in contents.items()]
    return FilesMaterial(entries, lambda entry: io.BytesIO(contents[entry.path]))


def as_bytes(content):
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def context(files, *, hashing=True, **claims):
    """What a check is given, over files in memory."""
    made = files if hasattr(files, "entries") else material_of(files)
    return Context(hashed(made) if hashing else made, load(), ON, claims=claims)


def safetensors(tensors, *, metadata=None, data=True):
    """A file of tensors given as name -> (dtype, shape)."""
    rows, at = {}, 0
    for name, (dtype, shape) in tensors.items():
        end = at + math.prod(shape) * BITS[dtype] // 8
        rows[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, end]}
        at = end
    if metadata is not None:
        rows["__metadata__"] = metadata
    return with_header(json.dumps(rows).encode(), at if data else 0)


def with_header(header, size=0):
    return struct.pack("<Q", len(header)) + header + bytes(size)


def index(**shards):
    places = {tensor: name for name, tensors in shards.items() for tensor in tensors}
    return {"metadata": {"total_size": 1}, "weight_map": places}


def gguf(values, tensors, *, version=3):
    """A file with metadata and tensors given as name -> (type, shape with the fastest first)."""
    body, at = b"", 0
    for name, (kind, shape) in tensors.items():
        number = KINDS[kind]
        _, block, size = TYPES[number]
        body += text(name) + struct.pack("<I", len(shape))
        body += struct.pack(f"<{len(shape)}Q", *shape) + struct.pack("<IQ", number, at)
        at += math.prod(shape) // block * size
    keys = b"".join(text(key) + valued(value) for key, value in values.items())
    head = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(values)) + keys + body
    return head + bytes(-len(head) % 32) + bytes(at)


def text(value):
    content = value.encode()
    return struct.pack("<Q", len(content)) + content


def valued(value):
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<IQ", 10, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + text(value)
    return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(text(item) for item in value)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    """A ZIP of names (or ZipInfo) and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


MIXTURE_CONFIG = {
    "architectures": ["Qwen3MoeForCausalLM"],
    "model_type": "qwen3_moe",
    "num_hidden_layers": 2,
    "hidden_size": 16,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 4,
    "vocab_size": 100,
    "intermediate_size": 32,
    "moe_intermediate_size": 8,
    "num_experts": 4,
    "num_experts_per_tok": 2,
    "max_position_embeddings": 4096,
}
# Two embeddings of 1,600, and in each of two layers 768 of attention, 64 of a router and four
# experts of 384, two of which work on each token.
MIXTURE_TOTAL, MIXTURE_ACTIVE = 7936, 6400


def mixture_tensors(dtype="BF16"):
    tensors = {name: (dtype, [100, 16]) for name in ("model.embed_tokens.weight", "lm_head.weight")}
    for layer in range(2):
        base = f"model.layers.{layer}"
        for name, rows in {"q_proj": 16, "k_proj": 8, "v_proj": 8, "o_proj": 16}.items():
            tensors[f"{base}.self_attn.{name}.weight"] = (dtype, [rows, 16])
        tensors[f"{base}.mlp.gate.weight"] = (dtype, [4, 16])
        for expert in range(4):
            for name, shape in {"gate": [8, 16], "up": [8, 16], "down": [16, 8]}.items():
                tensors[f"{base}.mlp.experts.{expert}.{name}_proj.weight"] = (dtype, shape)
    return tensors


def mixture(**more):
    return {
        "config.json": MIXTURE_CONFIG,
        "model.safetensors": safetensors(mixture_tensors()),
        **more,
    }
