"""The files that somebody supplied about one model, read in pieces and never written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its path with ``/`` below the material's root, size in bytes, SHA-256 in hex.

    ``size`` is that of the real file even where only its beginning is at hand (a pack made where
    the weights lie); ``held`` says how many bytes can be read. ``sha256`` is empty where unknown,
    and ``hash_seen_here`` is false where it was only told to us.
    """

    path: str
    size: int
    sha256: str = ""
    held: int = 0
    hash_seen_here: bool = True


class Material(Protocol):
    """Everything a check may look at."""

    def entries(self) -> tuple[Entry, ...]:
        """Every file, by path."""
        ...

    def open(self, entry: Entry) -> BinaryIO:
        """The file's bytes that are held; the caller closes it. OSError where it is gone."""
        ...

    def read(self, entry: Entry, *, at_most: int) -> bytes:
        """The file's beginning, at most that many bytes."""
        ...

    def named(self, *patterns: str) -> Iterator[Entry]:
        """The entries whose path or name fits a pattern of fnmatch, capitals or not, by path."""
        ...
