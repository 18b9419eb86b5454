"""Whether a supplied file is kept, and whether anybody may open it: judged by what is in it."""

from collections.abc import Callable
from dataclasses import dataclass

from models_registry.checks.hostile_yaml import refuse_hostile_yaml
from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.content import QUARANTINED, Kind, kind_of
from models_registry.checks.intake.names import checked_path
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material
from models_registry.checks.packing import is_pack
from models_registry.checks.readers.bounded_json import read_json
from models_registry.checks.readers.gguf import read_metadata
from models_registry.checks.readers.pdf import LARGEST, read_pdf
from models_registry.checks.readers.safetensors import MOST_INDEX, read_header

_BEGINNING = 64 << 10
_MOST_YAML = 4 << 20


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a file is. ``quarantine`` names the refusal for which nobody may open it."""

    kind: Kind
    quarantine: str = ""
    # The first words of a document, to guess by.
    beginning: str = ""
    is_pack: bool = False


def judge(material: Material, entry: Entry, *, looks_into_pdf: bool = True) -> Judgement:
    """What the file is; Refused where it was made to do harm or cannot be used at all."""
    checked_path(entry.path)
    kind = kind_of(material, entry)
    if kind is Kind.EMPTY:
        raise Refused("file_empty", name=entry.path)
    if kind is Kind.COMPRESSED:
        raise Refused("archive_of_another_kind", name=entry.path)
    if kind is Kind.UNKNOWN:
        _pretending(material, entry)
    if kind in QUARANTINED:
        return Judgement(kind, "may_run_code")
    if kind is Kind.PDF:
        return _pdf(material, entry) if looks_into_pdf else Judgement(kind)
    if kind is Kind.ZIP or kind is Kind.OFFICE:
        return Judgement(kind, is_pack=_is_pack(material, entry))
    if look := _LOOKS.get(kind):
        look(material, entry)
    return Judgement(kind, beginning=_text(material, entry) if kind in _TEXTS else "")


def _pdf(material: Material, entry: Entry) -> Judgement:
    if entry.size > LARGEST:
        return Judgement(Kind.PDF)
    try:
        pdf = read_pdf(material, entry)
    except Refused as refused:
        # A scan, and what is protected by a password, can still be shown to an auditor.
        hostile = refused.reason == "pdf_hostile"
        return Judgement(Kind.PDF, "pdf_hostile" if hostile else "")
    return Judgement(Kind.PDF, beginning="\n".join([pdf.title, *pdf.pages[:2]])[:_BEGINNING])


def _pretending(material: Material, entry: Entry) -> None:
    """What begins like a format and is none of it, for the sake of whoever trusts its name."""
    beginning = material.read(entry, at_most=10)
    if beginning.startswith(b"PK"):
        _is_pack(material, entry)
    if beginning[8:] in (b'{"', b"{}"):
        _safetensors(material, entry)


def _is_pack(material: Material, entry: Entry) -> bool:
    """Whether a ZIP, every entry of which was judged by what it says, is a pack of ours."""
    with material.open(entry) as file:
        return is_pack(ArchiveMaterial(file))


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


def _text(material: Material, entry: Entry) -> str:
    return material.read(entry, at_most=_BEGINNING).decode("utf-8", "replace")


_TEXTS = {Kind.TEXT, Kind.YAML, Kind.JSON, Kind.HTML, Kind.XML}
_LOOKS: dict[Kind, Callable[[Material, Entry], None]] = {
    Kind.SAFETENSORS: _safetensors,
    Kind.GGUF: _gguf,
    Kind.JSON: _structured,
    Kind.YAML: _structured,
    Kind.TEXT: _structured,
}
