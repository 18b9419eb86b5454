"""``manage.py pack_model FOLDER``: a small pack where the weights are too large to upload."""

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from models_registry.checks.catalogue import load
from models_registry.checks.intake.folder import FolderMaterial
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.packing import write_pack

_TOLD_EVERY = 10 << 30


class Command(BaseCommand):
    help = "Packs headers, small files and the SHA-256 of every file of a model's folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that holds the model's files")
        parser.add_argument(
            "--out", type=Path, help="the pack to write; else FOLDER.drawbridge.zip"
        )

    def handle(self, *_: Any, folder: Path, out: Path | None = None, **__: Any) -> None:
        self._read = self._told = 0
        target = out or folder.resolve().with_name(f"{folder.resolve().name}.drawbridge.zip")
        try:
            material = FolderMaterial(folder)
            files = self._write(material, target)
        except Refused as refused:
            raise CommandError(load().refusal(refused.reason, refused.values, "en")) from refused
        except OSError as error:
            raise CommandError(f"The pack could not be made: {error}") from error
        for path in material.left_out:
            self.stderr.write(f"Left out, because it is a link or no plain file: {path}")
        size = target.stat().st_size
        self.stdout.write(f"{target}: {files} files listed, {size / 1e6:.1f} MB")

    def _write(self, material: FolderMaterial, target: Path) -> int:
        # Renamed at the end, so that a pack under its name is always a whole one.
        with NamedTemporaryFile(dir=target.parent, prefix=".pack-", delete=False) as file:
            made = Path(file.name)
            try:
                files = write_pack(material, file, progress=self._progress)  # type: ignore[arg-type]
                file.flush()
                os.replace(made, target)
            except BaseException:
                made.unlink(missing_ok=True)
                raise
        return files

    def _progress(self, entry: Entry, read: int) -> None:
        self._read += read
        if self._read - self._told >= _TOLD_EVERY:
            self._told = self._read
            self.stdout.write(f"{self._read / 1e9:.0f} GB read, now {entry.path}")
