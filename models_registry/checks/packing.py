"""A small pack made where the weights lie: headers, small files and the hash of every file.

The pack is a ZIP of our own: ``drawbridge-pack.json`` lists every file with its size and SHA-256,
and below ``files/`` stands of each what is held of it.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.content import BEGINNING, Kind, kind_by_content
from models_registry.checks.intake.guard import Limits
from models_registry.checks.intake.hashing import sha256_of
from models_registry.checks.intake.listing import Listing, read_up_to
from models_registry.checks.intake.names import checked_path
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material
from models_registry.checks.readers.bounded_json import read_json
from models_registry.checks.readers.gguf import read_metadata
from models_registry.checks.readers.safetensors import header_length

MANIFEST = "drawbridge-pack.json"
VERSION = 1
_HELD = "files/"
# Tokenizers reach 35 MB and indexes 25 MB; no shard of weights is so small that it matters.
_SMALL = 48 << 20
_WEIGHTS = frozenset({Kind.SAFETENSORS, Kind.GGUF, Kind.TORCH_ARCHIVE, Kind.PICKLE})
_MOST_MANIFEST = 32 << 20
_PIECE = 1 << 20
# So that the same files always make the same pack.
_DATE = (1980, 1, 1, 0, 0, 0)

Progress = Callable[[Entry, int], None]


def write_pack(material: Material, out: BinaryIO, *, progress: Progress | None = None) -> int:
    """Write the pack of a material and say how many files it lists; reads every byte once."""
    files: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in material.entries():
            files.append(_packed(material, entry, archive, progress))
        manifest = {"drawbridge_pack": VERSION, "files": files}
        archive.writestr(_info(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
    return len(files)


def _packed(
    material: Material, entry: Entry, archive: zipfile.ZipFile, progress: Progress | None
) -> dict[str, Any]:
    held = _held(material, entry)
    digest, left = hashlib.sha256(), held
    with material.open(entry) as file, archive.open(_info(_HELD + entry.path), "w") as kept:
        while left and (piece := file.read(min(left, _PIECE))):
            kept.write(piece)
            digest.update(piece)
            left -= len(piece)
        if progress:
            progress(entry, held - left)
        size = held - left
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            if progress:
                progress(entry, len(piece))
    if size != entry.size:
        raise Refused("size_untrue", name=entry.path)
    return {"path": entry.path, "size": size, "sha256": digest.hexdigest(), "held": held}


def _held(material: Material, entry: Entry) -> int:
    """How much of a file goes into the pack."""
    beginning = material.read(entry, at_most=BEGINNING)
    kind = kind_by_content(beginning, size=entry.size)
    try:
        with material.open(entry) as file:
            if kind is Kind.SAFETENSORS:
                return 8 + header_length(file, size=entry.size, name=entry.path)
            if kind is Kind.GGUF:
                return read_metadata(file, size=entry.size, name=entry.path).end
    except Refused:
        # A broken header is for the checks to tell.
        return min(entry.size, BEGINNING)
    small = entry.size <= _SMALL and (kind not in _WEIGHTS or entry.size <= BEGINNING)
    return entry.size if small else min(entry.size, BEGINNING)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100644 << 16
    return info


class PackMaterial(Listing):
    """A pack as material: the hashes of what it does not hold were only told to us.

    ``seen`` names the SHA-256 of files that were read here at another time.
    """

    def __init__(
        self, file: BinaryIO, *, seen: frozenset[str] = frozenset(), limits: Limits | None = None
    ) -> None:
        self._archive = ArchiveMaterial(file, limits or Limits(unpacked=8 << 30))
        kept = {entry.path: entry for entry in self._archive.entries()}
        listed = _listed(self._archive, kept)
        self._kept = {each.path: kept[_HELD + each.path] for each in listed}
        self._entries = tuple(
            Entry(each.path, each.size, each.sha256, each.held, self._is_seen(each, seen))
            for each in sorted(listed, key=lambda each: each.path)
        )

    def open(self, entry: Entry) -> BinaryIO:
        return self._archive.open(self._kept[entry.path])

    def _is_seen(self, file: "_Listed", seen: frozenset[str]) -> bool:
        if file.held < file.size:
            return file.sha256 in seen
        with self._archive.open(self._kept[file.path]) as content:
            found, _ = sha256_of(content)
        if found != file.sha256:
            raise Refused("hash_untrue", name=file.path)
        return True


def from_zip(
    file: BinaryIO, *, seen: frozenset[str] = frozenset()
) -> ArchiveMaterial | PackMaterial:
    """A ZIP as the material that it is: one of our packs, or any other archive."""
    archive = ArchiveMaterial(file)
    return PackMaterial(file, seen=seen) if is_pack(archive) else archive


def is_pack(material: Material) -> bool:
    """Whether an archive is such a pack."""
    return any(entry.path == MANIFEST for entry in material.entries())


@dataclass(frozen=True, slots=True)
class _Listed:
    path: str
    size: int
    sha256: str
    held: int


def _listed(archive: ArchiveMaterial, kept: dict[str, Entry]) -> list[_Listed]:
    if MANIFEST not in kept:
        raise Refused("pack_broken", name=MANIFEST)
    with archive.open(kept[MANIFEST]) as file:
        content = read_up_to(file, _MOST_MANIFEST + 1)
    manifest = read_json(content, name=MANIFEST, at_most=_MOST_MANIFEST)
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
        raise Refused("pack_broken", name=MANIFEST)
    if (version := manifest.get("drawbridge_pack")) != VERSION:
        raise Refused("pack_version", version=str(version)[:20])
    listed = [_row(row, kept) for row in manifest["files"]]
    paths = {each.path for each in listed}
    if len(paths) != len(listed) or {_HELD + path for path in paths} | {MANIFEST} != kept.keys():
        raise Refused("pack_broken", name=MANIFEST)
    return listed


def _row(row: Any, kept: dict[str, Entry]) -> _Listed:
    try:
        each = _Listed(str(row["path"]), row["size"], row["sha256"], row["held"])
        whole = type(each.size) is int and type(each.held) is int and 0 <= each.held <= each.size
        whole = whole and len(bytes.fromhex(each.sha256)) == 32 and each.size < 1 << 60
    except (TypeError, ValueError, LookupError) as error:
        raise Refused("pack_broken", name=MANIFEST) from error
    path = _HELD + checked_path(each.path)
    if not whole or path not in kept or kept[path].size != each.held:
        raise Refused("pack_broken", name=each.path[:200])
    return each
