"""A file of the material as text in which every character knows its line and its bytes."""

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from models_registry.checks.results import Proof

QUOTE = 300
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class SourceText:
    """One file of the material, decoded; ``cut`` where only its beginning was read."""

    path: str
    text: str
    encoding: str = "utf-8"
    offset: int = 0
    sha256: str = ""
    cut: bool = False

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(found.end() for found in re.finditer(r"\n", self.text)))

    def line(self, position: int) -> int:
        """The line, counted from 1, of a character."""
        return bisect_right(self._line_starts, position)

    def proof(self, start: int, end: int) -> Proof:
        """Where the characters stand, in bytes, with as much of them as a quote may hold."""
        before = len(self.text[:start].encode(self.encoding, "surrogatepass"))
        length = len(self.text[start:end].encode(self.encoding, "surrogatepass"))
        first = self.offset + before
        quote = quoted(self.text[start:end])
        return Proof(self.path, quote, self.line(start), first, first + length, self.sha256)


def quoted(text: str) -> str:
    """The text on one line, as much of it as a proof may hold."""
    quote = " ".join(text[: 4 * QUOTE].split())
    return quote if len(quote) <= QUOTE else quote[: QUOTE - 1].rstrip() + "…"


def read_source(
    content: bytes, *, path: str = "", sha256: str = "", at_most: int
) -> SourceText | None:
    """The text of a file's beginning, or None where this is no text."""
    cut = len(content) > at_most
    content = content[:at_most]
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            return SourceText(path, text, encoding, len(mark), sha256, cut)
    if b"\0" in content:
        return None
    text, encoding = _decoded(content, cut)
    return SourceText(path, text, encoding, 0, sha256, cut)


def _decoded(content: bytes, cut: bool) -> tuple[str, str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(content, final=not cut), "utf-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"
