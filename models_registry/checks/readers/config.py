"""The configuration files of a model, as facts of numbers and texts under their usual names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material
from models_registry.checks.readers.bounded_json import read_json

MOST = 8 << 20
_LARGEST = 1 << 53
# Where a model of several modalities keeps what its language part is.
_LANGUAGE_PARTS = ("text_config", "llm_config", "language_config", "thinker_config")


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration; ``text`` is that of the language part, or all where there is one part."""

    entry: Entry
    data: Mapping[str, Any]
    text: Mapping[str, Any]

    def integer(self, *names: str) -> int | None:
        """The first of these keys that holds a whole number that is not below zero."""
        for name in names:
            value = self.text.get(name, self.data.get(name))
            if type(value) is int and 0 <= value < _LARGEST:
                return value
        return None

    def string(self, name: str) -> str:
        value = self.data.get(name, self.text.get(name))
        return value[:300] if isinstance(value, str) else ""

    def flag(self, name: str) -> bool | None:
        value = self.text.get(name, self.data.get(name))
        return value if isinstance(value, bool) else None

    def mapping(self, name: str) -> Mapping[str, Any]:
        value = self.data.get(name, self.text.get(name))
        return value if isinstance(value, dict) else {}

    def strings(self, name: str) -> tuple[str, ...]:
        value = self.data.get(name)
        items = value if isinstance(value, list) else []
        return tuple(item[:300] for item in items[:50] if isinstance(item, str))


def read_config(material: Material, entry: Entry) -> Config:
    """One configuration file; Refused where it is no object of JSON."""
    data = read_object(material, entry)
    parts = (data.get(part) for part in _LANGUAGE_PARTS)
    text = next((part for part in parts if isinstance(part, dict)), data)
    return Config(entry, data, text)


def read_object(material: Material, entry: Entry, *, at_most: int = MOST) -> Mapping[str, Any]:
    """A file that holds one object of JSON; Refused where it holds anything else."""
    if entry.size > at_most:
        raise Refused("json_too_large", name=entry.path, most=at_most)
    data = read_json(material.read(entry, at_most=at_most), name=entry.path, at_most=at_most)
    if not isinstance(data, dict):
        raise Refused("json_broken", name=entry.path)
    return data


def at_root(material: Material, *names: str) -> Entry | None:
    """The first of these files that lies at the top of the material."""
    found = {entry.path.lower(): entry for entry in material.entries() if "/" not in entry.path}
    return next((found[name] for name in names if name in found), None)
