"""The state of an unfinished report across its pages: outlines, which nobody copies as text."""

from functools import cache
from math import atan2, degrees, hypot
from typing import Any

from django.conf import settings
from django.utils import translation

from reports.rendering.front import watermark_word

FACE = "source-serif-4-latin-wght-normal.woff2"
WEIGHT = 600
# As pale as 3.5 % of the ink, but opaque: beneath the text it needs no transparency.
COLOUR = "#f7f7f8"
# The page's content box in millimetres, by the name that print.css asks for.
SHEETS = {"watermark.svg": (170.0, 251.0), "watermark-wide.svg": (261.0, 170.0)}
# How much of the diagonal the word takes, and how high its letters may be.
SHARE, HIGHEST = 0.86, 42.0


def watermark_of(snapshot: dict[str, Any]) -> str:
    """The word across a report's pages in its language; nothing once it is final."""
    with translation.override(snapshot["language"]):
        return watermark_word(snapshot)


def watermarks(word: str) -> dict[str, bytes]:
    """A picture of the word for each shape of page; an empty one for no word."""
    return {name: _picture(word, *size) for name, size in SHEETS.items()}


@cache
def _picture(word: str, width: float, height: float) -> bytes:
    path, length, rise = _outlines(word.upper())
    scale = min(SHARE * hypot(width, height) / length, HIGHEST / rise) if length else 0
    turn = -degrees(atan2(height, width))
    place = (
        f"translate({width / 2:.1f} {height / 2:.1f}) rotate({turn:.1f}) "
        f"scale({scale:.5f} {-scale:.5f}) translate({-length / 2:.0f} {-rise / 2:.0f})"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}mm" height="{height:g}mm">'
        f'<path fill="{COLOUR}" transform="{place}" d="{path}"/></svg>'
    ).encode()


def _outlines(word: str) -> tuple[str, float, float]:
    """The path of the letters on one line, its length, and the height of a capital."""
    # Imported here: web processes never make a PDF.
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    with TTFont(settings.BASE_DIR / "static" / "fonts" / FACE) as font:
        glyphs, names = font.getGlyphSet(location={"wght": WEIGHT}), font.getBestCmap()
        pen, x = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}"), 0.0
        for name in (names[ord(letter)] for letter in word if ord(letter) in names):
            glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, x, 0)))
            x += glyphs[name].width
        return pen.getCommands(), x, float(font["OS/2"].sCapHeight)
