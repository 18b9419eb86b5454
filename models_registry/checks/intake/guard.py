"""Opens a ZIP that a stranger made, or says why not."""

import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from models_registry.checks.intake.directory import directory_of
from models_registry.checks.intake.names import checked_path, sameness
from models_registry.checks.intake.refusal import Refused

_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
_LOCAL_HEADER = 30
_WORTH_WATCHING = 1 << 20
# Deflate reaches 1,032; texts of a model rarely pass 50, an index of shards about 30.
_MOST_RATIO = 250
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    struct.error,
    UnicodeDecodeError,
    ValueError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one archive may hold."""

    entries: int = 20_000
    unpacked: int = 256 << 30


def opened(file: BinaryIO, limits: Limits | None = None) -> zipfile.ZipFile:
    """The archive, every entry of it judged before any is read; Refused where it is hostile."""
    limits = limits or Limits()
    directory = directory_of(file, most_entries=limits.entries)
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGED as error:
        raise Refused("archive_damaged") from error
    members = archive.infolist()
    if len(members) != directory.entries:
        raise Refused("archive_ambiguous")
    for member in members:
        _check(member)
    _check_total(members, limits)
    _check_names(members)
    _check_overlaps(members, directory.start)
    return archive


def _check(member: zipfile.ZipInfo) -> None:
    # ZipInfo cuts a name at its first NUL, so the name as it stands in the file is judged.
    name = checked_path(member.orig_filename.removesuffix("/"))
    if member.flag_bits & _ENCRYPTED:
        raise Refused("encrypted", name=name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("compression_unknown", name=name)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise Refused("link_inside", name=name)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused("special_file", name=name)
    _check_sizes(member, name)


def _check_sizes(member: zipfile.ZipInfo, name: str) -> None:
    unpacked, packed = member.file_size, member.compress_size
    if member.compress_type == zipfile.ZIP_STORED and unpacked != packed:
        raise Refused("size_untrue", name=name)
    if unpacked > _WORTH_WATCHING and unpacked > packed * _MOST_RATIO:
        raise Refused("unpacks_too_far", name=name)


def _check_total(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(member.file_size for member in members) > limits.unpacked:
        raise Refused("unpacks_too_far", name="")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    files: dict[str, str] = {}
    folders: set[str] = set()
    for member in members:
        name = member.orig_filename.removesuffix("/")
        same = sameness(name)
        if member.is_dir():
            folders.add(same)
        elif same in files:
            raise Refused("name_twice", name=name)
        else:
            files[same] = name
        parts = same.split("/")
        folders.update("/".join(parts[:end]) for end in range(1, len(parts)))
    if both := folders & files.keys():
        raise Refused("name_twice", name=files[min(both)])


def _check_overlaps(members: list[zipfile.ZipInfo], directory: int) -> None:
    """The kernel of a small bomb is one stretch of data that many entries claim."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    ends = [member.header_offset for member in ordered[1:]] + [directory]
    for member, end in zip(ordered, ends, strict=True):
        least = _LOCAL_HEADER + len(member.orig_filename) + member.compress_size
        if member.header_offset + least > end:
            raise Refused("entries_overlap", name=member.orig_filename)
