"""Counts tensors, one after another, without keeping them."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from models_registry.checks.readers import gguf, safetensors
from models_registry.checks.weights.names import Names, Pattern
from models_registry.checks.weights.quantisation import Quantisation

_MOST_SHAPES = 50_000


@dataclass(slots=True)
class Tally:
    """What all tensors come to. ``layers`` is that of the configuration where it says so: what lies
    above predicts further tokens in training and has no part in the answer."""

    quantisation: Quantisation = field(default_factory=Quantisation)
    layers: int | None = None
    tensors: int = 0
    bytes: int = 0
    parameters: int = 0
    routed: int = 0
    prediction: int = 0
    stored: Counter[str] = field(default_factory=Counter)
    bytes_by_dtype: Counter[str] = field(default_factory=Counter)
    numbered: set[int] = field(default_factory=set)
    experts: int = 0
    embedding: tuple[int, ...] = ()
    shapes: Counter[tuple[str, int]] = field(default_factory=Counter)
    _names: Names = field(default_factory=Names)

    def add_safetensors(self, tensors: Iterable[safetensors.Tensor]) -> None:
        for tensor in tensors:
            count = math.prod(tensor.shape)
            pattern, numbers = self._names.apart(tensor.name)
            if pattern.companion:
                self._note_companion(tensor.dtype, count, tensor.end - tensor.start)
                continue
            packing = self.quantisation.packing(tensor.dtype, packed=pattern.packed)
            size = tensor.end - tensor.start
            self._add(pattern, numbers, tensor.dtype, tensor.shape, count * packing, size)

    def add_gguf(self, tensors: Iterable[gguf.Tensor]) -> None:
        for tensor in tensors:
            pattern, numbers = self._names.apart(tensor.name)
            # GGUF names the fastest dimension first.
            shape = tensor.shape[::-1]
            count = math.prod(shape)
            self._add(pattern, numbers, tensor.dtype, shape, count, tensor.size)

    def fingerprint(self) -> str:
        """SHA-256 over the names and sizes of all tensors, alike for a model and its fine-tune.

        How they are stored has no part in it, so that a quantised copy keeps it too.
        """
        lines = sorted(f"{name} {size} {count}\n" for (name, size), count in self.shapes.items())
        return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""

    def _add(
        self,
        pattern: Pattern,
        numbers: list[str],
        dtype: str,
        shape: tuple[int, ...],
        count: int,
        size: int,
    ) -> None:
        self.tensors += 1
        self.bytes += size
        self.stored[dtype] += count
        self.bytes_by_dtype[dtype] += size
        self.parameters += count
        beyond = self._note_layer(pattern, numbers)
        if beyond or pattern.prediction:
            self.prediction += count
        elif pattern.routed:
            self.routed += count
            self._note_experts(pattern, numbers, shape)
        if pattern.embedding and not self.embedding:
            self.embedding = shape
        key = (pattern.plain, count)
        if key in self.shapes or len(self.shapes) < _MOST_SHAPES:
            self.shapes[key] += 1

    def _note_companion(self, dtype: str, count: int, size: int) -> None:
        self.tensors += 1
        self.bytes += size
        self.bytes_by_dtype[dtype] += size

    def _note_layer(self, pattern: Pattern, numbers: list[str]) -> bool:
        if not pattern.layered or len(numbers[0]) > 6:
            return False
        number = int(numbers[0])
        beyond = self.layers is not None and number >= self.layers
        if not beyond:
            self.numbered.add(number)
        return beyond

    def _note_experts(self, pattern: Pattern, numbers: list[str], shape: tuple[int, ...]) -> None:
        """Experts are numbered, or lie in one tensor whose first dimension counts them."""
        if ".experts.N" in f".{pattern.text}":
            # The expert's number is the last before the end, or the one after the layer's.
            number = numbers[1] if pattern.layered and len(numbers) > 1 else numbers[-1]
            self.experts = max(self.experts, int(number) + 1 if len(number) <= 6 else 0)
        elif len(shape) > 2:
            self.experts = max(self.experts, shape[0])
