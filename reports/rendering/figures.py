"""The geometry of the figures in points; as text, since languages write numbers differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 482.0
_EDGE = 6.0
_LABEL_ROOM = 82.0
_TICK_ROOM = 11.0
_LEVEL = 25.0
_TICK_LEVEL = 9.5
_BAND = 13.0
_YEAR_ROOM = 24.0


def points(value: float) -> str:
    return f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of the stacked bar."""

    status: str
    count: int
    x: str
    width: str
    middle: str
    has_room: bool


def stacked(counts: Sequence[tuple[str, int]]) -> list[Segment]:
    """The bar of obligations by status, as wide as the text."""
    total = sum(count for _, count in counts)
    segments, start = [], 0.0
    for status, count in counts:
        width = WIDTH * count / total if total else 0.0
        if count:
            middle = points(start + width / 2)
            segments.append(
                Segment(status, count, points(start), points(width), middle, width > 18)
            )
        start += width
    return segments


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the timeline with its label above the axis."""

    day: date
    count: int
    has_come: bool
    x: str
    anchor: str
    label_y: str
    sub_y: str
    leader_y: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A numbered milestone below the band of years."""

    number: int
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A band of years with obligations' days above it and milestones of the law below."""

    marks: list[Mark]
    ticks: list[Tick]
    years: list[tuple[int, str, str]]
    today_x: str
    axis: str
    height: str


def timeline(
    days: Iterable[tuple[date, int]], milestones: Iterable[tuple[int, date]], *, today: date
) -> Timeline:
    """Where everything goes, so that no two labels meet."""
    labelled, numbered = sorted(days), list(milestones)
    known = [today, *(day for day, _ in labelled), *(day for _, day in numbered)]
    scale = _Scale(min(known), max(known))
    rows = _levels([scale.label_start(day) for day, _ in labelled], _LABEL_ROOM)
    steps = _levels([scale.x(day) for _, day in numbered], _TICK_ROOM)
    top = 34 + _LEVEL * max(rows, default=0)
    return Timeline(
        marks=[_mark(scale, *one, row, today) for one, row in zip(labelled, rows, strict=True)],
        ticks=[
            Tick(number, points(scale.x(day)), points(_BAND + 12 + _TICK_LEVEL * step))
            for (number, day), step in zip(numbered, steps, strict=True)
        ],
        years=scale.years(),
        today_x=points(scale.x(today)),
        axis=points(top),
        height=points(top + _BAND + 18 + _TICK_LEVEL * max(steps, default=0)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        span = (self.last - self.first).days or 1
        return _EDGE + (WIDTH - 2 * _EDGE) * (day - self.first).days / span

    def anchor(self, day: date) -> str:
        x = self.x(day)
        half = _LABEL_ROOM / 2
        return "start" if x < half else "end" if x > WIDTH - half else "middle"

    def label_start(self, day: date) -> float:
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor(day)]
        return self.x(day) - _LABEL_ROOM * before

    def years(self) -> list[tuple[int, str, str]]:
        """Each year with where it starts and where its number stands."""
        years = []
        for year in range(self.first.year, self.last.year + 1):
            start = self.x(max(self.first, date(year, 1, 1)))
            end = self.x(min(self.last, date(year, 12, 31)))
            middle = points((start + end) / 2) if end - start > _YEAR_ROOM else ""
            years.append((year, points(start), middle))
        return years


def _mark(scale: _Scale, day: date, count: int, row: int, today: date) -> Mark:
    return Mark(
        day,
        count,
        day <= today,
        points(scale.x(day)),
        scale.anchor(day),
        points(-20 - _LEVEL * row),
        points(-10 - _LEVEL * row),
        points(-6 - _LEVEL * row),
    )


def _levels(starts: Sequence[float], room: float) -> list[int]:
    """For each label, in order of time, the first level on which it meets no earlier one."""
    ends: list[float] = []
    levels = []
    for start in starts:
        level = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        ends[level : level + 1] = [start + room]
        levels.append(level)
    return levels
