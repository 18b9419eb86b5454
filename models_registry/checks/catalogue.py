"""The catalogue of models, licences and checks: YAML by section, each row checked by its schema.

The section ``checks`` stands in ``checks.yaml``, ``checks_*.yaml`` or ``checks/*.yaml``, each with
the one key ``checks`` and a list of rows; ``schema/checks.json`` describes a row. Other sections
likewise.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema_rs

from law.entries import Text
from law.reading import Document, ReadingError, decoded, read_yaml
from models_registry.checks.results import TERM, Result, Strength, Value
from models_registry.checks.telling import filled

FOLDER = Path(__file__).parents[1] / "catalogue"

Row = Mapping[str, Any]


class CatalogueError(ValueError):
    """The catalogue cannot be used; ``faults`` says where and why, each on a line."""

    def __init__(self, faults: list[str]) -> None:
        lines = "\n".join(f"- {fault}" for fault in faults)
        super().__init__(f"The catalogue of models cannot be read:\n{lines}")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """What a check looks at, and what its result can be used for.

    ``supports`` names by frame (``act``, ``mof`` …) what the result is evidence for. ``asymmetry``
    is A where closed and open models are alike, B where the check is weaker for closed ones, C
    where it is impossible for them.
    """

    id: str
    group: str
    title: Text
    looks_at: Text
    supports: Mapping[str, tuple[str, ...]]
    strongest: Strength
    asymmetry: str
    reasons: Mapping[str, Text]


@dataclass(frozen=True)
class Catalogue:
    """One folder's content; a section is read and checked when it is first asked for."""

    folder: Path = FOLDER
    _sections: dict[str, Mapping[str, Row]] = field(default_factory=dict, repr=False, compare=False)

    def section(self, name: str) -> Mapping[str, Row]:
        """The rows of a section by id; CatalogueError listing every fault in it."""
        if name not in self._sections:
            self._sections[name] = _section(self.folder, name)
        return self._sections[name]

    @cached_property
    def checks(self) -> Mapping[str, CheckEntry]:
        """Every check by id."""
        return {name: _check(row) for name, row in self.section("checks").items()}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file, so that a stored result says by which words it was found."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in (".yaml", ".json"):
                name = path.relative_to(self.folder).as_posix().encode()
                digest.update(b"%b\0%b\0" % (name, hashlib.sha256(path.read_bytes()).digest()))
        return digest.hexdigest()

    def sections(self) -> tuple[str, ...]:
        """The names of all sections."""
        return tuple(sorted(path.stem for path in (self.folder / "schema").glob("*.json")))

    def reason(self, result: Result, language: str) -> str:
        """Why a check came to its verdict, in words."""
        entry = self.checks.get(result.check)
        text = entry.reasons.get(result.reason) if entry else None
        if text is None:
            text = _text(self.section("reasons")[result.reason]["text"])
        values = {name: self.worded(value, language) for name, value in result.values.items()}
        return filled(text.in_language(language), values, language)

    def worded(self, value: Value, language: str) -> Value:
        """A value with the terms in it put into words."""
        if isinstance(value, tuple):
            return tuple(self.worded(item, language) for item in value)
        if isinstance(value, str) and value.startswith(TERM):
            row = self.section("terms").get(value.removeprefix(TERM))
            return _text(row["text"]).in_language(language) if row else value
        return value

    def refusal(self, reason: str, values: Mapping[str, Value], language: str) -> str:
        """Why a file was turned away, in words."""
        text = _text(self.section("refusals")[reason]["text"])
        return filled(text.in_language(language), values, language)


@cache
def load(folder: Path = FOLDER) -> Catalogue:
    """The catalogue of a folder, the same object each time."""
    return Catalogue(folder)


def _section(folder: Path, name: str) -> Mapping[str, Row]:
    faults: list[str] = []
    rows: dict[str, Row] = {}
    for path in _files(folder, name):
        try:
            document = read_yaml(decoded(path.read_bytes(), path.name), name=path.name)
        except ReadingError as error:
            faults.append(str(error))
            continue
        found = list(_schema_faults(document, folder, name))
        faults += found
        for number, row in enumerate([] if found else document.data[name]):
            if row["id"] in rows:
                line = document.line(name, number)
                faults.append(f"{path.name}, line {line}: the id {row['id']} is taken already")
            rows[row["id"]] = MappingProxyType(row)
    if faults:
        raise CatalogueError(faults)
    return MappingProxyType(rows)


def _files(folder: Path, name: str) -> list[Path]:
    found = [*folder.glob(f"{name}_*.yaml"), *(folder / name).glob("*.yaml")]
    single = folder / f"{name}.yaml"
    return sorted([*found, single] if single.is_file() else found)


def _schema_faults(document: Document, folder: Path, name: str) -> Iterator[str]:
    for error in _validator(folder, name).iter_errors(document.data):
        line = document.line(*error.instance_path)
        where = "/".join(str(step) for step in error.instance_path)
        yield f"{document.name}, line {line}, {where}: {error.message[:300]}"


@cache
def _validator(folder: Path, name: str) -> Any:
    row = json.loads((folder / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    definitions = row.pop("$defs", {})
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "required": [name],
        "properties": {name: {"type": "array", "items": row}},
        "$defs": definitions,
    }
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def _check(row: Row) -> CheckEntry:
    return CheckEntry(
        id=row["id"],
        group=row["group"],
        title=_text(row["title"]),
        looks_at=_text(row["looks_at"]),
        supports={frame: tuple(items) for frame, items in row["supports"].items()},
        strongest=Strength[row["strongest"].upper()],
        asymmetry=row["asymmetry"],
        reasons={key: _text(text) for key, text in row["reasons"].items()},
    )


def _text(row: Mapping[str, str]) -> Text:
    return Text(en=re.sub(r"\s+", " ", row["en"]), de=re.sub(r"\s+", " ", row["de"]))
