"""HTML as lines: a paragraph, a heading or a row of a table is one of them."""

import html
import re
from collections.abc import Iterator

from models_registry.checks.readers.lines import LONGEST_LINE, MOST_LINES, Line

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{0,2000}>")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ENDS_LINE = {"p", "li", "tr", "div", "br", "table", "ul", "ol", "section", "article", "dt", "dd"}
_ENDS_CELL = {"td", "th"}
_HIDDEN = {"script", "style"}


def lines_of_html(text: str, first: int = 1) -> Iterator[Line]:
    """The visible lines, each with its number in the file."""
    scan = _Scan(first)
    at = 0
    for tag in _TAG.finditer(text):
        scan.add(text[at : tag.start()])
        yield from scan.tag(tag[2].lower(), ends=bool(tag[1]))
        scan.number += tag[0].count("\n")
        at = tag.end()
        if scan.count > MOST_LINES:
            return
    scan.add(text[at:])
    yield from scan.line()


class _Scan:
    def __init__(self, first: int) -> None:
        self.number = first
        self.count = 0
        self._pieces: list[str] = []
        self._level = 0
        self._hidden = ""

    def add(self, text: str) -> None:
        if not self._hidden:
            self._pieces.append(text)
        self.number += text.count("\n")

    def tag(self, name: str, *, ends: bool) -> Iterator[Line]:
        if name in _HIDDEN:
            self._hide(name, ends=ends)
        elif name in _ENDS_CELL and ends:
            self._pieces.append(" | ")
        elif name in _ENDS_LINE or name in _HEADINGS:
            yield from self.line()
            self._level = 0 if ends else _HEADINGS.get(name, 0)

    def line(self) -> Iterator[Line]:
        words = " ".join(html.unescape("".join(self._pieces)[: 4 * LONGEST_LINE]).split())
        self._pieces.clear()
        if words := words.strip("| ")[:LONGEST_LINE]:
            self.count += 1
            yield Line(words, self.number, level=self._level)

    def _hide(self, name: str, *, ends: bool) -> None:
        if not self._hidden and not ends:
            self._hidden = name
        elif ends and name == self._hidden:
            self._hidden = ""
