"""The German catalogue: adds the texts it lacks and compiles it; needs no gettext tools."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
APPS = [
    "accounts",
    "assessments",
    "config",
    "events",
    "jobs",
    "library",
    "models_registry",
    "reports",
]
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def texts() -> Catalog:
    """Every English text of the pages, the mails, the documents and the code."""
    found = Catalog(locale="de")
    for source in sources():
        for _line, message, _comments, context in extract("python", source, CALLS):
            found.add(message, context=context)
    return found


def sources() -> Iterator[io.BytesIO]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield io.BytesIO(path.read_bytes())
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            # What is left of a template reads as Python only without its indentation.
            lines = templatize(path.read_text(encoding="utf-8")).splitlines()
            yield io.BytesIO("\n".join(line.strip() for line in lines).encode())


def read() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="de")


def write(catalog: Catalog) -> None:
    with PO.open("wb") as file:
        write_po(file, catalog, no_location=True, width=100)
    with MO.open("wb") as file:
        write_mo(file, catalog)


def main() -> int:
    """0 when every text has its German; the missing ones are added without it and listed."""
    german, wanted = read(), texts()
    for message in wanted:
        if message.id and german.get(message.id, message.context) is None:
            german.add(message.id, context=message.context, flags=message.flags)
    write(german)
    missing = [message for message in german if message.id and not is_there(german, message)]
    for message in missing:
        print(f"No German yet: {message.id}")
    for message in german:
        if message.id and wanted.get(message.id, message.context) is None:
            print(f"No longer used: {message.id}")
    return 1 if missing else 0


def is_there(german: Catalog, message: Message) -> bool:
    """Whether the text has its German, in each number where it has two."""
    found = german.get(message.id, message.context)
    string = (found.string if found else None) or ""
    return bool(string) and (isinstance(string, str) or all(string))


if __name__ == "__main__":
    sys.exit(main())
