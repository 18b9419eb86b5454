"""A licence text as words, each knowing where it stands in the file.

Only words and currency signs count: layout, typography, comment signs, HTML and Markdown do not.
"""

import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from models_registry.checks.readers.source_text import SourceText, read_source

LONGEST = 256 * 1024
_HTML = re.compile(r"<\s*(?:!doctype html|html|body|p|br|div|h[1-6]|li|span)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(/?)(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][\w-]{0,30}(?:\s[^<>]{0,2000})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_ADDRESS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
# A list may be numbered, lettered or dotted without being another text. What stands before tells a
# list from a reference to a section, since lines may be broken anywhere.
_ITEM = r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]"
_MARKER = re.compile(
    rf"(\A|[.;:,][\"'”’)]{{0,3}}|\b(?:and|or)\b)([\s#>/*%|;-]{{0,40}}+)((?:{_ITEM}\s{{1,40}}){{1,4}})",
    re.IGNORECASE,
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_]+(?:[{_INVISIBLE}]+[^\W_]+)*|[$€£¥]")
_CLEAR = dict.fromkeys(map(ord, _INVISIBLE))


@dataclass(frozen=True)
class LicenceText(SourceText):
    """The text of a licence or a policy."""

    @cached_property
    def plain(self) -> str:
        """The text without markup, every character still in its place."""
        text = self.text
        if _HTML.search(text):
            text = _TAG.sub(_blank, _without_hidden(text))
            text = _ENTITY.sub(_unescaped, text)
        return _ADDRESS.sub(_blank, text)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Beginning and end of each word in ``text``."""
        text = _MARKER.sub(lambda f: f[1] + f[2] + _spaces(f[3]), self.plain)
        return tuple(found.span() for found in _WORD.finditer(text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(_plain_word(self.plain[start:end]) for start, end in self.spans)


def read_text(content: bytes, *, path: str = "", sha256: str = "") -> LicenceText | None:
    """The text of a file's beginning, or None where this is no text."""
    found = read_source(content, path=path, sha256=sha256, at_most=LONGEST)
    if found is None:
        return None
    return LicenceText(
        found.path, found.text, found.encoding, found.offset, found.sha256, found.cut
    )


def digest_of(words: tuple[str, ...]) -> bytes:
    """What two texts of the same words share."""
    return hashlib.sha256(" ".join(words).encode()).digest()[:16]


def _without_hidden(text: str) -> str:
    # Not one pattern over the whole element: many openings without an end would cost squares.
    kept, since, hidden = [], 0, False
    for found in _HIDDEN.finditer(text):
        ends = bool(found[1])
        if ends == hidden:
            piece = text[since : found.start()]
            kept.append(_WORD.sub(_blank, piece) if hidden else piece)
            since, hidden = found.start(), not hidden
    piece = text[since:]
    return "".join([*kept, _WORD.sub(_blank, piece) if hidden else piece])


def _blank(found: re.Match[str]) -> str:
    return _spaces(found[0])


def _spaces(text: str) -> str:
    # Lines stay lines, so that positions and line numbers hold.
    return re.sub(r"[^\n]", " ", text)


def _unescaped(found: re.Match[str]) -> str:
    sign = html.unescape(found[0])
    return sign.ljust(len(found[0])) if len(sign) <= len(found[0]) else found[0]


def _plain_word(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.translate(_CLEAR)).casefold()
