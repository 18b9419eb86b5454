"""``manage.py check_model FOLDER``: what can be verified about a model, without a database."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from models_registry.checks.account import account_of
from models_registry.checks.catalogue import load
from models_registry.checks.claims import ClaimsError, read_claims
from models_registry.checks.examining import examine
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.lines import size_in_words
from models_registry.checks.material import Material
from models_registry.checks.opening import left_out, opened
from models_registry.checks.outline import outline
from models_registry.checks.results import Value
from models_registry.checks.starter import starter
from models_registry.checks.telling import filled
from models_registry.checks.words import Told, Words
from reports.management.asked import (
    BAD_INPUT,
    TO_TERMINAL,
    asked_day,
    write_file,
    write_json,
)
from reports.management.exports import add_exports, write_exports

CHECKED, FAILED = 0, 3
# About half a minute of reading; weights of many GB are hashed only where somebody asks for it.
_HASHED_UP_TO = 8 << 30


class Command(BaseCommand):
    help = (
        "Checks a model's files, or a vendor's documents, and says what is proven, what is only "
        "said and what is missing. Takes a folder, a ZIP, a pack or a single file. Needs no "
        "database, runs nothing and fetches nothing. Exit 0: checked, nothing failed; "
        "3: checked, something failed; 2: the input was refused or cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a folder, a ZIP, a pack or a file")
        parser.add_argument("--on", metavar="DATE", help="the day to judge by (today)")
        parser.add_argument("--language", "--lang", choices=["en", "de"], default="en")
        parser.add_argument(
            "--claims", type=Path, help="what is said of the model, as YAML or JSON"
        )
        parser.add_argument("--model", help="take the claims of a model of the starter catalogue")
        parser.add_argument("--hash-all", action="store_true", help="hash files of any size")
        parser.add_argument(
            "--json",
            nargs="?",
            const="-",
            metavar="OUT",
            help="the result as JSON (to the terminal); docs/model-check.schema.json describes it",
        )
        parser.add_argument("--pdf", type=Path, metavar="OUT", help="write the model dossier")
        parser.add_argument("--name", help="what these files call the model (the path's name)")
        add_exports(parser)

    def handle(self, *args: Any, path: Path, language: str, **options: Any) -> None:
        if options["json"] == options["ml_bom"] == TO_TERMINAL:
            said = "--json and --ml-bom: give one of them a file, both cannot go to the terminal."
            raise CommandError(said, returncode=BAD_INPUT)
        claims = _claims(options["model"], options["claims"], language)
        told = self._checked(path, claims, asked_day(options["on"]), language, options["hash_all"])
        if TO_TERMINAL not in (options["json"], options["ml_bom"]):
            self.stdout.write(outline(told, load()), ending="")
        if options["json"]:
            write_json(self, options["json"], told)
        name = options["name"] or path.resolve().name
        if options["pdf"]:
            self._write_pdf(name, told, options["pdf"])
        write_exports(self, told, name, options)
        if told["verdicts"]["fail"] or told["verdicts"]["error"]:
            sys.exit(FAILED)

    def _checked(
        self, path: Path, claims: dict[str, Value], on: date, language: str, hash_all: bool
    ) -> Told:
        try:
            with opened(path) as material:
                self._say_left_out(material, language)
                known = self._hashed(material, language, hash_all)
                return account_of(examine(known, load(), on=on, claims=claims), language)
        except Refused as refused:
            said = load().refusal(refused.reason, refused.values, language)
            raise CommandError(said, returncode=BAD_INPUT) from refused
        except OSError as error:
            said = f"{path}: {error.strerror or error}"
            raise CommandError(said, returncode=BAD_INPUT) from error

    def _hashed(self, material: Material, language: str, hash_all: bool) -> Material:
        total = sum(entry.held for entry in material.entries())
        if hash_all or total <= _HASHED_UP_TO:
            return hashed(material)
        size = size_in_words(total, language)
        self.stderr.write(filled(_word("not_hashed", language), {"size": size}, language))
        return hashed(material, up_to=64 << 20)

    def _say_left_out(self, material: Material, language: str) -> None:
        names = left_out(material)
        if names:
            self.stderr.write(filled(_word("left_out", language), {"names": names}, language))

    def _write_pdf(self, name: str, told: Told, out: Path) -> None:
        # Imported here, because it loads WeasyPrint's libraries, which text and JSON do not need.
        from reports.rendering.dossier import dossier_pdf

        write_file(self, out, dossier_pdf(told, name=name, made_on=timezone.localdate()))


def _word(name: str, language: str) -> str:
    return Words(load(), language).of(name)


def _claims(model: str | None, file: Path | None, language: str) -> dict[str, Value]:
    """What the starter catalogue says, then what the file says instead or besides."""
    found: dict[str, Value] = {}
    if model:
        known = starter(load()).models.get(model)
        if known is None:
            said = f"--model {model}: not in the starter catalogue."
            raise CommandError(said, returncode=BAD_INPUT)
        found |= known.claims()
    try:
        return _joined(found, read_claims(file) if file else {})
    except Refused as refused:
        said = load().refusal(refused.reason, refused.values, language)
        raise CommandError(said, returncode=BAD_INPUT) from refused
    except (ClaimsError, OSError) as error:
        raise CommandError(f"--claims {file}: {error}", returncode=BAD_INPUT) from error


def _joined(found: dict[str, Value], own: dict[str, Value]) -> dict[str, Value]:
    if "training_compute" in own:
        # What the catalogue says of its own figure does not hold of another one.
        found.pop("training_compute_is_lower_bound", None)
    return found | own
