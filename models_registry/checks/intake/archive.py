"""A ZIP as material: each file is read as a stream, the archive never as a whole."""

import io
from typing import IO, Any, BinaryIO, cast
from zipfile import ZipInfo

from models_registry.checks.intake.guard import DAMAGED, Limits, opened
from models_registry.checks.intake.listing import Listing
from models_registry.checks.intake.names import without_top
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry

# What archivers of desktops add.
_NOT_MATERIAL = {"__MACOSX", ".git"}
_PIECE = 1 << 16


class ArchiveMaterial(Listing):
    """The files of a ZIP; paths are given without the one folder that may hold them all.

    The caller keeps the file open as long as the material is read, and closes it. ``everything``
    lists what archivers of desktops added too.
    """

    def __init__(
        self, file: BinaryIO, limits: Limits | None = None, *, everything: bool = False
    ) -> None:
        self._archive = opened(file, limits)
        files = [member for member in self._archive.infolist() if not member.is_dir()]
        members = files if everything else [one for one in files if not _left_out(one)]
        top = without_top([member.filename for member in members])
        self._members = {member.filename.removeprefix(top): member for member in members}
        self._entries = tuple(
            Entry(path, member.file_size, held=member.file_size)
            for path, member in sorted(self._members.items())
        )

    def open(self, entry: Entry) -> BinaryIO:
        member = self._members[entry.path]
        try:
            stream = _Stream(self._archive.open(member), entry)
        except DAMAGED as error:
            raise Refused("entry_damaged", name=entry.path) from error
        return cast(BinaryIO, io.BufferedReader(stream, _PIECE))


def _left_out(member: ZipInfo) -> bool:
    return not _NOT_MATERIAL.isdisjoint(member.filename.split("/"))


class _Stream(io.RawIOBase):
    """One entry of an archive; whatever is wrong with its bytes comes out as Refused."""

    def __init__(self, stream: IO[bytes], entry: Entry) -> None:
        self._stream, self._name, self._size = stream, entry.path, entry.size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        try:
            piece = self._stream.read(len(view))
        except DAMAGED as error:
            raise Refused("entry_damaged", name=self._name) from error
        self._at += len(piece)
        if view and not piece and self._at < self._size:
            raise Refused("entry_damaged", name=self._name)
        view[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        try:
            self._at = self._stream.seek(offset, whence)
        except DAMAGED as error:
            raise Refused("entry_damaged", name=self._name) from error
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._stream.close()
        super().close()
