"""Material from a path: a folder, a ZIP, a pack of ours or a single file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models_registry.checks.intake.content import is_archive
from models_registry.checks.intake.files import FilesMaterial
from models_registry.checks.intake.folder import FolderMaterial
from models_registry.checks.material import Entry, Material
from models_registry.checks.packing import from_zip


@contextmanager
def opened(path: Path) -> Iterator[Material]:
    """What lies at the path, as long as it is needed; Refused or OSError where it cannot be."""
    if path.is_dir():
        yield FolderMaterial(path)
        return
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file or folder")
    with path.open("rb") as file:
        if is_archive(file):
            yield from_zip(file)
        else:
            yield _single(path)


def left_out(material: Material) -> tuple[str, ...]:
    """The links and devices of a folder that were not followed."""
    return material.left_out if isinstance(material, FolderMaterial) else ()


def _single(path: Path) -> Material:
    def opening(_: Entry) -> BinaryIO:
        return path.open("rb")

    size = path.stat().st_size
    return FilesMaterial([Entry(path.name, size, held=size)], opening)
