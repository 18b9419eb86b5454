"""Which documents the material holds, each by what it is; every file is read once in a run.

The register may say what a document is in its claim ``document_roles``: pairs of path and role.
Otherwise its name tells, then its title and its first lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.cards import LONGEST, Card, card_of, in_data_folder, read_card
from models_registry.checks.readers.documents import Document, of_pdf, of_text
from models_registry.checks.readers.pdf import read_pdf
from models_registry.checks.readers.source_text import SourceText, read_source
from models_registry.checks.results import Proof, Result, Strength, Verdict
from models_registry.checks.roles import Role, role_of, role_of_name

_TEXTS = (".md", ".markdown", ".txt", ".rst", ".html", ".htm")
_MOST_TEXTS, _MOST_PDFS, _MOST_HOSTILE = 200, 30, 2
_MOST_BYTES = 64 << 20
# Licences have checks of their own, and lists for programs are none. Of the folders only one that
# holds nothing but licences says so: a model may be named after them.
_NO_DOCUMENT = re.compile(
    r"(?:^|/)licen[cs]es?/"
    r"|(?:licen[cs]e|copying|notice|requirements[^/]*\.txt|merges\.txt|vocab[^/]*\.txt)[^/]*$",
    re.IGNORECASE,
)
_DATASET_KEYS = {"dataset_info", "task_categories", "size_categories", "annotations_creators"}


@dataclass(frozen=True, slots=True)
class Library:
    """The readable documents by role, and those that could not be read with the reason."""

    card: Card | None = None
    documents: tuple[tuple[Role, Document], ...] = ()
    data_cards: tuple[Card, ...] = ()
    unread: tuple[tuple[Entry, Role, Refused], ...] = field(default=())

    def of(self, *roles: Role) -> tuple[Document, ...]:
        """The documents of these roles, in the order of the roles."""
        return tuple(found for role in roles for mine, found in self.documents if mine is role)

    @property
    def about_model(self) -> tuple[Document, ...]:
        """What describes the model: its card, system cards, reports and documentation packs."""
        return self.of(Role.CARD, Role.SYSTEM_CARD, Role.REPORT, Role.ANNEX_PACK)


def library(context: Context) -> Library:
    """Everything that can be read as a document; ask with ``context.once(library)``."""
    claimed = _claimed_roles(context)
    card = context.once(card_of)
    documents: list[tuple[Role, Document]] = []
    data_cards: list[Card] = []
    if card is not None:
        documents.append((Role.CARD, of_card(card)))
    for source, entry in _texts(context, card):
        if _may_be_data_card(entry.path):
            found = read_card(context.material, entry)
            if found is not None and (in_data_folder(entry.path) or _is_of_data(found)):
                data_cards.append(found)
                continue
        document = of_text(source, form=_form(source))
        documents.append((claimed.get(entry.path) or role_of(document), document))
    unread: list[tuple[Entry, Role, Refused]] = []
    for entry in list(context.material.named("*.pdf"))[:_MOST_PDFS]:
        try:
            document = _pdf(context, entry, [refused.reason for _, _, refused in unread])
        except Refused as refused:
            unread.append((entry, claimed.get(entry.path) or role_of_name(entry.path), refused))
            continue
        documents.append((claimed.get(entry.path) or role_of(document), document))
    return Library(card, tuple(documents), tuple(data_cards), tuple(unread))


def _pdf(context: Context, entry: Entry, refused: list[str]) -> Document:
    if refused.count("pdf_hostile") >= _MOST_HOSTILE:
        # Each of them takes all the time that one may.
        raise Refused("pdf_left_unread", name=entry.path)
    pdf = read_pdf(context.material, entry)
    return of_pdf(pdf, path=entry.path, sha256=entry.sha256)


def of_card(card: Card) -> Document:
    """The text of a card as a document."""
    return of_text(card.text, form="markdown", body=card.body)


def is_public(context: Context) -> bool:
    """Whether the model is offered to everyone, so that what is missing is missing in public."""
    access = context.claims.get("access")
    if isinstance(access, str):
        return access in ("open_weights", "gated")
    return any(context.material.named("*.safetensors", "*.gguf", "*.safetensors.index.json"))


def absent(context: Context, check: str, *roles: Role, reason: str = "none") -> Result:
    """The verdict where nothing was found: a failure only where publicity can be expected."""
    if unread := unreadable(context, check, *roles):
        return unread
    if is_public(context):
        return Result(check, Verdict.FAIL, reason)
    return Result(check, Verdict.NOT_CHECKABLE, "not_supplied")


def not_supplied(context: Context, check: str, *roles: Role) -> Result:
    """The verdict where a document is missing that nobody has to publish."""
    unread = unreadable(context, check, *roles)
    return unread or Result(check, Verdict.NOT_CHECKABLE, "not_supplied")


def unreadable(context: Context, check: str, *roles: Role) -> Result | None:
    """That a document which might have shown it could not be read, with the file and why."""
    for entry, role, refused in context.once(library).unread:
        if role in (*roles, Role.OTHER):
            values = {"path": entry.path, "refusal": refused.reason}
            proof = Proof(entry.path, sha256=entry.sha256)
            reason = refused.reason if refused.reason in _TOLD else "document_unreadable"
            return Result(check, Verdict.NOT_CHECKABLE, reason, Strength.NONE, values, (proof,))
    return None


_TOLD = frozenset(("pdf_scan", "pdf_encrypted", "pdf_hostile", "pdf_broken", "pdf_left_unread"))


def _texts(context: Context, card: Card | None) -> Iterator[tuple[SourceText, Entry]]:
    mine = card.entry.path if card else None
    entries = [
        entry
        for entry in context.material.entries()
        if entry.path != mine
        and entry.path.lower().endswith(_TEXTS)
        and not _NO_DOCUMENT.search(entry.path)
    ]
    read = 0
    for entry in sorted(entries, key=lambda each: (each.path.count("/"), each.path))[:_MOST_TEXTS]:
        content = context.material.read(entry, at_most=LONGEST + 1)
        read += len(content)
        source = read_source(content, path=entry.path, sha256=entry.sha256, at_most=LONGEST)
        if source is not None:
            yield source, entry
        if read > _MOST_BYTES:
            return


def _claimed_roles(context: Context) -> dict[str, Role]:
    rows = context.claims.get("document_roles")
    roles = {role.value: role for role in Role}
    return {
        str(row[0]): roles[str(row[1])]
        for row in (rows if isinstance(rows, tuple) else ())
        if isinstance(row, tuple) and len(row) == 2 and row[1] in roles
    }


def _may_be_data_card(path: str) -> bool:
    return path.lower().rpartition("/")[2] in ("readme.md", "dataset_card.md", "datasheet.md")


def _is_of_data(card: Card) -> bool:
    return not _DATASET_KEYS.isdisjoint(card.front.keys)


def _form(source: SourceText) -> str:
    return "html" if source.path.lower().endswith((".html", ".htm")) else "markdown"
