"""Several supplied files as one material: archives, packs and single files side by side.

The one archive keeps its paths, and single files lie beside its entries; of several archives each
gets a folder by its name. A file that is refused is left out and named; the others are read.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from models_registry.checks.intake.content import HOLDS_CODE, is_archive
from models_registry.checks.intake.files import FilesMaterial
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.intake.listing import Listing
from models_registry.checks.intake.names import checked_path, sameness
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material
from models_registry.checks.packing import from_zip

_MOST_FILES = 50_000
# About a minute of reading; beyond it only small files are hashed.
_HASHED_UP_TO, _SMALL = 8 << 30, 64 << 20


@dataclass(frozen=True, slots=True)
class Supplied:
    """One stored file; ``opening`` gives its bytes, seekable, for the caller to close.

    ``sha256`` was computed here when it came in. ``quarantined`` is the refusal for a file that
    nobody may open, and only an archive that holds such a file is read.
    """

    id: str
    name: str
    sha256: str
    size: int
    opening: Callable[[], BinaryIO]
    quarantined: str = ""


@dataclass(slots=True)
class Combined:
    """The material, and the refusal of each file that is not in it, by the file's id."""

    material: "CombinedMaterial"
    refusals: list[tuple[str, Refused]] = field(default_factory=list)


class CombinedMaterial(Listing):
    """Entries of several materials under paths of their own."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[Material, Entry]] = {}
        self._taken: set[str] = set()
        self._entries: tuple[Entry, ...] = ()

    def add(self, material: Material, folder: str = "") -> None:
        """The files of a material, under a folder or at the top; Refused leaves all as it was."""
        entries = material.entries()
        if len(self._places) + len(entries) > _MOST_FILES:
            raise Refused("too_many_files", most=_MOST_FILES)
        paths = {f"{folder}{entry.path}": entry for entry in entries}
        same = {sameness(checked_path(path)) for path in paths}
        if len(same) != len(paths) or same & self._taken:
            raise Refused("name_twice", name=folder or next(iter(paths), ""))
        self._taken |= same
        self._places |= {path: (material, entry) for path, entry in paths.items()}
        self._entries = tuple(
            replace(self._places[path][1], path=path) for path in sorted(self._places)
        )

    def has(self, path: str) -> bool:
        """Whether the path is taken."""
        return sameness(path) in self._taken

    def open(self, entry: Entry) -> BinaryIO:
        material, inside = self._places[entry.path]
        return material.open(inside)


@contextmanager
def combined(files: Iterable[Supplied]) -> Iterator[Combined]:
    """All files as one material, as long as it is needed; OSError where one is gone."""
    with ExitStack() as stack:
        found = Combined(CombinedMaterial())
        opened = [(file, stack.enter_context(file.opening())) for file in _wanted(files, found)]
        archives = [file for file, content in opened if is_archive(content)]
        several = len(archives) > 1
        seen = frozenset(file.sha256 for file, _ in opened)
        # Archives first, so that a single file gives way to them.
        for file, content in sorted(opened, key=lambda each: each[0] not in archives):
            try:
                if file in archives:
                    material = _hashed(from_zip(content, seen=seen))
                    found.material.add(material, _folder(found, file) if several else "")
                else:
                    found.material.add(_single(found, file))
            except Refused as refused:
                found.refusals.append((file.id, refused))
        yield found


def _wanted(files: Iterable[Supplied], found: Combined) -> Iterator[Supplied]:
    for file in files:
        if file.quarantined not in ("", HOLDS_CODE):
            found.refusals.append((file.id, Refused(file.quarantined, name=file.name)))
        else:
            yield file


def _hashed(material: Material) -> Material:
    total = sum(entry.held for entry in material.entries())
    return hashed(material, up_to=None if total <= _HASHED_UP_TO else _SMALL)


def _folder(found: Combined, file: Supplied) -> str:
    """A folder for an archive by its name, with a number where two have the same."""
    stem = PurePosixPath(checked_path(file.name)).stem or "archive"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    tops = {entry.path.partition("/")[0] for entry in found.material.entries()}
    return next(name for name in names if name not in tops) + "/"


def _single(found: Combined, file: Supplied) -> Material:
    name = checked_path(file.name)
    path = name
    if found.material.has(path):
        # Two files called README.md: the later one gets a folder.
        numbered = (f"attached-{number}/{name}" for number in range(2, 1000))
        path = next(one for one in numbered if not found.material.has(one))
    entry = Entry(path, file.size, file.sha256, held=file.size)
    return FilesMaterial([entry], lambda _: file.opening())
