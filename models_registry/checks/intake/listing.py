"""What every kind of material has in common once its files are listed."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import BinaryIO

from models_registry.checks.material import Entry

_PIECE = 1 << 20


class Listing(ABC):
    """Material whose files are known from the start; a kind adds how one is opened."""

    _entries: tuple[Entry, ...]

    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    @abstractmethod
    def open(self, entry: Entry) -> BinaryIO:
        """The file's bytes that are held; the caller closes it. OSError where it is gone."""

    def read(self, entry: Entry, *, at_most: int) -> bytes:
        with self.open(entry) as file:
            return read_up_to(file, at_most)

    def named(self, *patterns: str) -> Iterator[Entry]:
        wanted = [pattern.lower() for pattern in patterns]
        for entry in self._entries:
            path = entry.path.lower()
            name = path.rpartition("/")[2]
            if any(fnmatchcase(path, want) or fnmatchcase(name, want) for want in wanted):
                yield entry


def read_up_to(file: BinaryIO, at_most: int) -> bytes:
    """The next bytes, fewer only at the end; a claimed length alone takes no memory."""
    pieces, left = [], at_most
    while left > 0 and (piece := file.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
