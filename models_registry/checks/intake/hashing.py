"""SHA-256 of the files, as a step of its own.

It has to read every byte, which takes hours for the largest models, while the checks read only
headers and small files. A run can so answer at once and have its hashes later.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import BinaryIO

from models_registry.checks.intake.listing import Listing
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material

_PIECE = 1 << 20

Progress = Callable[[Entry, int], None]


class HashedMaterial(Listing):
    """The same material, more of its hashes known."""

    def __init__(self, material: Material, entries: tuple[Entry, ...]) -> None:
        self._material, self._entries = material, entries

    def open(self, entry: Entry) -> BinaryIO:
        return self._material.open(entry)


def hashed(
    material: Material, *, up_to: int | None = None, progress: Progress | None = None
) -> HashedMaterial:
    """The material with the SHA-256 of every file that is wholly held, or of those up to a size.

    ``progress`` is told of each file and piece that was read.
    """
    return HashedMaterial(
        material,
        tuple(
            _hashed(material, entry, progress) if _wanted(entry, up_to) else entry
            for entry in material.entries()
        ),
    )


def sha256_of(file: BinaryIO, told: Callable[[int], None] | None = None) -> tuple[str, int]:
    """The SHA-256 in hex and the length of all that is left in a file."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
        if told:
            told(len(piece))
    return digest.hexdigest(), size


def merkle_root(files: Iterable[tuple[str, str]]) -> str:
    """One hash for a set of files given as path and SHA-256: the tree of RFC 6962 by path.

    Leaves and nodes are hashed apart, so that no file can pass for a branch of the tree.
    """
    level = [
        hashlib.sha256(b"\0" + path.encode() + b"\0" + bytes.fromhex(sha256)).digest()
        for path, sha256 in sorted(files)
    ]
    return _root(level).hex() if level else ""


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + _root(leaves[:left]) + _root(leaves[left:])).digest()


def _wanted(entry: Entry, up_to: int | None) -> bool:
    whole = entry.held == entry.size
    unknown = not (entry.sha256 and entry.hash_seen_here)
    return whole and unknown and (up_to is None or entry.size <= up_to)


def _hashed(material: Material, entry: Entry, progress: Progress | None) -> Entry:
    with material.open(entry) as file:
        found, size = sha256_of(file, (lambda read: progress(entry, read)) if progress else None)
    if size != entry.size:
        raise Refused("size_untrue", name=entry.path)
    if entry.sha256 and entry.sha256 != found:
        raise Refused("hash_untrue", name=entry.path)
    return replace(entry, sha256=found, hash_seen_here=True)
