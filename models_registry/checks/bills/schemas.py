"""The schemas of CycloneDX, as the maintained library carries them; nothing is fetched."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from models_registry.checks.intake.refusal import Refused

VERSIONS = ("1.5", "1.6", "1.7")
_MOST_FAULTS = 20


@cache
def validator(version: str) -> Any:
    """The validator of one version."""
    return jsonschema_rs.validator_for(
        _schema(f"bom-{version}.SNAPSHOT.schema.json"),
        retriever=lambda uri: _schema(uri.rpartition("/")[2].partition("#")[0]),
        # What a bill of materials holds must not make a pattern run without end.
        pattern_options=jsonschema_rs.RegexOptions(size_limit=10 << 20),
    )


def faults(data: dict[str, Any], version: str, *, name: str) -> tuple[tuple[str, str], ...]:
    """Where the bill leaves its schema and how, at most twenty of them."""
    found = []
    try:
        errors = validator(version).iter_errors(data)
    except ValueError as too_deep:
        # The validator nests less deep than the reader of JSON does.
        raise Refused("json_too_deep", name=name) from too_deep
    for error in errors:
        where = "/".join(str(step) for step in error.instance_path)
        found.append((where[:200], str(error.message)[:200]))
        if len(found) >= _MOST_FAULTS:
            break
    return tuple(found)


@cache
def spdx_ids() -> frozenset[str]:
    """Every identifier of a licence that a bill may name as such."""
    return frozenset(_schema("spdx.SNAPSHOT.schema.json")["enum"])


def _schema(name: str) -> Any:
    path = files("cyclonedx.schema") / "_res" / name
    return json.loads(path.read_text(encoding="utf-8"))
