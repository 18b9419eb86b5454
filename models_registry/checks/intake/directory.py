"""Counts a ZIP's directory before anything larger is made of it.

``zipfile`` reads the whole directory into memory, believes its length, looks for it anywhere near
the end and shifts every offset where something was put before the archive. Two programs can so see
two different archives in one file. Only the plain form is read here: the directory ends where the
end record begins, and the end record ends the file.
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from models_registry.checks.intake.refusal import Refused

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s24x3H12x")
_LONGEST_COMMENT = 0xFFFF
_MOST_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the list of a ZIP's files begins, and how many it names."""

    start: int
    entries: int


def directory_of(file: BinaryIO, *, most_entries: int) -> Directory:
    """The directory of a plain ZIP; Refused for any other, and for more files than allowed."""
    end, size, start = _end(file)
    if size > _MOST_BYTES:
        raise Refused("too_many_files", most=most_entries)
    if start + size != end:
        raise Refused("archive_ambiguous")
    file.seek(start)
    content = file.read(size)
    position = entries = 0
    while position < len(content):
        position = _after(content, position)
        entries += 1
        if entries > most_entries:
            raise Refused("too_many_files", most=most_entries)
    return Directory(start, entries)


def _after(content: bytes, position: int) -> int:
    if position + _ENTRY.size > len(content):
        raise Refused("archive_damaged")
    signature, name, extra, comment = _ENTRY.unpack_from(content, position)
    after: int = position + _ENTRY.size + name + extra + comment
    if signature != b"PK\x01\x02" or after > len(content):
        raise Refused("archive_damaged")
    return after


def _end(file: BinaryIO) -> tuple[int, int, int]:
    """Where the directory ends, its size, and where it says that it begins."""
    length = file.seek(0, 2)
    tail_start = max(0, length - _END.size - _LONGEST_COMMENT)
    file.seek(tail_start)
    tail = file.read(length - tail_start)
    found = [at for at in _positions(tail) if _ends_the_file(tail, at)]
    if len(found) != 1:
        raise Refused("archive_ambiguous" if found else "not_a_zip")
    position = tail_start + found[0]
    _, disk, first_disk, here, total, size, start, _ = _END.unpack_from(tail, found[0])
    located = _located(file, position)
    if located is not None:
        return located
    if disk or first_disk or here != total:
        raise Refused("archive_ambiguous")
    return position, size, start


def _positions(tail: bytes) -> list[int]:
    found, at = [], tail.find(b"PK\x05\x06")
    while at >= 0:
        found.append(at)
        at = tail.find(b"PK\x05\x06", at + 1)
    return found


def _ends_the_file(tail: bytes, at: int) -> bool:
    if at + _END.size > len(tail):
        return False
    comment: int = _END.unpack_from(tail, at)[-1]
    return at + _END.size + comment == len(tail)


def _located(file: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """The same from the larger record that stands before the end record of a large archive."""
    if end < _LOCATOR.size:
        return None
    file.seek(end - _LOCATOR.size)
    signature, disk, record, disks = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if signature != b"PK\x06\x07":
        return None
    if disk or disks != 1 or record + _END_64.size != end - _LOCATOR.size:
        raise Refused("archive_ambiguous")
    file.seek(record)
    found = _END_64.unpack(file.read(_END_64.size))
    if found[0] != b"PK\x06\x06" or found[4] or found[5] or found[6] != found[7]:
        raise Refused("archive_ambiguous")
    return record, found[8], found[9]
