"""The arithmetic of our drawings: plain numbers in, places on the drawing out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# The states of a finding as the bar shows them, with the fill of each.
BAR_STATES = (
    ("met", "good"),
    ("partly_met", "warn"),
    ("not_met", "bad"),
    ("not_assessed", "open"),
)

# The narrowest width at which the timeline is drawn; below it the page shows a list.
_DRAWN_WIDTH = 760
_CHARACTER = 7.5
_GAP = 14
_EDGE = 1.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar, in per cent of its width."""

    state: str
    fill: str
    count: int
    start: float
    width: float


def stacked(counts: Mapping[str, int]) -> tuple[Segment, ...]:
    """The parts of a bar of findings; what does not apply is no part of the whole."""
    total = sum(counts.get(state, 0) for state, _ in BAR_STATES)
    segments: list[Segment] = []
    start = 0.0
    for state, fill in BAR_STATES:
        count = counts.get(state, 0)
        if count:
            width = 100 * count / total
            segments.append(Segment(state, fill, count, round(start, 3), round(width, 3)))
            start += width
    return tuple(segments)


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the timeline: where it lies (per cent) and on which level its label stands."""

    day: date
    label: str
    past: bool
    x: float
    level: int
    anchor: str


def timeline(days: Iterable[tuple[date, str]], *, today: date) -> tuple[tuple[Mark, ...], float]:
    """The marks of a timeline, in order of time, and where today lies (per cent)."""
    known = sorted(days)
    first = min([today, *(day for day, _ in known)])
    last = max([today, *(day for day, _ in known)])
    # As if each label took the widest one's room: no label then meets its neighbour.
    room = 100 * (max((len(label) for _, label in known), default=0) * _CHARACTER) / _DRAWN_WIDTH
    ends: list[float] = []
    marks = []
    for day, label in known:
        x = _place(day, first, last)
        anchor = "start" if x < room / 2 else "end" if x > 100 - room / 2 else "middle"
        left = {"start": x, "middle": x - room / 2, "end": x - room}[anchor]
        level = _free_level(ends, left)
        ends[level] = left + room + 100 * _GAP / _DRAWN_WIDTH
        marks.append(Mark(day, label, day <= today, x, level, anchor))
    return tuple(marks), _place(today, first, last)


def _place(day: date, first: date, last: date) -> float:
    span = (last - first).days or 1
    return round(_EDGE + (100 - 2 * _EDGE) * (day - first).days / span, 3)


def _free_level(ends: list[float], left: float) -> int:
    for level, end in enumerate(ends):
        if end <= left:
            return level
    ends.append(left)
    return len(ends) - 1


def levels(marks: Sequence[Mark]) -> int:
    """How many rows of labels the marks need."""
    return 1 + max((mark.level for mark in marks), default=0)
