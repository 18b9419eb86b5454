"""YAML that is a trap for whoever loads it: small texts that grow, and tags that call programs."""

from typing import Any

import yaml

from models_registry.checks.intake.refusal import Refused

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_EVENTS = 400_000
# Of values after every alias is written out; a real configuration has some thousands.
_MOST_VALUES = 1_000_000
_CALLS = ("tag:yaml.org,2002:python/", "!!python/", "!ruby/", "tag:ruby.yaml.org")


def refuse_hostile_yaml(content: bytes, *, name: str) -> None:
    """Refused for YAML that would run something or grow beyond measure; other texts are let by."""
    text = content.decode("utf-8", "replace")
    if not ("!" in text or ("&" in text and "*" in text)):
        return
    try:
        _Counting(name).run(text)
    except yaml.YAMLError:
        # No YAML, or not beyond this point: nobody else could load it either.
        return


class _Counting:
    """Adds up what the document comes to, without ever following an alias."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._anchors: dict[str, int] = {}
        # For each collection that is open: its anchor, and the values in it so far.
        self._open: list[tuple[str | None, int]] = []

    def run(self, text: str) -> None:
        for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            if number > _MOST_EVENTS:
                return
            if str(getattr(event, "tag", None) or "").startswith(_CALLS):
                raise Refused("yaml_calls", name=self._name)
            self._take(event)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self._open.append((event.anchor, 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, values = self._open.pop()
            self._keep(anchor, values)
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._anchors.get(event.anchor or "", 1))
        elif isinstance(event, yaml.ScalarEvent):
            self._keep(event.anchor, 1)

    def _keep(self, anchor: str | None, values: int) -> None:
        if anchor:
            self._anchors[anchor] = values
        self._add(values)

    def _add(self, values: int) -> None:
        if values > _MOST_VALUES:
            raise Refused("yaml_grows", name=self._name)
        if self._open:
            anchor, before = self._open[-1]
            self._open[-1] = (anchor, before + values)
