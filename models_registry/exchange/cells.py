"""Values as cells of a sheet: numbers stay numbers, and what a stranger wrote stays text."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None
# Longer texts, and numbers with more digits, spoil the file for the programmes that open it.
_LONGEST = 32_000
_MOST_DIGITS = 1e15
_NARROW, _WIDE = 16, 34
# Nothing that is written here may become a formula, a link or a number by how it begins.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a line of headings that stays in view, and its rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def workbook(sheets: Iterable[Sheet], *, title: str, on: date) -> bytes:
    """The sheets as XLSX, the same bytes for the same content."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": title, "created": datetime.combine(on, time())})
        styles = {
            "head": book.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "top",
                    "bottom": 1,
                    "bg_color": "#E8ECF2",
                }
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "large": book.add_format({"num_format": "0.00E+00", "valign": "top"}),
            "figure": book.add_format({"num_format": "General", "valign": "top"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.title), sheet, styles, f"{title}, {on.isoformat()}")
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet, styles: Mapping[str, Format], footer: str) -> None:
    last = len(sheet.headings) - 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer(f"&L{footer}&R&P / &N")
    page.freeze_panes(1, 1)
    page.set_column(0, 0, _WIDE)
    page.set_column(1, max(last, 1), _NARROW + 6)
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, _text(heading), styles["head"])
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _put(page, number, column, cell, styles)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), last)
    if sheet.note:
        page.write_string(len(sheet.rows) + 2, 0, _text(sheet.note))


def _put(page: Worksheet, row: int, column: int, cell: Cell, styles: Mapping[str, Format]) -> None:
    if cell is None or cell == "":
        page.write_blank(row, column, None, styles["text"])
    elif isinstance(cell, str):
        page.write_string(row, column, _text(cell), styles["text"])
    else:
        page.write_number(row, column, cell, styles[_style(cell)])


def is_number(value: Any) -> bool:
    """Whether a sheet can hold it as a number without losing it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e300 and math.isfinite(value)


def _style(number: float) -> str:
    if abs(number) >= _MOST_DIGITS:
        return "large"
    return "whole" if number == int(number) else "figure"


def _text(text: str) -> str:
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    # A half of a character cannot be written to any file of text.
    return cut.encode("utf-8", "replace").decode()
