"""Text as it may stand on paper."""

import re
from typing import Any

# Control characters that no XML may hold, lone surrogates, and marks that turn the direction of
# reading, with which a text could be made to look like another one.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
# WeasyPrint needs minutes for a single word of a hundred thousand letters.
_ENDLESS_WORD = re.compile(r"[^ \t\r\n]{81,}")
_PIECE = re.compile(r".{1,40}")
_ADDRESSES = ("url",)


def printable(value: Any) -> Any:
    """The same value with every text in it fit for print; the record itself stays as it is."""
    if isinstance(value, str):
        return _ENDLESS_WORD.sub(_with_breaks, _UNPRINTABLE.sub("", value))
    if isinstance(value, dict):
        return {key: part if key in _ADDRESSES else printable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [printable(part) for part in value]
    return value


def _with_breaks(word: re.Match[str]) -> str:
    return "\N{ZERO WIDTH SPACE}".join(_PIECE.findall(word[0]))
