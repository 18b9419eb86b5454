"""Whether a supplied file is kept, and whether anybody may open it: judged by what is in it."""

from dataclasses import dataclass

from models_registry.checks.inside import judged_inside
from models_registry.checks.intake.content import HOLDS_CODE, QUARANTINED, Kind, kind_of
from models_registry.checks.intake.names import checked_path
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.looks import LOOKS
from models_registry.checks.material import Entry, Material
from models_registry.checks.readers.pdf import LARGEST, read_pdf, refuse_without_end

_BEGINNING = 64 << 10


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
        return _pdf(material, entry, looks_into_it=looks_into_pdf)
    if kind is Kind.ZIP or kind is Kind.OFFICE:
        return _archive(material, entry, kind)
    if look := LOOKS.get(kind):
        look(material, entry)
    return Judgement(kind, beginning=_text(material, entry) if kind in _TEXTS else "")


def _archive(material: Material, entry: Entry, kind: Kind) -> Judgement:
    with material.open(entry) as file:
        pack, code = judged_inside(file)
    return Judgement(kind, HOLDS_CODE if code else "", is_pack=pack)


def _pdf(material: Material, entry: Entry, *, looks_into_it: bool) -> Judgement:
    refuse_without_end(material, entry)
    if entry.size > LARGEST or not looks_into_it:
        return Judgement(Kind.PDF)
    try:
        pdf = read_pdf(material, entry)
    except Refused as refused:
        if refused.reason == "pdf_broken":
            raise
        # A scan, and what is protected by a password, can still be shown to an auditor.
        hostile = refused.reason == "pdf_hostile"
        return Judgement(Kind.PDF, "pdf_hostile" if hostile else "")
    return Judgement(Kind.PDF, beginning="\n".join([pdf.title, *pdf.pages[:2]])[:_BEGINNING])


def _pretending(material: Material, entry: Entry) -> None:
    """What begins like a format and is none of it, for the sake of whoever trusts its name."""
    beginning = material.read(entry, at_most=10)
    if beginning.startswith(b"PK"):
        _archive(material, entry, Kind.ZIP)
    if beginning[8:] in (b'{"', b"{}"):
        LOOKS[Kind.SAFETENSORS](material, entry)


def _text(material: Material, entry: Entry) -> str:
    return material.read(entry, at_most=_BEGINNING).decode("utf-8", "replace")


_TEXTS = {Kind.TEXT, Kind.YAML, Kind.JSON, Kind.HTML, Kind.XML}
