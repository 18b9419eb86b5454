"""Documents about comparisons as their page shows them."""

from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from accounts.models import Membership
from jobs.running import queue_position
from models_registry.comparison.chooser import comparison_address
from reports.comparison_payload import read_payload
from reports.models import ComparisonDocument
from reports.pages import may_request

Page = dict[str, Any]


def comparison_line(document: ComparisonDocument) -> Page:
    """One document in a list; what it compares stays unread, as that is long."""
    return {
        "names": document.name,
        "url": _url("detail", document),
        "language": document.get_language_display(),
        "state": document.state,
        "created": document.created_at,
        "pages": document.pages,
        "size": document.size,
        "sha256": document.file_sha256,
        "download_url": _url("download", document) if document.state == "done" else "",
    }


def comparison_document_page(document: ComparisonDocument, member: Membership) -> Page:
    """One document with everything its page shows in its state."""
    who, may = document.requested_by, may_request(member)
    waiting = document.state == "queued"
    return {
        **comparison_line(document),
        "use_url": _compared_at(document),
        "created_by": (who.name or who.email) if who else "",
        "position": queue_position(document) if waiting else None,
        "steps": _steps(document),
        "reason": document.get_failure_display(),
        "filename": file_name(document),
        "finished": document.finished_at,
        "retry_url": _url("retry", document) if may and document.may_run_again else "",
        "cancel_url": _url("cancel", document) if may and waiting else "",
    }


def file_name(document: ComparisonDocument) -> str:
    """A name that sorts and tells: drawbridge-comparison-kimi-k2-gpt-5-2026-11-23-en.pdf."""
    names = slugify(document.name)[:60].strip("-") or "models"
    day = read_payload(document.payload)["as_of"]
    return f"drawbridge-comparison-{names}-{day}-{document.language}.pdf"


def _compared_at(document: ComparisonDocument) -> str:
    told = read_payload(document.payload)
    more = {"differences": "1"} if told["differences_only"] else {}
    return comparison_address([column["key"] for column in told["columns"]], **more)


def _url(what: str, document: ComparisonDocument) -> str:
    return reverse(f"reports:comparison-{what}", args=[document.pk])


def _steps(document: ComparisonDocument) -> list[Page]:
    names = list(ComparisonDocument.Step)
    current = names.index(ComparisonDocument.Step(document.step)) if document.step else 0
    states = ["done" if n < current else "waiting" for n in range(len(names))]
    states[current] = "current"
    return [
        {"label": step.label, "state": state} for step, state in zip(names, states, strict=True)
    ]
