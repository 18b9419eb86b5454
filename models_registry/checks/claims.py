"""What is said of a model, from a small file of YAML or JSON."""

import re
from pathlib import Path
from typing import Any

from law.reading import ReadingError, decoded, read_yaml
from models_registry.checks.results import Value

_MOST_BYTES = 1 << 20
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


class ClaimsError(ValueError):
    """The file is no table of names and plain values."""


def read_claims(path: Path) -> dict[str, Value]:
    """The claims by name; a list becomes a tuple. ClaimsError says what to mend."""
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ClaimsError("larger than 1 MB; claims are a few lines")
    try:
        data = read_yaml(decoded(content, path.name), name=path.name).data
    except ReadingError as error:
        raise ClaimsError(str(error)) from error
    if not isinstance(data, dict) or not all(_NAME.fullmatch(str(name)) for name in data):
        raise ClaimsError("write one name and value to a line, as in parameters_total: 7.0e+9")
    return {name: _value(name, value) for name, value in data.items()}


def _value(name: str, value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_value(name, one) for one in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise ClaimsError(f"{name}: a value is a text, a number, true, false or a list of them")
