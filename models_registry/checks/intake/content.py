"""What a file is, judged by its content; its name is never asked."""

import io
import json
import pickletools
import re
from enum import StrEnum
from typing import BinaryIO

from law.reading import ReadingError, read_yaml
from models_registry.checks.material import Entry, Material

BEGINNING = 64 << 10
_TAIL = 256 << 10
_MOST_YAML = 64 << 10
_MOST_OPCODES = 2000


class Kind(StrEnum):
    EMPTY = "empty"
    SAFETENSORS = "safetensors"
    GGUF = "gguf"
    PICKLE = "pickle"
    TORCH_ARCHIVE = "torch_archive"
    NUMPY_OBJECTS = "numpy_objects"
    NUMPY = "numpy"
    HDF5 = "hdf5"
    ZIP = "zip"
    OFFICE = "office"
    COMPRESSED = "compressed"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    JSON = "json"
    YAML = "yaml"
    HTML = "html"
    XML = "xml"
    PEM = "pem"
    LFS_POINTER = "lfs_pointer"
    TEXT = "text"
    PROGRAM = "program"
    UNKNOWN = "unknown"


# Loading one of these can run what is inside it. They are kept and listed, never loaded.
QUARANTINED = frozenset(
    {Kind.PICKLE, Kind.TORCH_ARCHIVE, Kind.NUMPY_OBJECTS, Kind.HDF5, Kind.PROGRAM}
)
# The refusal of an archive with such a file in it: nobody may open it, and only the checks, which
# run nothing, read it.
HOLDS_CODE = "archive_may_run_code"

_SIGNATURES = (
    (b"GGUF", Kind.GGUF),
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF8", Kind.GIF),
    (b"\x89HDF\r\n\x1a\n", Kind.HDF5),
    (b"\x1f\x8b", Kind.COMPRESSED),
    (b"BZh", Kind.COMPRESSED),
    (b"\xfd7zXZ\x00", Kind.COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", Kind.COMPRESSED),
    (b"Rar!\x1a\x07", Kind.COMPRESSED),
    (b"\x28\xb5\x2f\xfd", Kind.COMPRESSED),
    (b"\x7fELF", Kind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Kind.PROGRAM),
    (b"\xca\xfe\xba\xbe", Kind.PROGRAM),
    (b"version https://git-lfs.github.com/spec/", Kind.LFS_POINTER),
    (b"-----BEGIN ", Kind.PEM),
)
# Possessive throughout: a text full of half comments or empty lines must not cost minutes.
_HTML = re.compile(
    r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_XML = re.compile(r"\s*<(?:\?xml|svg)\b", re.I)
_KEY = re.compile(r"(?:---[ \t]*+\n)?(?:[ \t]*+(?:#[^\n]*+)?\n)*+[A-Za-z_][\w .-]{0,80}:(?:\s|$)")
# The directory's and the file's own record of the one pickle that such an archive is built around.
_TORCH = re.compile(rb"(?:PK\x01\x02.{42}|PK\x03\x04.{26})[^/\x00]{0,200}/data\.pkl", re.S)
# Opcodes that call something; a text that happens to read as a pickle has none before its end.
_CALLS = {"GLOBAL", "STACK_GLOBAL", "INST", "REDUCE", "BUILD", "NEWOBJ", "NEWOBJ_EX", "OBJ"}


def kind_of(material: Material, entry: Entry) -> Kind:
    """What a file of the material is."""
    beginning = material.read(entry, at_most=BEGINNING)
    tail = b""
    if beginning.startswith(b"PK") and entry.held == entry.size:
        tail = _tail(material, entry)
    return kind_by_content(beginning, size=entry.size, tail=tail)


def kind_by_content(beginning: bytes, *, size: int, tail: bytes = b"") -> Kind:
    """What a file of that size is; ``tail``, its end, tells one kind of ZIP from another."""
    return marked_kind(beginning, size=size, tail=tail) or _kind_of_text(beginning, size)


def marked_kind(beginning: bytes, *, size: int, tail: bytes = b"") -> Kind | None:
    """What a file is by its marks alone; None for a text, whatever it says, and what is unknown."""
    if not size:
        return Kind.EMPTY
    for signature, kind in _SIGNATURES:
        if beginning.startswith(signature):
            return kind
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(beginning + tail)
    return _kind_of_binary(beginning, size)


def _tail(material: Material, entry: Entry) -> bytes:
    """The end of a file where it can be reached without reading all before it."""
    with material.open(entry) as file:
        if entry.size > _TAIL and not isinstance(getattr(file, "raw", None), io.FileIO):
            return b""
        file.seek(max(0, entry.size - _TAIL))
        return file.read(_TAIL)


def _kind_of_zip(content: bytes) -> Kind:
    if _TORCH.search(content):
        return Kind.TORCH_ARCHIVE
    return Kind.OFFICE if b"[Content_Types].xml" in content else Kind.ZIP


def _kind_of_binary(beginning: bytes, size: int) -> Kind | None:
    if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
        return Kind.WEBP
    if beginning.startswith(b"\x93NUMPY"):
        # A dtype of objects means that the data is a pickle.
        return Kind.NUMPY_OBJECTS if b"|O" in beginning[:1024] else Kind.NUMPY
    if beginning.startswith(b"MZ") and b"\0" in beginning[:64]:
        return Kind.PROGRAM
    if beginning[257:262] == b"ustar":
        return Kind.COMPRESSED
    if _begins_safetensors(beginning, size):
        return Kind.SAFETENSORS
    return Kind.PICKLE if _begins_pickle(beginning) else None


def _begins_safetensors(beginning: bytes, size: int) -> bool:
    length = int.from_bytes(beginning[:8], "little")
    return beginning[8:10] in (b'{"', b"{}", b"{ ", b"{\n") and 2 <= length <= size


def _begins_pickle(beginning: bytes) -> bool:
    if beginning[:1] == b"\x80" and beginning[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        return True
    if not beginning[:1] or beginning[:1] not in b"(]}cFIKLMNSTUVX\x88\x89\x8c":
        return False
    calls = False
    try:
        for number, (opcode, _, _) in enumerate(pickletools.genops(beginning)):
            calls = calls or opcode.name in _CALLS
            if opcode.name == "STOP" or number > _MOST_OPCODES:
                return calls
    except Exception:  # noqa: BLE001 - whatever is raised, this is no pickle up to here
        return False
    return calls


def _kind_of_text(beginning: bytes, size: int) -> Kind:
    # A character may be cut at the end of what was read.
    whole = len(beginning) >= size
    text = beginning.decode("utf-8-sig", "replace" if whole else "ignore")
    if "\x00" in text or text.count("\ufffd") > len(text) // 100:
        return Kind.UNKNOWN
    if _HTML.match(text):
        return Kind.HTML
    if _XML.match(text):
        return Kind.XML
    if text.lstrip()[:1] in ("{", "["):
        return Kind.JSON if not whole or _is_json(text) else Kind.TEXT
    if _KEY.match(text) and whole and len(text) <= _MOST_YAML and _is_yaml(text):
        return Kind.YAML
    return Kind.TEXT


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_yaml(text: str) -> bool:
    try:
        return isinstance(read_yaml(text, name="").data, dict)
    except ReadingError:
        return False


def is_archive(file: BinaryIO) -> bool:
    """Whether it is a ZIP, by its content; the file is read from its beginning afterwards."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    beginning = file.read(BEGINNING)
    file.seek(0)
    return kind_by_content(beginning, size=size, tail=tail) is Kind.ZIP
