"""A strict YAML reader: text keys only, no key twice, no YAML 1.1 booleans, and the line of every value.

PyYAML keeps the last of two equal keys without a word and reads ``on`` as true; both have cost us cases.
"""

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


def read_yaml(text: str, *, name: str) -> Document:
    """The document as plain lists, mappings, texts and numbers (a day stays text); ReadingError where it is ambiguous."""
    try:
        root = _compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fault = getattr(error, "problem", None) or "this is not YAML"
        raise ReadingError(name, mark.line + 1 if mark else 1, f"{fault}; mend the YAML here") from error
    lines: dict[Path, int] = {}
    try:
        return Document(name, _value(root, (), lines, name) if root else None, lines)
    except RecursionError as error:
        raise ReadingError(name, 1, "this is nested too deeply; keep it flat") from error


def _compose(text: str) -> Any:
    loader = _LOADER(text)
    try:
        for event in _events(text):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise yaml.MarkedYAMLError(
                    problem="anchors and aliases are not read; write the value out",
                    problem_mark=event.start_mark,
                )
        return loader.get_single_node()
    finally:
        loader.dispose()


def _events(text: str) -> Iterator[Any]:
    # An alias can make a small file enormous, so the cheap look comes before anything is built.
    return yaml.parse(text, Loader=_LOADER) if re.search(r"[&*]", text) else iter(())


def _value(node: Any, path: Path, lines: dict[Path, int], name: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), lines, name) for i, item in enumerate(node.value)]
    return _mapping(node, path, lines, name)


def _mapping(node: Any, path: Path, lines: dict[Path, int], name: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node, name) if isinstance(key_node, yaml.ScalarNode) else None
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise ReadingError(name, line, "a key must be text; quote it")
        if key in result:
            raise ReadingError(name, line, f"the key '{key}' stands here twice; keep one")
        result[key] = _value(value_node, (*path, key), lines, name)
    return result


def _scalar(node: Any, name: str) -> Any:
    text: str = node.value
    if node.style:  # quoted or a block: what stands there is meant as text
        return text
    if text in ("", "~", "null"):
        return None
    if text.lower() in _AMBIGUOUS:
        line = node.start_mark.line + 1
        raise ReadingError(name, line, f"'{text}' can be read two ways; write true, false or \"{text}\"")
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    return _number_or_text(text)


def _number_or_text(text: str) -> int | float | str:
    if _NUMBER.fullmatch(text):
        return int(text)
    return float(text.replace("_", "")) if _DECIMAL.fullmatch(text) else text
