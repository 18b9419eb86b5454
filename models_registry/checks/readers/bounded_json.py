"""JSON from strangers: bounded in size, in depth and in the number of its values."""

import json
from typing import Any, NoReturn

from models_registry.checks.intake.refusal import Refused

_MOST_VALUES = 2_500_000
_MOST_OBJECTS = 400_000


def read_json(content: bytes, *, name: str, at_most: int) -> Any:
    """What a JSON text says; Refused where it is broken, ambiguous or made to exhaust memory."""
    if len(content) > at_most:
        raise Refused("json_too_large", name=name, most=at_most)
    # Counting is quick and comes first, since an empty object takes fifty times its two signs.
    values = content.count(b",") + content.count(b"[")
    if values > _MOST_VALUES or content.count(b"{") > _MOST_OBJECTS:
        raise Refused("json_too_large", name=name, most=_MOST_VALUES)
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except RecursionError as error:
        raise Refused("json_too_deep", name=name) from error
    except _KeyTwice as error:
        raise Refused("json_key_twice", name=name, key=error.key[:200]) from error
    except ValueError as error:
        raise Refused("json_broken", name=name) from error


class _KeyTwice(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _KeyTwice(key)
            seen.add(key)
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")
