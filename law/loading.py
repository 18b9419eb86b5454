"""Reads the catalogue, refuses what it cannot read exactly, and lists every fault at once."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from law.building import BUILDERS
from law.compiled import Catalogue
from law.consistency import faults_in
from law.entries import Entries
from law.reading import Document, ReadingError, decoded, read_yaml

FOLDER = Path(__file__).parent / "catalogue"


class CatalogueError(ValueError):
    """The catalogue cannot be used; ``faults`` names file, id and fault of each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(
            "The law catalogue cannot be read:\n" + "\n".join(f"- {fault}" for fault in faults)
        )
        self.faults = faults


def load(folder: Path = FOLDER) -> Catalogue:
    """The whole catalogue of a folder, checked; CatalogueError listing every fault."""
    faults: list[str] = []
    entries, origins = Entries(), dict[str, str]()
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        content = path.read_bytes()
        digest.update(b"%b\0%b\0" % (path.name.encode(), content))
        _read_file(content, path.name, entries, origins, faults)
    faults = faults or faults_in(entries, origins)
    if faults:
        raise CatalogueError(faults)
    return Catalogue(entries, digest.hexdigest())


def _read_file(
    content: bytes, name: str, entries: Entries, origins: dict[str, str], faults: list[str]
) -> None:
    try:
        document = read_yaml(decoded(content, name), name=name)
    except ReadingError as error:
        faults.append(str(error))
        return
    found = _schema_faults(document)
    faults.extend(found)
    if not found:
        _keep(document, entries, origins, faults)


def _keep(document: Document, entries: Entries, origins: dict[str, str], faults: list[str]) -> None:
    for section, rows in document.data.items():
        attribute, build = BUILDERS[section]
        kept: dict[str, Any] = getattr(entries, attribute)
        for number, row in enumerate(rows):
            where = f"{document.name}, line {document.line(section, number)}, {row['id']}"
            # A question and a rule share one space of names, because conditions refer to both.
            space = "rules" if attribute == "questions" else attribute
            if (first := origins.setdefault(f"{space}:{row['id']}", where)) is not where:
                faults.append(f"{where}: the id is taken already ({first})")
                continue
            try:
                kept[row["id"]] = build(row)
            except ValueError as error:
                faults.append(f"{where}: {error}")


@cache
def _validator() -> Any:
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def _schema_faults(document: Document) -> list[str]:
    return [
        f"{_where(document, error.instance_path)}: {error.message[:300]}"
        for error in _validator().iter_errors(document.data)
    ]


def _where(document: Document, path: list[str | int]) -> str:
    return f"{document.name}, line {document.line(*path)}, {_id_at(document, path)}"


def _id_at(document: Document, path: list[str | int]) -> str:
    try:
        return str(document.data[path[0]][path[1]]["id"])
    except (LookupError, TypeError):
        return "the file"
