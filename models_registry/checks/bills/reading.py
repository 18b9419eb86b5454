"""Bills of materials as raw JSON, since object models of libraries drop what they do not know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.bounded_json import read_json
from models_registry.checks.results import Proof

MOST = 24 << 20
_MOST_FILES = 20
_MOST_COMPONENTS = 20_000
_DEEPEST = 10
_CYCLONEDX = ("*.cdx.json", "*bom*.json", "*cyclonedx*.json")
_SPDX = ("*.spdx.json", "*.spdx3.json", "*spdx*.json", "*spdx*.jsonld")


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill; ``components`` are all, nested ones included, the described one first."""

    entry: Entry
    data: Mapping[str, Any]
    components: tuple[Mapping[str, Any], ...] = ()

    @property
    def version(self) -> str:
        return text(self.data, "specVersion")

    @property
    def models(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(c for c in self.components if c.get("type") == "machine-learning-model")

    def proof(self, quote: str = "") -> Proof:
        """The bill with what in it is meant."""
        return Proof(self.entry.path, quote[:300], sha256=self.entry.sha256)


@dataclass(frozen=True, slots=True)
class Bills:
    """All bills that can be read, and the first that cannot."""

    cyclonedx: tuple[Bill, ...] = ()
    spdx: tuple[Bill, ...] = ()
    refused: tuple[tuple[Entry, Refused], ...] = field(default=())


def bills(context: Context) -> Bills:
    """The bills of the material; ask for them with ``context.once(bills)``."""
    cyclonedx: list[Bill] = []
    spdx: list[Bill] = []
    refused: list[tuple[Entry, Refused]] = []
    named = dict.fromkeys(context.material.named(*_CYCLONEDX, *_SPDX))
    for entry in list(named)[:_MOST_FILES]:
        try:
            content = context.material.read(entry, at_most=MOST + 1)
            data = read_json(content, name=entry.path, at_most=MOST)
        except Refused as fault:
            refused.append((entry, fault))
            continue
        if not isinstance(data, dict):
            continue
        if data.get("bomFormat") == "CycloneDX":
            cyclonedx.append(Bill(entry, data, tuple(_components(data))))
        elif "spdx" in str(data.get("@context", "")).lower():
            spdx.append(Bill(entry, data, tuple(_elements(data))))
    return Bills(tuple(cyclonedx), tuple(spdx), tuple(refused))


def text(data: Any, *path: str) -> str:
    """The text below a path of keys; empty where there is none."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def items(data: Any, *path: str) -> tuple[Any, ...]:
    """The list below a path of keys."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return tuple(data) if isinstance(data, list) else ()


def _components(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    metadata = data.get("metadata")
    described = metadata.get("component") if isinstance(metadata, dict) else None
    waiting = [(described, 0), *((one, 0) for one in items(data, "components"))]
    count = 0
    while waiting and count < _MOST_COMPONENTS:
        one, depth = waiting.pop(0) if count == 0 else waiting.pop()
        count += 1
        if isinstance(one, dict):
            yield one
            if depth < _DEEPEST:
                waiting += [(inner, depth + 1) for inner in items(one, "components")]


def _elements(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in items(data, "@graph")[:_MOST_COMPONENTS]:
        if isinstance(one, dict):
            yield one
