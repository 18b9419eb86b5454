"""Where the parts of two drawings go: levels of two kinds of model, and a figure among powers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

# From the axis to the end of the highest bar, and what a figure above it needs.
_HIGHEST = 30.0
_LEAST = 3.0
_FIGURE = 17
_BAR = 0.62
_FIRST_POWER, _LAST_POWER = 21, 27


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: across in per cent, upwards or downwards from the axis in pixels."""

    x: float
    width: float
    y: float
    height: float
    middle: float
    count: int
    label_y: float


@dataclass(frozen=True, slots=True)
class Mirrored:
    """Bars above the axis for one kind, and below it for the other."""

    above: tuple[Bar, ...]
    below: tuple[Bar, ...]
    axis_y: float
    height: float
    levels: tuple[tuple[int, float], ...]


def mirrored(above: Sequence[int], below: Sequence[int]) -> Mirrored:
    """Two distributions over the same places; each bar is a share of its own kind.

    Every second place is a whole level, the others lie between two.
    """
    axis = _HIGHEST + _FIGURE
    step = 100 / len(above)
    levels = tuple(
        (place // 2, round((place + 0.5) * step, 3)) for place in range(0, len(above), 2)
    )
    return Mirrored(
        above=tuple(_bars(above, axis, up=True)),
        below=tuple(_bars(below, axis, up=False)),
        axis_y=axis,
        height=2 * axis,
        levels=levels,
    )


def _bars(counts: Sequence[int], axis: float, *, up: bool) -> Iterable[Bar]:
    step, whole = 100 / len(counts), sum(counts)
    for place, count in enumerate(counts):
        if count:
            height = round(max(_HIGHEST * count / whole, _LEAST), 2)
            yield Bar(
                x=round((place + (1 - _BAR) / 2) * step, 3),
                width=round(_BAR * step, 3),
                y=axis - height if up else axis,
                height=height,
                middle=round((place + 0.5) * step, 3),
                count=count,
                label_y=axis - height - 4 if up else axis + height + 13,
            )


@dataclass(frozen=True, slots=True)
class Powers:
    """A scale of powers of ten: the figure, what it is held against, and the powers themselves."""

    x: float
    limits: tuple[tuple[int, float], ...]
    ticks: tuple[float, ...]
    at_least: bool


def powers(figure: float, limits: Iterable[float], *, at_least: bool) -> Powers:
    """Where a figure and its limits lie; what is off the scale stands at its end."""
    return Powers(
        x=_among_powers(figure),
        limits=tuple((round(log10(limit)), _among_powers(limit)) for limit in limits),
        ticks=tuple(_among_powers(10.0**power) for power in range(_FIRST_POWER, _LAST_POWER + 1)),
        at_least=at_least,
    )


def _among_powers(figure: float) -> float:
    share = (log10(figure) - _FIRST_POWER) / (_LAST_POWER - _FIRST_POWER)
    return round(1 + 98 * min(max(share, 0.0), 1.0), 3)
