"""Where the boxes of a walked path stand: answers left, then rules, the class on the right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

WIDTH = 1190
LINE = 20
_PADDING = 12
_GAP = 14
# Left edge, width, and the characters that fit on a line, of each of the three columns.
FACTS = (0, 400, 52)
RULES = (470, 420, 55)
CLASS = (960, 230, 26)


@dataclass(frozen=True, slots=True)
class Box:
    """One statement, broken into lines; the strong ones are its answer."""

    x: int
    y: int
    width: int
    lines: tuple[tuple[str, bool], ...]
    note: str = ""

    @property
    def height(self) -> int:
        return 2 * _PADDING + LINE * (len(self.lines) + bool(self.note)) - 4

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def text(self) -> list[tuple[int, str, bool]]:
        """Each line with its height on the drawing."""
        first = self.y + _PADDING + 13
        return [(first + LINE * n, line, strong) for n, (line, strong) in enumerate(self.lines)]

    @property
    def note_y(self) -> int:
        return self.y + _PADDING + 13 + LINE * len(self.lines)


@dataclass(frozen=True, slots=True)
class Drawing:
    facts: tuple[Box, ...]
    rules: tuple[Box, ...]
    end: Box
    links: tuple[str, ...]
    height: int


def walked_path(rules: Iterable[Mapping[str, Any]], title: str) -> Drawing:
    """The path to one class; an answer that serves several rules is drawn beside the first."""
    facts: dict[str, Box] = {}
    boxes: list[Box] = []
    pairs: list[tuple[str, Box]] = []
    y = 0
    for rule in rules:
        top = y
        for answer in rule["answers"]:
            if answer["id"] not in facts:
                facts[answer["id"]] = _fact(answer, y)
                y += facts[answer["id"]].height + _GAP
        box = _rule(rule, top, y - _GAP)
        boxes.append(box)
        pairs += [(answer["id"], box) for answer in rule["answers"]]
        y = max(y, box.y + box.height + _GAP)
    height = max(y - _GAP, 60)
    end = _centred(Box(CLASS[0], 0, CLASS[1], _broken(title, CLASS[2], strong=True)), 0, height)
    links = [_link(facts[name], box) for name, box in pairs]
    return Drawing(
        tuple(facts.values()),
        tuple(boxes),
        end,
        tuple(links + [_link(box, end) for box in boxes]),
        height,
    )


def _fact(answer: Mapping[str, Any], y: int) -> Box:
    x, width, characters = FACTS
    question = _broken(answer["question"], characters)
    return Box(x, y, width, question + _broken(answer["answer"], characters, strong=True))


def _rule(rule: Mapping[str, Any], top: int, bottom: int) -> Box:
    x, width, characters = RULES
    note = ", ".join(cite["text"] for cite in rule["cites"])
    short = note if len(note) <= characters else note[: characters - 1].rsplit(",", 1)[0] + " …"
    return _centred(Box(x, top, width, _broken(rule["text"], characters), short), top, bottom)


def _centred(box: Box, top: int, bottom: int) -> Box:
    """In the middle of what it follows from, which may be less high than itself."""
    y = max(top, top + (bottom - top - box.height) // 2)
    return Box(box.x, y, box.width, box.lines, box.note)


def _broken(text: str, characters: int, *, strong: bool = False) -> tuple[tuple[str, bool], ...]:
    return tuple((line, strong) for line in wrap(text, characters) or [""])


def _link(start: Box, end: Box) -> str:
    """A curve from the right edge of one box to the left edge of another."""
    x1, y1, x2, y2 = start.x + start.width, start.middle, end.x, end.middle
    bend = (x1 + x2) // 2
    return f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}"
