"""A strict YAML reader: text keys, no key twice, no YAML 1.1 booleans, a line for every value.

PyYAML keeps the last of two equal keys without a word and reads ``on`` as true; both cost us cases.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?[0-9]{1,30}")
_DECIMAL = re.compile(r"[-+]?[0-9][0-9_]{0,30}(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_BOOLEANS = {"true": True, "false": False}
_AMBIGUOUS = {"yes", "no", "on", "off", "y", "n"}
_DEEPEST = 50

Path = tuple[str | int, ...]


class ReadingError(ValueError):
    """A document that cannot be read exactly: where, what, and what to do."""

    def __init__(self, name: str, line: int, fault: str) -> None:
        super().__init__(f"{name}, line {line}: {fault}")
        self.name, self.line, self.fault = name, line, fault


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text says, and on which line each value stands."""

    name: str
    data: Any
    lines: dict[Path, int]

    def line(self, *path: str | int) -> int:
        """The line of the value at that path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def decoded(content: bytes, name: str) -> str:
    """The text of a file; ReadingError where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReadingError(name, line, "this is not UTF-8; save it as UTF-8") from error


def read_yaml(text: str, *, name: str) -> Document:
    """The document as plain data, a day as text; ReadingError where it is ambiguous."""
    reader = _Reader(name, yaml.parse(text, Loader=_LOADER))
    try:
        return Document(name, reader.document(), reader.lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fault = getattr(error, "problem", None) or "this is not YAML"
        line = mark.line + 1 if mark else 1
        raise ReadingError(name, line, f"{fault}; mend the YAML here") from error


class _Reader:
    """Builds plain data from the parser's events.

    PyYAML's own composer is not used: it follows aliases, which can make a small file enormous, and
    its recursion in C ends the process when brackets are nested deeply.
    """

    def __init__(self, name: str, events: Iterator[Any]) -> None:
        self.lines: dict[Path, int] = {}
        self._name, self._events = name, events

    def document(self) -> Any:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        data = self._value(next(self._events), ())
        next(self._events)
        if not isinstance(event := next(self._events), yaml.StreamEndEvent):
            raise self._fault(event, "a second document starts here; keep one per file")
        return data

    def _value(self, event: Any, path: Path) -> Any:
        self.lines[path] = event.start_mark.line + 1
        self._refuse_indirection(event)
        if len(path) > _DEEPEST:
            raise self._fault(event, "this is nested too deeply; keep it flat")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = self._until(yaml.SequenceEndEvent)
            return [self._value(item, (*path, number)) for number, item in enumerate(items)]
        return self._mapping(path)

    def _until(self, end: type[Any]) -> Iterator[Any]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _refuse_indirection(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._fault(event, "anchors and aliases are not read; write the value out")
        if event.tag:
            raise self._fault(event, f"the tag '{event.tag}' is not read; leave it out")

    def _mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            self._refuse_indirection(event)
            key = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None
            if not isinstance(key, str):
                raise self._fault(event, "a key must be text; quote it")
            if key in result:
                raise self._fault(event, f"the key '{key}' stands here twice; keep one")
            result[key] = self._value(next(self._events), (*path, key))
        return result

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style:  # quoted or a block: what stands there is meant as text
            return text
        if text in ("", "~", "null"):
            return None
        if text.lower() in _AMBIGUOUS:
            advice = f'write true, false or "{text}"'
            raise self._fault(event, f"'{text}' can be read two ways; {advice}")
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        number = _number_or_text(text)
        if number == math.inf or number == -math.inf:
            raise self._fault(event, f"the number {text} is too large")
        return number

    def _fault(self, event: Any, fault: str) -> ReadingError:
        return ReadingError(self._name, event.start_mark.line + 1, fault)


def _number_or_text(text: str) -> int | float | str:
    if _NUMBER.fullmatch(text):
        return int(text)
    return float(text.replace("_", "")) if _DECIMAL.fullmatch(text) else text
