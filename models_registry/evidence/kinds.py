"""Which kind of evidence a file is, guessed by what is in it; a person may say otherwise."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from models_registry.checks.intake.content import Kind
from models_registry.checks.judging import Judgement
from models_registry.checks.roles import Role, role_of_name
from models_registry.models import Evidence, StoredFile

_MODEL = {
    Kind.SAFETENSORS, Kind.GGUF, Kind.PICKLE, Kind.TORCH_ARCHIVE, Kind.NUMPY, Kind.NUMPY_OBJECTS,
    Kind.HDF5, Kind.ZIP, Kind.LFS_POINTER,
}  # fmt: skip
_BILLS = (
    (re.compile(r'"bomFormat"\s*:\s*"CycloneDX"|cyclonedx\.org/schema/bom'), Evidence.Kind.ML_BOM),
    (re.compile(r"spdx\.org/rdf|\"spdxVersion\"|^SPDXVersion:", re.M), Evidence.Kind.SPDX),
)
_LICENCE = re.compile(
    r"(?:apache|mit|bsd|gnu|general public|creative commons|open ?rail|community|model)"
    r"[ \w.-]{0,40}licen[cs]e|^licen[cs]e\b|permission is hereby granted|acceptable use policy"
    r"|terms of (?:use|service)",
    re.I,
)
_OPENING = 600
_LARGEST_TITLE = 200
_ROLES: Mapping[Role, Evidence.Kind] = {
    Role.CARD: Evidence.Kind.MODEL_CARD,
    Role.DATA_CARD: Evidence.Kind.MODEL_CARD,
    Role.SUMMARY: Evidence.Kind.TRAINING_SUMMARY,
    Role.COPYRIGHT_POLICY: Evidence.Kind.POLICY,
    Role.SYSTEM_CARD: Evidence.Kind.SYSTEM_CARD,
    Role.REPORT: Evidence.Kind.EVALUATION,
    Role.EXTERNAL_REPORT: Evidence.Kind.EVALUATION,
    Role.SOC_2: Evidence.Kind.CERTIFICATE,
    Role.CERTIFICATE: Evidence.Kind.CERTIFICATE,
    Role.DATA_TERMS: Evidence.Kind.CONTRACT,
    Role.CONTRACT: Evidence.Kind.CONTRACT,
    Role.MANDATE: Evidence.Kind.CONTRACT,
    Role.USE_POLICY: Evidence.Kind.LICENCE,
}
_CARD = re.compile(r"---\r?\n.{0,4000}?\n---", re.S)


def title_of(name: str) -> str:
    """A title made of a file's name, which a person may improve."""
    stem = PurePath(name).stem if name.count(".") else name
    words = " ".join(stem.replace("_", " ").split())
    return (words or name)[:_LARGEST_TITLE]


def kind_by_content(stored: StoredFile, seen: Judgement | None, name: str) -> Evidence.Kind:
    """What the file was taken for before where it is known, else a guess."""
    if seen is not None:
        return guessed_kind(seen, name)
    before = Evidence.objects.filter(stored=stored).order_by("pk").first()
    if before is not None:
        return Evidence.Kind(before.kind)
    return guessed_kind(Judgement(Kind(stored.content)), name)


def guessed_kind(seen: Judgement, name: str) -> Evidence.Kind:
    """By content first; the name only decides where the content leaves it open."""
    if seen.kind in _MODEL:
        return Evidence.Kind.PACK if seen.is_pack else Evidence.Kind.MODEL_FILES
    if _CARD.match(seen.beginning) and seen.kind is not Kind.PDF:
        return Evidence.Kind.MODEL_CARD
    if kind := _by_words(seen.beginning, name):
        return kind
    settings = seen.kind in (Kind.JSON, Kind.YAML)
    return Evidence.Kind.MODEL_FILES if settings else Evidence.Kind.OTHER


def _by_words(text: str, name: str) -> Evidence.Kind | None:
    for pattern, kind in _BILLS:
        if pattern.search(text):
            return kind
    title = text[:_OPENING].lstrip().partition("\n")[0]
    for words in (title, name, text[:_OPENING]):
        if found := _ROLES.get(role_of_name(words)):
            return found
        if _LICENCE.search(words):
            return Evidence.Kind.LICENCE
    return None
