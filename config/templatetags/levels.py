"""Tags for drawings about models; the numbers stand beside each of them in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from config import level_drawing

register = template.Library()


@register.inclusion_tag("components/mirrored.html")
def mirrored(above: Sequence[int], below: Sequence[int], name: str, message: str) -> dict[str, Any]:
    """Levels of two kinds of model, one above the axis and one below; ``message`` is read out."""
    return {"drawing": level_drawing.mirrored(above, below), "name": name, "message": message}


@register.inclusion_tag("components/powers.html")
def powers(
    figure: float, limits: Iterable[float], at_least: bool, name: str, message: str
) -> dict[str, Any]:
    """A figure among powers of ten, with what it is held against."""
    drawing = level_drawing.powers(figure, limits, at_least=at_least)
    return {"drawing": drawing, "name": name, "message": message}
