"""Bytes by their content: judged before they are kept, and kept once in an organisation."""

from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from accounts.models import Organisation, User
from models_registry.checks.intake.files import FilesMaterial
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.judging import Judgement, judge
from models_registry.checks.material import Entry
from models_registry.evidence.uploading import opened, sha256_of
from models_registry.models import StoredFile
from models_registry.models.evidence import place_of
from models_registry.services.keeping import kept


@dataclass(frozen=True)
class Kept:
    """A file that was kept, and what was seen of it; nothing is judged that was kept before."""

    stored: StoredFile
    seen: Judgement | None


def store(
    *,
    upload: "File[bytes]",
    organisation: Organisation,
    by: User | None,
    looks_into_pdf: bool = True,
) -> Kept:
    """The row of these bytes, new or known; Refused, and nothing kept, where they do harm."""
    name = str(upload.name)
    if getattr(upload, "was_cut", False):
        raise Refused("upload_too_large", name=name, most=settings.MAX_UPLOAD_MB)
    sha256 = sha256_of(upload)
    if known := _known(organisation, sha256):
        return Kept(known, None)
    entry = Entry(name, int(upload.size), sha256, held=int(upload.size))
    seen = judge(_material(upload, entry), entry, looks_into_pdf=looks_into_pdf)
    stored = StoredFile(
        organisation=organisation,
        sha256=sha256,
        size=entry.size,
        content=seen.kind.value,
        quarantined=seen.quarantine,
    )
    _put(stored, upload)
    return Kept(_written(stored, by), seen)


def _known(organisation: Organisation, sha256: str) -> StoredFile | None:
    return StoredFile.objects.filter(organisation=organisation, sha256=sha256).first()


def _material(upload: "File[bytes]", entry: Entry) -> FilesMaterial:
    def opening(_: Entry) -> BinaryIO:
        return opened(upload)

    return FilesMaterial([entry], opening)


def _put(stored: StoredFile, upload: "File[bytes]") -> None:
    """The bytes at the place that their hash names, where whoever sent them first has put them.

    They come before their row: a file without a row is taken up by the next who sends it, while a
    row without its file would be a promise broken.
    """
    storage, place = stored.file.storage, place_of(stored, "")
    if storage.exists(place):
        if storage.size(place) == stored.size:
            stored.file.name = place
            return
        # Cut short when its writer was stopped.
        storage.delete(place)
    upload.seek(0)
    written = storage.save(place, upload)
    if written != place:
        # Somebody else was quicker, with the same bytes.
        storage.delete(written)
    stored.file.name = place


@transaction.atomic
def _written(stored: StoredFile, by: User | None) -> StoredFile:
    detail = {"sha256": stored.sha256, "size": stored.size, "content": stored.content}
    if stored.quarantined:
        detail["quarantined"] = stored.quarantined
    try:
        with transaction.atomic():
            return kept(stored, by, "file.stored", detail)
    except ValidationError:
        # The later of two writers finds the row of the first.
        first = _known(stored.organisation, stored.sha256)
        if first is None:
            raise
        return first
