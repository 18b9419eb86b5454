"""What CycloneDX has no field for, as properties under a name of our own."""

import json
from collections.abc import Iterator
from typing import Any

from models_registry.checks.account import Told

_NAMESPACE = "drawbridge"
# What these found out is about a bill that was supplied, not about the model.
_OF_OTHER_BILLS = ("B03", "B04", "B06")

Property = dict[str, str]


def a_property(name: str, value: Any) -> Property:
    """One property; a value that is no text is written as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {"name": f"{_NAMESPACE}:{name}", "value": text}


def fact_properties(account: Told) -> list[Property]:
    """Every fact with its strength and the check that found it."""
    return [
        a_property(name, value)
        for fact in account["facts"]
        if fact["check"] not in _OF_OTHER_BILLS
        for name, value in (
            (f"fact:{fact['name']}", fact["value"]),
            (f"fact:{fact['name']}:strength", fact["strength"]),
            (f"fact:{fact['name']}:check", fact["check"]),
        )
    ]


def result_properties(account: Told) -> list[Property]:
    """What each check came to, and what follows for licence, exemption, openness and compute."""
    return [a_property(name, value) for name, value in (*_checks(account), *_verdicts(account))]


def source_properties(account: Told) -> list[Property]:
    """What was looked at, when and by which rules."""
    material = account["material"]
    return [
        a_property("format", account["format"]),
        a_property("as_of", account["as_of"]),
        a_property("catalogue", account["catalogue"]),
        a_property("material:files", material["files"]),
        a_property("material:bytes", material["bytes"]),
        a_property("material:hashed", material["hashed"]),
        a_property("material:root", material["root"]),
    ]


def _checks(account: Told) -> Iterator[tuple[str, Any]]:
    for group in account["groups"]:
        for check in group["checks"]:
            yield f"check:{check['id']}:verdict", check["verdict"]
            yield f"check:{check['id']}:strength", check["strength"]


def _verdicts(account: Told) -> Iterator[tuple[str, Any]]:
    licence, exemption = account["licence"], account["exemption"]
    yield "licence:verdict", licence["verdict"]["value"]
    yield "licence:plan_on", licence["plan_on"]["value"]
    yield "exemption:verdict", exemption["verdict"]["value"]
    yield "exemption:representative", exemption["representative"]["value"]
    yield "openness:class", account["openness"]["class"]
    for one in account["compute"]:
        yield f"compute:{one['basis']}", one["flop"]
        yield f"compute:{one['basis']}:lower_bound", one["lower_bound"]
