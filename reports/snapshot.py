"""The frozen content of a report: one canonical JSON from which every document is rendered."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings

from accounts.models import Organisation
from assessments.law_in_use import catalogue
from law import explain
from law.citations import provision_index
from law.compiled import Catalogue, Facts
from law.determination import Determination
from law.fines import Offender, ceiling_for
from law.telling import tell
from law.wording import answer_in_words, cites_in_words

SCHEMA = "drawbridge.readiness/1"
PRODUCT = "Drawbridge"
# Until people can choose: a report names gaps, so nobody is to pass it on without a thought.
CAUTIOUS_MARK = "confidential"
Snapshot = dict[str, Any]


@dataclass(frozen=True)
class AnswerRecord:
    """Who answered a question, when, from where, what they noted, and what it rests on."""

    note: str = ""
    source: str = ""
    by: str = ""
    at: str = ""
    supports: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Described:
    """One use with its result and everything a report says around it."""

    organisation: Mapping[str, Any]
    use: Mapping[str, Any]
    system: Mapping[str, Any] | None
    models: tuple[Mapping[str, Any], ...]
    document: Mapping[str, Any]
    offender: Offender
    facts: Facts
    determination: Determination
    created: date
    # The questions that people have met, those answered "I don't know" included.
    asked: frozenset[str] = frozenset()
    answers: Mapping[str, AnswerRecord] = field(default_factory=dict)
    findings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    decision: Mapping[str, Any] | None = None
    control: Mapping[str, Any] | None = None
    dissent: tuple[Mapping[str, Any], ...] = ()
    trail: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Canonical:
    """Canonical JSON (RFC 8785) and its SHA-256."""

    text: str
    sha256: str


def canonical(snapshot: Snapshot) -> Canonical:
    content = rfc8785.dumps(snapshot)
    return Canonical(content.decode(), hashlib.sha256(content).hexdigest())


def read_snapshot(text: str) -> Snapshot:
    snapshot: Snapshot = json.loads(text)
    return snapshot


def fingerprint_of(snapshot: Snapshot) -> str:
    """The digest of everything a report says, but for when and under which number."""
    document = {**snapshot["document"], "number": "", "created": ""}
    return canonical({**snapshot, "document": document, "trail": None, "fingerprint": ""}).sha256


def facts_about(organisation: Organisation) -> dict[str, Any]:
    """The profile as a report shows it; ceilings of fines follow from it."""
    turnover = organisation.turnover
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "size_class": organisation.size_class,
        "seat": organisation.seat,
        "turnover": None if turnover is None else int(turnover),
    }


@cache
def template_version() -> str:
    """A digest of all files that shape the page: templates, words, style, fonts, code."""
    digest = hashlib.sha256()
    for folder, pattern in (
        (settings.BASE_DIR / "templates" / "reports" / "document", "*.html"),
        (settings.BASE_DIR / "static" / "fonts", "*.woff2"),
        (settings.BASE_DIR / "locale", "*/LC_MESSAGES/django.mo"),
        (Path(__file__).parent / "rendering", "*.py"),
        (PRINT_FOLDER, "*"),
    ):
        for path in sorted(folder.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


PRINT_FOLDER = Path(__file__).parent / "print"


def snapshot_of(described: Described, *, language: str) -> Snapshot:
    """The whole content in one language, ready for `canonical`."""
    law, found = catalogue(), described.determination
    explanation = explain(
        law, described.facts, on=found.on, readings=found.readings, asked=described.asked
    )
    told = tell(law, described.facts, found, explanation, language)
    open_ids = {waiting.id for waiting in explanation.open_questions}
    return {
        "schema": SCHEMA,
        "product": {"name": PRODUCT, "version": settings.PRODUCT_VERSION},
        "template_version": template_version(),
        "language": language,
        "fingerprint": "",
        "document": {
            "mark": CAUTIOUS_MARK,
            **described.document,
            "created": described.created.isoformat(),
        },
        "organisation": dict(described.organisation),
        "use": dict(described.use),
        "system": dict(described.system) if described.system else None,
        "models": [dict(model) for model in described.models],
        "law": _law(law, language),
        "result": told,
        "fines": _fines(law, told, described.offender, language),
        "answers": _answers(law, described, open_ids, language),
        "findings": {duty: dict(finding) for duty, finding in described.findings.items()},
        "decision": dict(described.decision) if described.decision else None,
        "control": dict(described.control) if described.control else None,
        "dissent": [dict(stated) for stated in described.dissent],
        "trail": dict(described.trail) if described.trail else None,
    }


def _law(law: Catalogue, language: str) -> dict[str, Any]:
    entries = law.entries
    return {
        "act": provision_index().act,
        "version": law.law_version,
        "digest": law.digest,
        "sources": [
            {
                "id": source.id,
                "kind": source.kind,
                "title": source.title.in_language(language),
                "identifier": _identifier(source.identifier, language),
                "url": source.url,
                "status": source.status.in_language(language),
            }
            for source in entries.sources.values()
        ],
        "milestones": [
            {
                "id": milestone.id,
                "day": milestone.day.isoformat(),
                "title": milestone.title.in_language(language),
                "text": milestone.text.in_language(language),
                "cites": cites_in_words(milestone.cite, language),
            }
            for milestone in sorted(entries.milestones.values(), key=lambda m: m.day)
        ],
    }


def _identifier(text: str, language: str) -> str:
    """The number of a source; one that is a provision reads as provisions do."""
    parts = text.split(", ")
    cited = [
        cites_in_words((part,), language)[0]["text"] if part in provision_index() else part
        for part in parts
    ]
    return ", ".join(cited)


def _fines(
    law: Catalogue, told: Mapping[str, Any], offender: Offender, language: str
) -> list[dict[str, Any]]:
    """The ceilings behind the duties that were found, for this organisation."""
    used = {duty["fine"]["id"] for duty in told["duties"] if not duty["open"]}
    rows = []
    for fine in (fine for fine in law.entries.fines.values() if fine.id in used):
        ceiling = ceiling_for(fine, offender)
        rows.append(
            {
                "id": fine.id,
                "title": fine.title.in_language(language),
                "text": fine.text.in_language(language),
                "cites": cites_in_words(fine.cite, language),
                "note": fine.note.in_language(language) if fine.note else "",
                "imposed_by": fine.imposed_by.in_language(language),
                "max_eur": fine.max_eur,
                "percent": fine.percent,
                "amount": _plain_amount(ceiling.amount),
                "basis": ceiling.basis,
            }
        )
    return rows


def _plain_amount(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount)


def _answers(
    law: Catalogue, described: Described, open_ids: set[str], language: str
) -> list[dict[str, Any]]:
    """Every question of the catalogue: answered, still open, or not relevant."""
    rows = []
    for question in law.entries.questions.values():
        value = described.facts.get(question.id)
        state = (
            "answered"
            if value is not None
            else "open"
            if question.id in open_ids
            else "not_relevant"
        )
        record = described.answers.get(question.id, AnswerRecord())
        rows.append(
            {
                "id": question.id,
                "section": question.section,
                "question": question.text.in_language(language),
                "answer": answer_in_words(question, value, language),
                "state": state,
                "cites": cites_in_words(question.cite, language),
                **asdict(record),
            }
        )
    return rows
