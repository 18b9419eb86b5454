"""The header of a safetensors file, and the index over several.

The format's own library wants the whole file before it opens it, and maps it into memory; here only
the header is at hand (a pack, a stream out of an archive), so its rules are applied again.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from models_registry.checks.intake.listing import read_up_to
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.bounded_json import read_json

# The format allows 100 MB; the largest headers seen are below 1 MB and indexes near 25 MB.
MOST_HEADER = 32 << 20
MOST_INDEX = 48 << 20
_LARGEST = 1 << 60
_MOST_DIMENSIONS = 32
BITS: Mapping[str, int] = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "U32": 32, "I32": 32, "U64": 64, "I64": 64,
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "F16": 16, "BF16": 16, "F32": 32, "F64": 64, "C64": 64,
}  # fmt: skip


class Tensor(NamedTuple):
    """One tensor as a header names it; ``start`` and ``end`` count from the end of the header."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What one file says of its tensors; ``end`` is where its data begins."""

    tensors: tuple[Tensor, ...]
    metadata: Mapping[str, str]
    end: int


@dataclass(frozen=True, slots=True)
class Index:
    """Which shard holds which tensors, and the bytes of all of them where it says so."""

    shards: Mapping[str, frozenset[str]]
    total_size: int | None


def header_length(file: BinaryIO, *, size: int, name: str) -> int:
    """The bytes that the header takes after the first eight."""
    beginning = read_up_to(file, 8)
    length = int.from_bytes(beginning, "little")
    if len(beginning) < 8 or length < 2 or 8 + length > size:
        raise Refused("header_beyond_file", name=name)
    if length > MOST_HEADER:
        raise Refused("header_too_large", name=name, most=MOST_HEADER)
    return length


def read_header(file: BinaryIO, *, size: int, name: str) -> Header:
    """The header of a file of that real size; Refused where the format's library would refuse."""
    length = header_length(file, size=size, name=name)
    content = read_up_to(file, length)
    if len(content) < length:
        raise Refused("header_beyond_file", name=name)
    if not content.startswith(b"{"):
        raise Refused("header_broken", name=name, tensor="")
    data = read_json(content, name=name, at_most=MOST_HEADER)
    metadata = data.pop("__metadata__", {})
    if not _texts(metadata):
        raise Refused("header_broken", name=name, tensor="__metadata__")
    tensors = tuple(_tensor(key, row, name) for key, row in data.items())
    _check_places(tensors, size - 8 - length, name)
    return Header(tensors, metadata, 8 + length)


def read_index(content: bytes, *, name: str) -> Index:
    """An index of shards, as in ``model.safetensors.index.json``."""
    data = read_json(content, name=name, at_most=MOST_INDEX)
    places = data.get("weight_map") if isinstance(data, dict) else None
    if not isinstance(places, dict) or not _texts(places):
        raise Refused("index_broken", name=name)
    shards: dict[str, set[str]] = {}
    while places:
        tensor, shard = places.popitem()
        shards.setdefault(shard, set()).add(tensor)
    metadata = data.get("metadata")
    total = metadata.get("total_size") if isinstance(metadata, dict) else None
    return Index(
        {shard: frozenset(tensors) for shard, tensors in sorted(shards.items())},
        int(total) if isinstance(total, int | float) and 0 <= total < _LARGEST else None,
    )


def _texts(found: Any) -> bool:
    return isinstance(found, dict) and all(type(value) is str for value in found.values())


def _tensor(key: str, row: Any, name: str) -> Tensor:
    try:
        dtype, shape, (start, end) = row["dtype"], row["shape"], row["data_offsets"]
        bits = BITS[dtype]
    except (TypeError, ValueError, LookupError) as error:
        raise Refused("header_broken", name=name, tensor=key[:200]) from error
    if len(row) != 3 or not _sizes(shape) or not _sizes((start, end)):
        raise Refused("header_broken", name=name, tensor=key[:200])
    if math.prod(shape) * bits != (end - start) * 8:
        raise Refused("header_contradicts_itself", name=name, tensor=key[:200])
    return Tensor(key, dtype, tuple(shape), start, end)


def _sizes(found: Any) -> bool:
    # True is an int to Python, and a shape of True would be taken for one.
    return (
        isinstance(found, list | tuple)
        and len(found) <= _MOST_DIMENSIONS
        and all(type(item) is int and 0 <= item < _LARGEST for item in found)
    )


def _check_places(tensors: Iterable[Tensor], size: int, name: str) -> None:
    """Every byte of the data belongs to exactly one tensor."""
    at = 0
    for start, end, tensor in sorted((each.start, each.end, each.name) for each in tensors):
        if end > size:
            raise Refused("tensor_beyond_file", name=name, tensor=tensor[:200])
        if start < at:
            raise Refused("tensors_overlap", name=name, tensor=tensor[:200])
        if start > at:
            raise Refused("tensors_leave_gap", name=name, tensor=tensor[:200])
        at = end
    if at != size:
        raise Refused("tensors_leave_gap", name=name, tensor="")
