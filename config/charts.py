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
_EDGE = 1.0
_LEVEL = 46


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
    return _parts(counts, BAR_STATES)


# Strengths of evidence as the bar shows them, the strongest first, with the fill of each.
STRENGTHS = (
    ("independent", "independent"),
    ("verified", "verified"),
    ("documented", "documented"),
    ("asserted", "asserted"),
    ("none", "nothing"),
)


def strengths(counts: Mapping[str, int]) -> tuple[Segment, ...]:
    """The parts of a bar of evidence by its strength."""
    return _parts(counts, STRENGTHS)


def _parts(counts: Mapping[str, int], states: Sequence[tuple[str, str]]) -> tuple[Segment, ...]:
    total = sum(counts.get(state, 0) for state, _ in states)
    segments: list[Segment] = []
    start = 0.0
    for state, fill in states:
        count = counts.get(state, 0)
        if count:
            width = 100 * count / total
            segments.append(Segment(state, fill, count, round(start, 3), round(width, 3)))
            start += width
    return tuple(segments)


@dataclass(frozen=True, slots=True)
class Span:
    """A bar that is certain up to ``low`` and open up to ``high``, in per cent of the whole."""

    low: float
    high: float

    @property
    def open_width(self) -> float:
        return round(self.high - self.low, 3)


def spans(low: float, high: float, whole: float) -> Span:
    """Where a value lies on a scale from nothing to ``whole``; without a scale nowhere."""
    if not whole:
        return Span(0.0, 0.0)
    return Span(round(100 * low / whole, 3), round(100 * high / whole, 3))


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the timeline: where across (per cent), and how high its label stands."""

    day: date
    label: str
    past: bool
    x: float
    anchor: str
    level: int

    @property
    def label_y(self) -> int:
        return -34 - _LEVEL * self.level

    @property
    def leader_y(self) -> int:
        return -12 - _LEVEL * self.level


@dataclass(frozen=True, slots=True)
class Timeline:
    """The marks in order of time, today's place, and the room above the axis."""

    marks: tuple[Mark, ...]
    today_x: float
    today_anchor: str

    @property
    def axis_y(self) -> int:
        return 54 + _LEVEL * max((mark.level for mark in self.marks), default=0)

    @property
    def height(self) -> int:
        return self.axis_y + 34


def timeline(days: Iterable[tuple[date, str]], *, today: date, characters: int = 12) -> Timeline:
    """Where each day and its label go; ``characters`` is the room that every label gets."""
    known = sorted(days)
    first = min([today, *(day for day, _ in known)])
    last = max([today, *(day for day, _ in known)])
    room = 100 * characters * _CHARACTER / _DRAWN_WIDTH
    ends: list[float] = []
    marks = []
    for day, label in known:
        x = _place(day, first, last)
        anchor = _anchor(x, room)
        left = x - room * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        level = _free_level(ends, left)
        ends[level] = left + room
        marks.append(Mark(day, label, day <= today, x, anchor, level))
    now = _place(today, first, last)
    return Timeline(tuple(marks), now, _anchor(now, room))


def _place(day: date, first: date, last: date) -> float:
    span = (last - first).days or 1
    return round(_EDGE + (100 - 2 * _EDGE) * (day - first).days / span, 3)


def _anchor(x: float, room: float) -> str:
    return "start" if x < room / 2 else "end" if x > 100 - room / 2 else "middle"


def _free_level(ends: list[float], left: float) -> int:
    for level, end in enumerate(ends):
        if end <= left:
            return level
    ends.append(left)
    return len(ends) - 1
