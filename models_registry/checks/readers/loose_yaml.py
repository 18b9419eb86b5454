"""YAML from strangers as plain texts: bounded, without aliases, and kept up to its first fault.

The parser's events are read, not its composer: that one follows aliases and nests without an end.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_MOST_EVENTS = 200_000

Node = str | list["Node"] | dict[str, "Node"] | None
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """What was read: every value a text, the line of each, and why reading stopped early."""

    data: Node = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    fault: str = ""

    @property
    def keys(self) -> Mapping[str, Node]:
        """The values of the top level; empty where it is no mapping."""
        return self.data if isinstance(self.data, dict) else {}

    def line(self, *path: str | int) -> int | None:
        """The line of the value at that path, or of the nearest around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_loosely(text: str, *, first_line: int = 1) -> Loose:
    """The first document; what stands before a fault is read and holds."""
    reader = _Reader(yaml.parse(text, Loader=_LOADER), first_line)
    fault = ""
    try:
        reader.run()
    except yaml.YAMLError as error:
        fault = str(getattr(error, "problem", None) or "no YAML")[:200]
    except _TooMuchError:
        fault = "too much"
    return Loose(reader.root.get("", None), reader.lines, fault)


def texts_of(node: Node) -> tuple[str, ...]:
    """The texts that stand directly in a value; of a mapping its keys."""
    if isinstance(node, str):
        return (node,)
    if isinstance(node, dict):
        return tuple(node)
    return tuple(item for item in node or () if isinstance(item, str))


def text_at(node: Node, *path: str) -> str:
    """The text below a path of keys, of a list the first; empty where there is none."""
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return next(iter(texts_of(node)), "") if not isinstance(node, dict) else ""


class _TooMuchError(Exception):
    pass


class _Reader:
    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self.root: dict[str, Node] = {}
        self.lines: dict[Path, int] = {}
        self._events, self._first, self._count = events, first_line, 0

    def run(self) -> None:
        with suppress(StopIteration):
            while not isinstance(self._next(), yaml.DocumentStartEvent):
                pass
            self._into(self.root, "", self._next(), ())

    def _next(self) -> Any:
        self._count += 1
        if self._count > _MOST_EVENTS:
            raise _TooMuchError
        return next(self._events)

    def _into(self, parent: Any, key: str | int, event: Any, path: Path) -> None:
        """Put the value that begins with an event into its parent, at once and not when it ends."""
        if len(path) > _DEEPEST:
            raise _TooMuchError
        if event.start_mark:
            self.lines.setdefault(path, event.start_mark.line + self._first)
        value = _begun(event)
        if isinstance(parent, list):
            parent.append(value)
        else:
            # The first of two equal keys holds, as nobody can know which one is meant.
            parent.setdefault(str(key), value)
        if isinstance(value, list):
            self._items(value, path)
        elif isinstance(value, dict):
            self._pairs(value, path)

    def _items(self, into: list[Node], path: Path) -> None:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._into(into, 0, event, (*path, len(into)))

    def _pairs(self, into: dict[str, Node], path: Path) -> None:
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            scalar = isinstance(event, yaml.ScalarEvent)
            key = event.value if scalar else ""
            line = event.start_mark.line + self._first if event.start_mark else self._first
            if scalar:
                self.lines.setdefault((*path, key), line)
            else:
                self._into([], 0, event, (*path, ""))
            self._into(into if scalar else {}, key, self._next(), (*path, key))


def _begun(event: Any) -> Node:
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    return {} if isinstance(event, yaml.MappingStartEvent) else None
