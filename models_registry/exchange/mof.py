"""The YAML of the Model Openness Framework, from the components that were found."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from models_registry.checks.account import Told

_SCHEMA = Path(__file__).parent / "schema" / "mof.json"
_FRAMEWORK = {"name": "Model Openness Framework", "version": "1.0", "date": "2024-12-15"}
_CLASSES = {3: "III, Open Model", 2: "II, Open Tooling", 1: "I, Open Science", 0: "none"}
_UNLICENSED, _OTHER = "unlicensed", "other"
# What the framework calls a model of one modality; one of several is multimodal.
_TYPES = {"text": "language", "image": "image", "audio": "audio", "video": "video", "code": "code"}


def mof(
    account: Told,
    *,
    name: str,
    version: str,
    producer: str,
    made_on: date,
    released_on: date | None = None,
    repository: str = "",
    origin: str = "",
) -> dict[str, Any]:
    """The content of ``mof.yml``: every component that was found, under its licence.

    ``origin`` names the model that this one was made from. Where nobody knows the day of release,
    the file bears the day on which it was made.
    """
    found = account["openness"]
    release: dict[str, Any] = {
        "name": name,
        "version": version,
        "date": (released_on or made_on).isoformat(),
        "type": _type(account["claims"]),
        "architecture": "",
        "origin": origin,
        "producer": producer,
        "contact": "",
        "repository": repository,
        "license": _licence(found["licence"]),
        "components": [_component(one) for one in found["components"] if _is_there(one)],
    }
    return {"framework": dict(_FRAMEWORK), "release": release}


def mof_yaml(content: Mapping[str, Any], account: Told) -> str:
    """The file itself; its first lines say which class our findings give, which no field can."""
    found = account["openness"]
    shares = ", ".join(
        f"class {_CLASSES[number].split(',')[0]} {100 * found['progress'][str(number)]:.0f} %"
        for number in (3, 2, 1)
    )
    head = (
        f"# Class by the findings of {account['as_of']}: {_CLASSES[found['class']]}.\n"
        f"# Share of the required components: {shares}.\n"
    )
    body = yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=100)
    return head + body


def mof_faults(content: Mapping[str, Any]) -> list[str]:
    """Where the content leaves our schema of such files."""
    errors = _validator().iter_errors(dict(content))
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors]


def _is_there(one: Told) -> bool:
    return bool(one["state"] != "missing")


def _component(one: Told) -> dict[str, str]:
    licence = one["licence"]
    described = f"Evidence: {one['strength']}."
    if one["type_appropriate"] is False:
        described += " The licence was made for other things."
    return {
        "name": one["name"],
        "description": described,
        "license": _named(one),
        **({"license_path": licence["path"]} if licence["path"] else {}),
        **({"component_path": one["path"]} if one["path"] else {}),
    }


def _named(one: Told) -> str:
    """A text that nobody recognised is a licence, too, though not one by name."""
    licence = one["licence"]
    if licence["name"]:
        return str(licence["name"])
    return _UNLICENSED if one["state"] == "unlicensed" and not licence["path"] else _OTHER


def _licence(terms: Told) -> dict[str, Any]:
    if not terms["name"] and not terms["path"]:
        return {}
    path = {"path": terms["path"]} if terms["path"] else {}
    return {"distribution": {"name": terms["name"] or _OTHER, **path}}


def _type(claims: Mapping[str, Any]) -> str:
    given = [claims.get(key) for key in ("input_modalities", "output_modalities")]
    modalities = {one for each in given if isinstance(each, list) for one in each}
    if not modalities:
        return ""
    return _TYPES.get(modalities.pop(), "other") if len(modalities) == 1 else "multimodal"


@cache
def _validator() -> Any:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)
