"""The public summary of training content, read field by field along the Commission's template."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from models_registry.checks.catalogue import Row
from models_registry.checks.context import Context
from models_registry.checks.readers.documents import Document
from models_registry.checks.readers.lines import Line
from models_registry.checks.results import Proof
from models_registry.checks.roles import Role
from models_registry.checks.supplied import library

_SECTION = re.compile(r"\W{0,6}(?:section |abschnitt )?([1-3]\.[0-9](?:\.[0-9])?)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:\||:(?!//)|\?)\s*")
_PLACEHOLDER = re.compile(
    r"\W*(?:\[[^\]]*\]|tbd|tba|to be (?:completed|determined|added)|x{2,}|…|\.\.\.|\?+)?\W*$",
    re.IGNORECASE,
)
_CHECKED = re.compile(r"(?:☒|☑|✓|✔|\[x\])\s*(yes|no|ja|nein)\b", re.IGNORECASE)
_ANSWER = re.compile(r"\W*(yes|no|ja|nein)\b", re.IGNORECASE)
_LONGEST_LABEL = 200
_MOST_LINES = 40
# 3.3 is optional.
NUMBERED = frozenset(
    ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in one field."""

    value: str
    proof: Proof

    @property
    def answer(self) -> bool | None:
        """Yes or no, where that is what it says."""
        found = _CHECKED.search(self.value) or _ANSWER.match(self.value)
        return found[1].lower() in ("yes", "ja") if found else None


@dataclass(frozen=True, slots=True)
class Summary:
    """One summary: its fields that are filled, and the numbered sections that it has."""

    document: Document
    fields: Mapping[str, Filled] = field(default_factory=dict)
    sections: frozenset[str] = frozenset()

    def answer(self, name: str) -> bool | None:
        """The answer in a field of yes or no."""
        return self.fields[name].answer if name in self.fields else None


def summary(context: Context) -> Summary | None:
    """The summary that was supplied; ask for it with ``context.once(summary)``."""
    documents = context.once(library).of(Role.SUMMARY)
    if not documents:
        return None
    read = [_read(document, context.catalogue.section("summary_fields")) for document in documents]
    return max(read, key=lambda one: (len(one.sections), len(one.fields)))


def _read(document: Document, rows: Mapping[str, Row]) -> Summary:
    labels = {name: re.compile(row["label"], re.IGNORECASE) for name, row in rows.items()}
    filled: dict[str, Filled] = {}
    sections: set[str] = set()
    for name, value, line in _labelled(document.lines, rows, labels, sections):
        if name not in filled and not _PLACEHOLDER.match(value):
            filled[name] = Filled(value, document.proof(line))
    return Summary(document, filled, frozenset(sections))


def _labelled(
    lines: tuple[Line, ...],
    rows: Mapping[str, Row],
    labels: Mapping[str, re.Pattern[str]],
    sections: set[str],
) -> Iterator[tuple[str, str, Line]]:
    section = "0"
    open_fields: list[tuple[str, Line]] = []
    waited = 0
    for line in lines:
        text = line.plain.lstrip("#|-• ").strip()
        if found := _SECTION.match(text):
            section, open_fields = found[1], []
            sections.add(".".join(section.split(".")[:2]))
        label, value = _split(text)
        names = [
            name
            for name, row in rows.items()
            if _belongs(section, row["section"]) and labels[name].search(label)
        ]
        if names:
            open_fields, waited = [(name, line) for name in names if not value], 0
            yield from ((name, value, line) for name in names if value)
        elif text and open_fields and waited < _MOST_LINES and not line.level:
            waited += 1
            yield from ((name, text, started) for name, started in open_fields)
            open_fields = []


def _split(text: str) -> tuple[str, str]:
    """A label with what follows it; a long line without a mark between is no label."""
    parts = _SEPARATOR.split(text, maxsplit=1)
    label = parts[0]
    if len(parts) == 1 and len(text) > _LONGEST_LABEL:
        return "", text
    if len(parts) > 1 and "?" in text[len(label) : len(label) + 2]:
        label += "?"
    return label[:_LONGEST_LABEL], parts[1].strip("| ") if len(parts) > 1 else ""


def _belongs(section: str, wanted: str) -> bool:
    """A summary may leave out the deeper numbers; 2.2 then holds 2.2.1 and 2.2.2."""
    return wanted == section or wanted.startswith(f"{section}.") or wanted == "0"
