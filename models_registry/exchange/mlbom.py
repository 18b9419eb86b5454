"""A CycloneDX bill of one model and its files, from the account of an examination."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal
from uuid import UUID

from models_registry.checks.account import Told
from models_registry.exchange.licence_choice import licence_choice
from models_registry.exchange.model_card import model_card
from models_registry.exchange.properties import a_property, result_properties, source_properties

Spec = Literal["1.6", "1.7"]
SPECS: tuple[Spec, ...] = ("1.6", "1.7")
_WEIGHTS = (".safetensors", ".gguf", ".bin", ".pt", ".pth")
_SEEN = ("verified", "independent")
_PROGRAMME = "Drawbridge"
_MODEL = "model"


@dataclass(frozen=True, slots=True)
class BaseModel:
    """A model that this one was made from; ``relation`` as in ``fine_tune``."""

    name: str
    version: str = ""
    relation: str = ""


def ml_bom(
    account: Told,
    *,
    name: str,
    version: str,
    supplier: str,
    licence_id: str,
    serial: str,
    made_on: datetime | date,
    spec: Spec = "1.6",
    base_models: Iterable[BaseModel] = (),
) -> dict[str, Any]:
    """The bill as JSON data; ValueError where ``serial`` is no UUID or ``spec`` is not known.

    ``licence_id`` is an entry of the catalogue, an SPDX identifier or expression, or a name.
    Without ``base_models`` those are taken that the checks were told of.
    """
    if spec not in SPECS:
        raise ValueError(f"CycloneDX {spec} cannot be written, only {' and '.join(SPECS)}")
    model: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": _MODEL,
        "supplier": {"name": supplier} if supplier else None,
        "name": name,
        "version": version,
        "hashes": _hashes(_own_hash(account)),
        "licenses": licence_choice(licence_id, account),
        "pedigree": _pedigree(tuple(base_models) or tuple(_claimed(account))),
        "components": list(_files(account)),
        "modelCard": model_card(account),
        "properties": result_properties(account),
    }
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{spec}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": spec,
        "serialNumber": UUID(serial).urn,
        "version": 1,
        "metadata": {
            "timestamp": _moment(made_on).isoformat(),
            "lifecycles": [{"phase": "discovery"}],
            "tools": {"components": [{"type": "application", "name": _PROGRAMME}]},
            "component": {key: value for key, value in model.items() if value},
            "properties": source_properties(account),
        },
    }


def _moment(made_on: datetime | date) -> datetime:
    if not isinstance(made_on, datetime):
        made_on = datetime.combine(made_on, time())
    return made_on if made_on.tzinfo else made_on.replace(tzinfo=UTC)


def _seen(account: Told) -> list[Told]:
    """The files whose hash was worked out here, and not only told."""
    return [file for file in account["material"]["listed"] if file["seen_here"] and file["sha256"]]


def _files(account: Told) -> Iterator[dict[str, Any]]:
    for number, file in enumerate(_seen(account), 1):
        yield {
            "type": "file",
            "bom-ref": f"file-{number}",
            "name": file["path"],
            "hashes": _hashes(file["sha256"]),
            "properties": [a_property("bytes", file["bytes"])],
        }


def _own_hash(account: Told) -> str:
    """That of the one file of weights, else the root over all of them, where they were seen."""
    weights = [file for file in _seen(account) if file["path"].lower().endswith(_WEIGHTS)]
    roots = [
        fact["value"]
        for fact in account["facts"]
        if fact["name"] == "weights_fingerprint" and fact["strength"] in _SEEN
    ]
    if not roots:
        return ""
    return str(weights[0]["sha256"] if len(weights) == 1 else roots[0])


def _hashes(sha256: str) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": sha256}] if sha256 else []


def _claimed(account: Told) -> Iterator[BaseModel]:
    lineage = account["claims"].get("lineage")
    for row in lineage if isinstance(lineage, list) else ():
        parts = row if isinstance(row, list) else [row]
        name, relation = [str(part or "") for part in (*parts, "")[:2]]
        if name:
            yield BaseModel(name, relation=relation)


def _pedigree(bases: tuple[BaseModel, ...]) -> dict[str, Any]:
    if not bases:
        return {}
    return {
        "ancestors": [
            {
                "type": "machine-learning-model",
                "name": base.name,
                **({"version": base.version} if base.version else {}),
                **({"properties": _relation(base)} if base.relation else {}),
            }
            for base in bases
        ]
    }


def _relation(base: BaseModel) -> list[dict[str, str]]:
    return [a_property("relation", base.relation)]
