"""The front matter of a model card: the few values that say under which terms a model stands."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from models_registry.checks.context import Context
from models_registry.checks.licences.text import LicenceText, read_text

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST = 256 * 1024
_FENCE = re.compile(
    r"^\ufeff?\s{0,100}---[ \t]*\r?\n(.{0,262144}?)^---[ \t]*$", re.DOTALL | re.MULTILINE
)

Entry = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card's front matter: each key of the top level with its text or list of texts, and line."""

    text: LicenceText
    values: Mapping[str, Entry] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def one(self, key: str) -> str:
        """The text under a key, the first where there is a list."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else next(iter(value), "")

    def many(self, key: str) -> tuple[str, ...]:
        """All texts under a key; of a mapping its keys."""
        value = self.values.get(key, ())
        return (value,) if isinstance(value, str) else value


def card_of(context: Context) -> Card | None:
    """The model's card with what its front matter says, or None where there is no card."""
    cards = sorted(
        context.material.named("README.md", "MODEL_CARD.md"), key=lambda e: e.path.count("/")
    )
    if not cards:
        return None
    content = context.material.read(cards[0], at_most=_LONGEST)
    text = read_text(content, path=cards[0].path, sha256=cards[0].sha256)
    if text is None:
        return None
    found = _FENCE.match(text.text)
    return Card(text, *_top_level(found[1])) if found else Card(text)


def _top_level(front: str) -> tuple[dict[str, Entry], dict[str, int]]:
    # The parser's events, not its composer: that one follows aliases and nests without an end.
    values: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    # What stands before a fault is read and holds.
    with suppress(yaml.YAMLError):
        for key, line, value in _pairs(yaml.parse(front, Loader=_LOADER)):
            values.setdefault(key, value)
            lines.setdefault(key, line + 2)
    return values, lines


def _pairs(events: Iterator[Any]) -> Iterator[tuple[str, int, Entry]]:
    key: yaml.ScalarEvent | None = None
    for event in events:
        if key is None and isinstance(event, yaml.ScalarEvent):
            key = event
        elif key is not None and isinstance(event, yaml.ScalarEvent):
            yield key.value, _line(key), event.value
            key = None
        elif key is not None and isinstance(event, yaml.CollectionStartEvent):
            mapping = isinstance(event, yaml.MappingStartEvent)
            yield key.value, _line(key), tuple(_inside(events, mapping=mapping))
            key = None


def _line(event: yaml.ScalarEvent) -> int:
    return event.start_mark.line if event.start_mark else 0


def _inside(events: Iterator[Any], *, mapping: bool) -> Iterator[str]:
    # Of a mapping the keys, of a list its texts; what lies deeper is passed over.
    depth, is_key = 1, True
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            is_key = True
            if depth == 0:
                return
        elif isinstance(event, yaml.ScalarEvent) and depth == 1:
            if is_key or not mapping:
                yield event.value
            is_key = not is_key
