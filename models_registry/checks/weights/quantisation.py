"""How weights say that they are stored, and how many parameters one stored number stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models_registry.checks.readers.config import Config
from models_registry.checks.readers.safetensors import BITS

_DEFAULT_BITS = 4
# Methods that keep two values in each byte of a tensor that is still called a weight.
_HALF_BYTES = {"nvfp4", "mxfp4", "bitsandbytes", "modelopt", "modelopt_fp4"}
_WHOLE_NUMBERS = {"U8", "I8", "I32", "U32"}


@dataclass(frozen=True, slots=True)
class Quantisation:
    """The method that a configuration declares, and the bits of one weight where it says so."""

    method: str = ""
    bits: int | None = None

    def packing(self, dtype: str, *, packed: bool) -> int:
        """How many parameters one stored number stands for."""
        if dtype not in _WHOLE_NUMBERS:
            return 1
        if packed:
            return max(1, BITS[dtype] // (self.bits or _DEFAULT_BITS))
        half = self.method in _HALF_BYTES and (self.bits or _DEFAULT_BITS) == _DEFAULT_BITS
        return 2 if half and dtype in ("U8", "I8") else 1


def declared(config: Config | None) -> Quantisation:
    """What the configuration says."""
    section = (config.mapping("quantization_config") if config else {}) or _compression(config)
    if not section:
        return Quantisation()
    method = section.get("quant_method") or section.get("quant_algo") or section.get("format")
    return Quantisation(str(method or "unnamed").lower()[:60], _bits(section))


def _compression(config: Config | None) -> Mapping[str, Any]:
    return config.mapping("compression_config") if config else {}


def _bits(section: Mapping[str, Any]) -> int | None:
    if section.get("load_in_4bit") is True:
        return 4
    if section.get("load_in_8bit") is True:
        return 8
    for value in (section.get("bits"), section.get("w_bit"), _bits_of_group(section)):
        if type(value) is int and 1 <= value <= 16:
            return value
    return None


def _bits_of_group(section: Mapping[str, Any]) -> Any:
    groups = section.get("config_groups")
    for group in groups.values() if isinstance(groups, dict) else ():
        weights = group.get("weights") if isinstance(group, dict) else None
        if isinstance(weights, dict):
            return weights.get("num_bits")
    return None
