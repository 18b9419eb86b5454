"""What commands are asked for by hand: a day, and files to write."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

BAD_INPUT = 2
TO_TERMINAL = "-"


def asked_day(text: str | None) -> date:
    """The day that was typed, else today."""
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"--on {text}: not a day; write it like 2027-12-02.", returncode=BAD_INPUT
        ) from error


def write_file(command: BaseCommand, path: Path, content: bytes) -> None:
    """The file where it was asked for, and a word about it beside the output."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(
            f"{path}: cannot be written ({error.strerror}); choose another place.",
            returncode=BAD_INPUT,
        ) from error
    command.stderr.write(f"Wrote {path}.")


def write_json(command: BaseCommand, out: str, data: Mapping[str, Any]) -> None:
    """Data as JSON, to a file or to the terminal."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if out == TO_TERMINAL:
        command.stdout.write(text)
    else:
        write_file(command, Path(out), text.encode())
