"""Writes catalogue/recognition/fingerprints.json anew from a folder of licence texts."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from models_registry.checks.licences.fingerprinting import (
    as_row,
    fingerprinted,
    wanted,
    with_appendix,
)
from models_registry.checks.licences.references import FILE


class Command(BaseCommand):
    help = (
        "Makes the fingerprints of licence texts anew. FOLDER holds one NAME.LICENSE per text:"
        " the folder licensedcode/data/licenses of the package scancode-toolkit-mini, unpacked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        source, wants = wanted()
        rows = []
        for want in wants:
            path = folder / f"{want.file}.LICENSE"
            try:
                text = with_appendix(want, path.read_text(encoding="utf-8"), settings.BASE_DIR)
                rows.append(as_row(fingerprinted(want, text)))
            except (OSError, ValueError) as error:
                raise CommandError(
                    f"{want.id} cannot be made into a fingerprint: {error}"
                ) from error
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        head = json.dumps(source, ensure_ascii=False)
        FILE.write_text(f'{{"source": {head},\n"references": [\n{lines}\n]}}\n', encoding="utf-8")
        self.stdout.write(f"{len(rows)} fingerprints, {FILE.stat().st_size} bytes")
