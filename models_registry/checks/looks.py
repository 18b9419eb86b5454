"""Headers and structures that were built to do harm, by the kind of file that they stand in."""

from collections.abc import Callable, Mapping

from models_registry.checks.hostile_yaml import refuse_hostile_yaml
from models_registry.checks.intake.content import Kind
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material
from models_registry.checks.readers.bounded_json import read_json
from models_registry.checks.readers.gguf import read_metadata
from models_registry.checks.readers.safetensors import MOST_INDEX, read_header

_BEGINNING = 64 << 10
_MOST_YAML = 4 << 20


def _safetensors(material: Material, entry: Entry) -> None:
    with material.open(entry) as file:
        read_header(file, size=entry.size, name=entry.path)


def _gguf(material: Material, entry: Entry) -> None:
    with material.open(entry) as file:
        read_metadata(file, size=entry.size, name=entry.path)


def _structured(material: Material, entry: Entry) -> None:
    """JSON or YAML; what only looks like one of them is a text, and harmless."""
    beginning = material.read(entry, at_most=_BEGINNING)
    if beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        refuse_hostile_yaml(material.read(entry, at_most=_MOST_YAML), name=entry.path)
        return
    try:
        content = material.read(entry, at_most=MOST_INDEX + 1)
        read_json(content, name=entry.path, at_most=MOST_INDEX)
    except Refused as refused:
        if refused.reason != "json_broken":
            raise


# Each raises Refused, or says nothing.
LOOKS: Mapping[Kind, Callable[[Material, Entry], None]] = {
    Kind.SAFETENSORS: _safetensors,
    Kind.GGUF: _gguf,
    Kind.JSON: _structured,
    Kind.YAML: _structured,
    Kind.TEXT: _structured,
}
