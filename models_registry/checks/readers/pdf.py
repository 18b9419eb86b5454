"""The text of a PDF, read in a process of its own with hard limits."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry, Material

LARGEST = 128 << 20
SECONDS = 20
_MOST_ANSWER = 16 << 20
# A reader looks there for where the pages are; what follows is a line or two, or a signature.
_END = 64 << 10
_CHILD = Path(__file__).with_name("pdf_child.py")
# Fewer letters than this on a page on average, and somebody photographed paper.
_FEW_SIGNS = 25
_FAULTS = {"encrypted": "pdf_encrypted", "broken": "pdf_broken", "unreadable": "pdf_unreadable"}


@dataclass(frozen=True, slots=True)
class Pdf:
    """The text by page; ``count`` is the number of all pages, also of those not read."""

    pages: tuple[str, ...]
    count: int
    title: str = ""


def read_pdf(material: Material, entry: Entry) -> Pdf:
    """The text of a PDF; Refused where it is hostile, encrypted, broken or only a scan."""
    if entry.size > LARGEST or entry.held < entry.size:
        raise Refused("pdf_too_large", name=entry.path, most=LARGEST)
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as answer:
        with material.open(entry) as source:
            shutil.copyfileobj(source, file, 1 << 20)
        file.seek(0)
        _run(file, answer, entry.path)
        answer.seek(0)
        content = answer.read(_MOST_ANSWER + 1)
    return _checked(content, entry.path)


def refuse_without_end(material: Material, entry: Entry) -> None:
    """Refused for what begins like a PDF and ends like none, without reading what is between."""
    with material.open(entry) as file:
        file.seek(max(0, entry.size - _END))
        end = file.read(_END)
    if b"startxref" not in end:
        raise Refused("pdf_broken", name=entry.path)


def _run(file: BinaryIO, answer: BinaryIO, name: str) -> None:
    try:
        subprocess.run(  # noqa: S603 - our own program, no shell, nothing of the material in it
            [sys.executable, "-I", str(_CHILD)],
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Refused("pdf_hostile", name=name) from error


def _checked(content: bytes, name: str) -> Pdf:
    try:
        found: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise Refused("pdf_hostile", name=name) from error
    if fault := found.get("fault"):
        raise Refused(_FAULTS.get(fault, "pdf_hostile"), name=name)
    pages = tuple(str(page) for page in found["pages"])
    letters = sum(sign.isalnum() for page in pages for sign in page)
    if letters < _FEW_SIGNS * max(1, len(pages)):
        raise Refused("pdf_scan", name=name, pages=found["count"])
    return Pdf(pages, int(found["count"]), str(found["title"]))
