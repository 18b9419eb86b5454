"""Makes the document of one comparison, and looks after those whose worker got lost."""

import hashlib
from uuid import UUID

from django.utils import translation

from jobs.running import JobError, go_to, requeue_lost, turn
from reports.filing import keep_file
from reports.models import ComparisonDocument
from reports.rendering import count_pages
from reports.rendering.comparison import comparison_pdf

NOUN = "comparison_document"


def build_comparison(document_id: UUID | str) -> None:
    """Takes the document if nobody else has, makes its file, and writes down how that went."""
    document = ComparisonDocument.objects.claim(document_id, step=ComparisonDocument.Step.RENDERING)
    if document is None:
        return
    with (
        translation.override(document.language),
        turn(document, noun=NOUN, otherwise=ComparisonDocument.Failure.OTHER),
    ):
        if hashlib.sha256(document.payload.encode()).hexdigest() != document.payload_sha256:
            raise JobError(ComparisonDocument.Failure.CHANGED, permanent=True)
        content = comparison_pdf(document.payload)
        pages = count_pages(content)
        if not pages:
            raise JobError(ComparisonDocument.Failure.UNREADABLE, permanent=False)
        go_to(document, ComparisonDocument.Step.STORING)
        detail = {"payload": document.payload_sha256, "pages": pages}
        keep_file(document, content, pages, noun=NOUN, detail=detail)


def lost_comparisons() -> list[UUID]:
    """Puts back what dead workers left, and lists the queued ones whose task should be sent."""
    return requeue_lost(ComparisonDocument, noun=NOUN, stopped=ComparisonDocument.Failure.STOPPED)
