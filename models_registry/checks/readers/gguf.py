"""The metadata of a GGUF file: its keys and the shapes of its tensors.

The format's own library maps the whole file and turns every value, vocabularies of a million words
among them, into arrays. Here long lists are stepped over and only counted.
"""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from models_registry.checks.intake.listing import read_up_to
from models_registry.checks.intake.refusal import Refused

MAGIC = b"GGUF"
MOST_METADATA = 128 << 20
_MOST_KEYS = 4096
_MOST_TENSORS = 200_000
_MOST_ITEMS = 2_000_000
_LONGEST_NAME = 1024
_KEPT_TEXT = 64 << 10
_KEPT_ITEMS = 64
_PIECE = 1 << 20
_DEEPEST = 4
_LARGEST = 1 << 60
_TEXT, _LIST = 8, 9
_NUMBERS = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
# Tensor types: name, values in a block, bytes of a block.
TYPES: Mapping[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 40),
    10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292), 16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136), 24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4),
    27: ("I64", 1, 8), 28: ("F64", 1, 8), 29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17), 40: ("NVFP4", 64, 36),
    41: ("Q1_0", 128, 18),
}  # fmt: skip

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Many:
    """A list in the metadata: how many items it has, and the first of them."""

    count: int
    first: tuple[Scalar, ...] = ()


class Tensor(NamedTuple):
    """One tensor; ``size`` is in bytes, ``start`` counts from the beginning of the data."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; ``end`` is where the names of its tensors end."""

    values: Mapping[str, Scalar | Many]
    tensors: tuple[Tensor, ...]
    end: int


def read_metadata(file: BinaryIO, *, size: int, name: str) -> Metadata:
    """The metadata of a file of that real size; Refused where it contradicts itself."""
    reader = _Reader(file, name)
    if reader.take(4) != MAGIC:
        raise Refused("gguf_broken", name=name, at=0)
    version = reader.number("I")
    if version not in (2, 3):
        raise Refused("gguf_version", name=name, version=version)
    tensor_count, key_count = reader.number("Q"), reader.number("Q")
    if tensor_count > _MOST_TENSORS or key_count > _MOST_KEYS:
        raise Refused("header_too_large", name=name, most=MOST_METADATA)
    values = _values(reader, key_count)
    tensors = tuple(reader.tensor() for _ in range(tensor_count))
    _check_places(tensors, values, reader, size)
    return Metadata(values, tensors, reader.at)


def _values(reader: "_Reader", count: int) -> dict[str, Scalar | Many]:
    values: dict[str, Scalar | Many] = {}
    for _ in range(count):
        key = reader.name_of()
        if key in values:
            raise Refused("json_key_twice", name=reader.name, key=key[:200])
        values[key] = reader.value(reader.number("I"), 0)
    return values


def _check_places(
    tensors: tuple[Tensor, ...], values: Mapping[str, Scalar | Many], reader: "_Reader", size: int
) -> None:
    alignment = values.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 8 <= alignment <= 1 << 20 or alignment % 8:
        raise Refused("gguf_broken", name=reader.name, at=reader.at)
    room = size - -(-reader.at // alignment) * alignment
    at = 0
    for tensor in sorted(tensors, key=lambda each: each.start):
        if tensor.start < at:
            raise Refused("tensors_overlap", name=reader.name, tensor=tensor.name[:200])
        at = tensor.start + tensor.size
        if at > room:
            raise Refused("tensor_beyond_file", name=reader.name, tensor=tensor.name[:200])


class _Reader:
    """Reads forwards through a stream and counts what it takes."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name, self.at = file, name, 0
        self._items = 0

    def take(self, length: int) -> bytes:
        self.at += length
        if self.at > MOST_METADATA:
            raise Refused("header_too_large", name=self.name, most=MOST_METADATA)
        content = read_up_to(self._file, length)
        if len(content) < length:
            raise Refused("header_beyond_file", name=self.name)
        return content

    def number(self, code: str) -> int:
        found: int = struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]
        return found

    def skip(self, length: int) -> None:
        while length > 0:
            length -= len(self.take(min(length, _PIECE)))

    def name_of(self) -> str:
        length = self.number("Q")
        if length > _LONGEST_NAME:
            raise self.broken()
        try:
            return self.take(length).decode()
        except UnicodeDecodeError as error:
            raise self.broken() from error

    def text(self) -> str:
        length = self.number("Q")
        kept = self.take(min(length, _KEPT_TEXT))
        self.skip(length - len(kept))
        return kept.decode(errors="replace")

    def value(self, kind: int, depth: int) -> Scalar | Many:
        if kind in _NUMBERS:
            found: Scalar = struct.unpack("<" + (code := _NUMBERS[kind]), self.take(_SIZE[code]))[0]
            return found
        if kind == _TEXT:
            return self.text()
        if kind != _LIST or depth >= _DEEPEST:
            raise self.broken()
        return self._many(depth)

    def _many(self, depth: int) -> Many:
        kind, count = self.number("I"), self.number("Q")
        kept = [self.value(kind, depth + 1) for _ in range(min(count, _KEPT_ITEMS))]
        rest = count - len(kept)
        if kind in _NUMBERS:
            self.skip(rest * _SIZE[_NUMBERS[kind]])
        else:
            self._step_over(kind, rest, depth)
        return Many(count, tuple(item for item in kept if not isinstance(item, Many)))

    def _step_over(self, kind: int, count: int, depth: int) -> None:
        self._items += count
        if self._items > _MOST_ITEMS:
            raise Refused("header_too_large", name=self.name, most=MOST_METADATA)
        for _ in range(count):
            if kind == _TEXT:
                self.skip(self.number("Q"))
            else:
                self.value(kind, depth + 1)

    def tensor(self) -> Tensor:
        name = self.name_of()
        dimensions = self.number("I")
        if dimensions > 8:
            raise self.broken()
        shape = tuple(self.number("Q") for _ in range(dimensions))
        kind, start = self.number("I"), self.number("Q")
        count = math.prod(shape)
        if kind not in TYPES or max(count, start, *shape, 0) >= _LARGEST:
            raise self.broken()
        dtype, block, size = TYPES[kind]
        if count % block:
            raise Refused("header_contradicts_itself", name=self.name, tensor=name[:200])
        return Tensor(name, dtype, shape, start, count // block * size)

    def broken(self) -> Refused:
        return Refused("gguf_broken", name=self.name, at=self.at)


_SIZE = {code: struct.calcsize("<" + code) for code in _NUMBERS.values()}
