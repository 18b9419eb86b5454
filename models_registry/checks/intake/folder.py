"""A folder as material, as a person or a program at the same machine supplies it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from models_registry.checks.intake.listing import Listing
from models_registry.checks.intake.names import checked_path
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry

# A clone's own store would count every weight twice.
_NOT_MATERIAL = {".git", ".cache", "__pycache__", "__MACOSX"}
_MOST_FILES = 100_000
_DEEPEST = 40


class FolderMaterial(Listing):
    """The plain files below a folder; ``left_out`` names links and devices that are not followed.

    A link is followed to a plain file inside the folder, and from a snapshot in a download cache
    of the usual layout to that cache's ``blobs``.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve(strict=True)
        if not self._root.is_dir():
            raise NotADirectoryError(f"{root} is not a folder")
        self._allowed = [self._root]
        if self._root.parent.name == "snapshots":
            self._allowed.append(self._root.parent.parent / "blobs")
        found: list[Entry] = []
        left_out: list[str] = []
        for path, size in self._files(self._root, 0):
            relative = path.relative_to(self._root).as_posix()
            if size is None:
                left_out.append(relative)
                continue
            found.append(Entry(checked_path(relative), size, held=size))
            if len(found) > _MOST_FILES:
                raise Refused("too_many_files", most=_MOST_FILES)
        self._entries = tuple(sorted(found, key=lambda entry: entry.path))
        self.left_out = tuple(sorted(left_out))

    def open(self, entry: Entry) -> BinaryIO:
        path = self._root / checked_path(entry.path)
        if not self._may_follow(path):
            raise FileNotFoundError(entry.path)
        # A pipe put in the file's place since would otherwise wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        file = os.fdopen(descriptor, "rb")
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            file.close()
            raise FileNotFoundError(entry.path)
        return file

    def _files(self, folder: Path, depth: int) -> Iterator[tuple[Path, int | None]]:
        if depth > _DEEPEST:
            raise Refused("name_too_long", name=folder.name)
        with os.scandir(folder) as items:
            for item in items:
                path = Path(item.path)
                if item.is_dir(follow_symlinks=False):
                    if item.name not in _NOT_MATERIAL:
                        yield from self._files(path, depth + 1)
                else:
                    yield path, self._size(item)

    def _size(self, item: os.DirEntry[str]) -> int | None:
        try:
            plain = item.is_file() and (not item.is_symlink() or self._may_follow(Path(item.path)))
            return item.stat().st_size if plain else None
        except OSError:
            # A link that leads back to itself.
            return None

    def _may_follow(self, path: Path) -> bool:
        target = path.resolve()
        return any(target.is_relative_to(allowed) for allowed in self._allowed)
