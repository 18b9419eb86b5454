"""The forms of others in which `check_model` writes what it found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from models_registry.checks.words import Told
from models_registry.exchange.mlbom import SPECS, ml_bom
from models_registry.exchange.mof import mof, mof_yaml
from reports.management.asked import write_file, write_json


def add_exports(parser: CommandParser) -> None:
    """The options that ask for them; docs/exchange.md says what each holds."""
    parser.add_argument("--ml-bom", metavar="OUT", help="write a CycloneDX bill with model card")
    parser.add_argument("--ml-bom-version", choices=SPECS, default=SPECS[0])
    parser.add_argument(
        "--mof", type=Path, metavar="OUT", help="write the YAML of the Model Openness Framework"
    )
    parser.add_argument("--model-version", default="", help="the version that these two name")
    parser.add_argument("--supplier", default="", help="the supplier that these two name")


def write_exports(command: BaseCommand, told: Told, name: str, options: Mapping[str, Any]) -> None:
    """The files that were asked for."""
    version, supplier = options["model_version"], options["supplier"]
    if options["ml_bom"]:
        bill = ml_bom(
            told,
            name=name,
            version=version,
            supplier=supplier,
            licence_id=_licence(told),
            serial=str(uuid4()),
            made_on=timezone.now(),
            spec=options["ml_bom_version"],
        )
        write_json(command, options["ml_bom"], bill)
    if options["mof"]:
        content = mof(
            told, name=name, version=version, producer=supplier, made_on=timezone.localdate()
        )
        write_file(command, options["mof"], mof_yaml(content, told).encode())


def _licence(told: Told) -> str:
    """What the text was recognised as, else what was said beside the material."""
    claimed = told["claims"].get("licence")
    found = told["openness"]["licence"]["id"]
    return str(found or (claimed if isinstance(claimed, str) else ""))
