"""What leaves the product of one run of checks, in forms that others read."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

from django.utils import timezone

from models_registry.exchange.mlbom import BaseModel, Spec, ml_bom
from models_registry.exchange.mof import mof, mof_yaml
from models_registry.models import CheckRun

Told = dict[str, Any]


class Download(NamedTuple):
    """A file by what it is, its ending, its type and its bytes."""

    what: str
    ending: str
    content_type: str
    content: bytes


def bill_of_materials(run: CheckRun, account: Told, spec: str) -> Download:
    """The run as a CycloneDX bill; its serial number is that of the run, so it stays the same."""
    model = run.model
    bill = ml_bom(
        account,
        name=model.name,
        version=model.version,
        supplier=model.provider.name if model.provider else "",
        licence_id=model.licence_id or model.licence,
        serial=str(run.pk),
        made_on=run.finished_at or timezone.now(),
        spec=cast(Spec, spec),
        base_models=[
            BaseModel(row.base.name, row.base.version, row.relation)
            for row in model.ancestry.select_related("base")
        ],
    )
    return Download(f"ml-bom-{spec}", ".cdx.json", "application/vnd.cyclonedx+json", _json(bill))


def openness_file(run: CheckRun, account: Told) -> Download:
    """The run as a file of the Model Openness Framework."""
    model = run.model
    base = model.ancestry.select_related("base").first()
    content = mof(
        account,
        name=model.name,
        version=model.version,
        producer=model.provider.name if model.provider else "",
        made_on=run.as_of,
        released_on=model.released_on,
        repository=model.repository,
        origin=str(base.base) if base else "",
    )
    text = mof_yaml(content, account)
    return Download("mof", ".mof.yml", "application/yaml", text.encode())


def whole_account(run: CheckRun, account: Told) -> Download:
    """Everything that was found, as `check_model --json` writes it."""
    return Download(
        "model-check", f"-{account['language']}.json", "application/json", _json(account)
    )


MAKERS: Mapping[str, Callable[[CheckRun, Told], Download]] = {
    "ml-bom-1-6": lambda run, account: bill_of_materials(run, account, "1.6"),
    "ml-bom-1-7": lambda run, account: bill_of_materials(run, account, "1.7"),
    "mof": openness_file,
    "account": whole_account,
}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()
