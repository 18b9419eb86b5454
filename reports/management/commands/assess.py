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
from reports.management.asked import (
    BAD_INPUT,
    TO_TERMINAL,
    asked_day,
    write_file,
    write_json,
)
from reports.outline import outline

DETERMINED, OPEN = 0, 3


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
        on = asked_day(options["on"])
        use = _read(file)
        result = _determined(use, on)
        explanation = explain(catalogue(), use.facts, on=on, asked=frozenset(use.answers))
        told = tell(catalogue(), use.facts, result, explanation, lang)
        if options["json"] != TO_TERMINAL:
            self.stdout.write(outline(use.name, told, lang))
        if options["json"]:
            write_json(self, options["json"], told)
        if options["pdf"]:
            self._write_pdf(use, result, lang, options["pdf"])
        if result.headline is Tier.OPEN:
            sys.exit(OPEN)

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
        pdf = to_pdf(to_html(snapshot), snapshot=snapshot, attachment=attachment)
        write_file(self, out, pdf)


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
