import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.law_in_use import catalogue
from assessments.use_file import DescribedUse, UseFileError, read_use_file
from law import determine, explain
from law.determination import Determination
from law.entries import Tier
from law.telling import tell
from reports.outline import outline

DETERMINED, BAD_INPUT, OPEN = 0, 2, 3


class Command(BaseCommand):
    help = (
        "Says the class of a described use, its roles and obligations with dates and reasons. "
        "Needs no database. Exit 0: the class is determined; 3: it is open; 2: bad input."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the described use, as in examples/")
        parser.add_argument("--on", metavar="DATE", help="the day to judge by (today)")
        parser.add_argument("--lang", choices=["en", "de"], default="en")
        parser.add_argument(
            "--json",
            nargs="?",
            const="-",
            metavar="OUT",
            help="the result as JSON (to the terminal)",
        )
        parser.add_argument(
            "--pdf", type=Path, metavar="OUT", help="write the readiness assessment report"
        )

    def handle(self, *args: Any, file: Path, lang: str, **options: Any) -> None:
        on = _day(options["on"])
        use = _read(file)
        result = _determined(use, on)
        explanation = explain(catalogue(), use.facts, on=on, asked=frozenset(use.answers))
        told = tell(catalogue(), use.facts, result, explanation, lang)
        if options["json"] != "-":
            self.stdout.write(outline(use.name, told, lang))
        if options["json"]:
            self._write_json(told, options["json"])
        if options["pdf"]:
            self._write_pdf(use, result, lang, options["pdf"])
        if result.headline is Tier.OPEN:
            sys.exit(OPEN)

    def _write_json(self, told: dict[str, Any], out: str) -> None:
        text = json.dumps(told, ensure_ascii=False, indent=2)
        if out == "-":
            self.stdout.write(text)
        else:
            _write(Path(out), text.encode())
            self.stderr.write(f"Wrote {out}.")

    def _write_pdf(
        self, use: DescribedUse, result: Determination, language: str, out: Path
    ) -> None:
        # Imported here, because they load WeasyPrint's libraries, which text and JSON do not need.
        from reports.rendering import to_html, to_pdf
        from reports.selectors import described_file
        from reports.snapshot import canonical, snapshot_of

        described = described_file(use, result, on=timezone.localdate())
        snapshot = snapshot_of(described, language=language)
        attachment = canonical(snapshot).text
        _write(out, to_pdf(to_html(snapshot), snapshot=snapshot, attachment=attachment))
        self.stderr.write(f"Wrote {out}.")


def _day(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"--on {text}: not a day; write it like 2027-12-02.", returncode=BAD_INPUT
        ) from error


def _read(file: Path) -> DescribedUse:
    try:
        return read_use_file(file, catalogue())
    except UseFileError as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error


def _determined(use: DescribedUse, on: date) -> Determination:
    try:
        return determine(catalogue(), use.facts, on=on)
    except ValueError as error:
        raise CommandError(f"--on {on}: {error}", returncode=BAD_INPUT) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(
            f"{path}: cannot be written ({error.strerror}); choose another place.",
            returncode=BAD_INPUT,
        ) from error
