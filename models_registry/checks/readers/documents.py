"""Documents of several forms as lines under headings, each line knowing where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from models_registry.checks.readers.html_lines import lines_of_html
from models_registry.checks.readers.lines import LONGEST_LINE, MOST_LINES, Line
from models_registry.checks.readers.pdf import Pdf
from models_registry.checks.readers.source_text import SourceText, quoted
from models_registry.checks.results import Proof

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.{1,300}?)\s*#*\s*$")
_BOLD = re.compile(r"\s{0,3}(?:\*\*|__)([^*_]{2,120})(?:\*\*|__):?\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*$")
_NUMBERED = re.compile(r"\s{0,8}(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+([A-ZÄÖÜ][^.!?;|]{2,110})$")
# A PDF does not say what is a heading: a short line that begins large and ends without a stop.
_TITLE = re.compile(r"\s*[A-ZÄÖÜ][\w&/,'’()-]*(?: [\w&/,'’()-]+){0,6}\s*$")


@dataclass(frozen=True)
class Section:
    """A heading with all that stands under it, deeper headings included."""

    title: str
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(line.plain for line in self.lines[1:])

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True)
class Document:
    """One document; ``form`` is markdown, html, text or pdf."""

    path: str
    sha256: str
    form: str
    lines: tuple[Line, ...]
    title: str = ""

    @cached_property
    def text(self) -> str:
        return "\n".join(line.plain for line in self.lines)

    @cached_property
    def words(self) -> int:
        return sum(len(line.text.split()) for line in self.lines)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(_sections(self.lines))

    def sections_named(self, pattern: re.Pattern[str]) -> tuple[Section, ...]:
        """The sections whose heading fits."""
        return tuple(section for section in self.sections if pattern.search(section.title))

    def find(self, pattern: re.Pattern[str]) -> tuple[re.Match[str], Proof] | None:
        """The first line that fits, and where."""
        return next(self.find_all(pattern), None)

    def find_all(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Proof]]:
        """Every line that fits, and where; a line is one paragraph or a row of a table."""
        for line in self.lines:
            if found := pattern.search(line.plain):
                yield found, self.proof(line)

    def proof(self, line: Line) -> Proof:
        """Where a line stands."""
        quote = quoted(line.text)
        return Proof(self.path, quote, line.number, sha256=self.sha256, page=line.page)

    @property
    def whole(self) -> Proof:
        """The document as such."""
        return Proof(self.path, quoted(self.title), sha256=self.sha256)


def of_text(source: SourceText, *, form: str, body: int = 0) -> Document:
    """A document of text; ``body`` is where it begins in the file, after a front matter."""
    text, first = source.text[body:], source.line(body)
    lines = tuple(lines_of_html(text, first) if form == "html" else _markdown(text, first))
    title = next((line.plain for line in lines if line.level), "")
    return Document(source.path, source.sha256, form, lines, title)


def of_pdf(pdf: Pdf, *, path: str, sha256: str) -> Document:
    """A document of pages; lines in title form count as headings."""
    lines: list[Line] = []
    for number, page in enumerate(pdf.pages, start=1):
        for text in page.splitlines():
            if text.strip() and len(lines) < MOST_LINES:
                level = _level_of_numbered(text) or (5 if _TITLE.match(text) else 0)
                lines.append(Line(text[:LONGEST_LINE], page=number, level=level))
    first = next((line.text.strip() for line in lines), "")
    return Document(path, sha256, "pdf", tuple(lines), pdf.title.strip() or first[:300])


def _level_of_numbered(text: str) -> int:
    found = _NUMBERED.match(text)
    return found[1].count(".") + 1 if found else 0


def _markdown(text: str, first: int) -> Iterator[Line]:
    fenced = False
    before: Line | None = None
    for number, raw in enumerate(text.split("\n", MOST_LINES)[:MOST_LINES], start=first):
        text_of_line = raw.rstrip("\r")[:LONGEST_LINE]
        fence = bool(_FENCE.match(text_of_line))
        line = Line(text_of_line, number, code=fenced or fence)
        fenced ^= fence
        if before and _underlines(line, before):
            before = replace(before, level=1 if "=" in text_of_line else 2)
        if before:
            yield before
        before = line if line.code else replace(line, level=_level(text_of_line))
    if before:
        yield before


def _underlines(line: Line, before: Line) -> bool:
    title = before.text.strip()
    plain = not (line.code or before.code or before.level) and "|" not in title
    return plain and 2 < len(title) < 120 and bool(_UNDERLINE.match(line.text))


def _level(line: str) -> int:
    if found := _HEADING.match(line):
        return len(found[1])
    if _BOLD.match(line):
        return 6
    return _level_of_numbered(line)


def _sections(lines: tuple[Line, ...]) -> Iterator[Section]:
    heads = [(number, line.level) for number, line in enumerate(lines) if line.level]
    ends: list[int] = []
    # From the last to the first, the next heading of the same or a higher level is on a stack.
    stack: list[tuple[int, int]] = []
    for number, level in reversed(heads):
        while stack and stack[-1][1] > level:
            stack.pop()
        ends.append(stack[-1][0] if stack else len(lines))
        stack.append((number, level))
    for (number, _), end in zip(heads, reversed(ends), strict=True):
        title = lines[number].plain.lstrip("#").strip()
        yield Section(title, lines[number:end])
