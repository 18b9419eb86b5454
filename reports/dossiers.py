"""Makes the dossier of one run of checks, and looks after those whose worker got lost."""

from uuid import UUID

from django.utils import timezone, translation

from jobs.running import JobError, go_to, requeue_lost, turn
from reports.filing import keep_file
from reports.models import ModelDocument
from reports.rendering import count_pages
from reports.rendering.dossier import dossier_pdf

NOUN = "model_document"


def build_dossier(document_id: UUID | str) -> None:
    """Takes the document if nobody else has, makes its file, and writes down how that went."""
    document = ModelDocument.objects.claim(document_id, step=ModelDocument.Step.RENDERING)
    if document is None:
        return
    with (
        translation.override(document.language),
        turn(document, noun=NOUN, otherwise=ModelDocument.Failure.OTHER),
    ):
        account = document.run.accounts[document.language]
        made_on = timezone.localdate(document.created_at)
        content = dossier_pdf(account, name=document.name, made_on=made_on)
        pages = count_pages(content)
        if not pages:
            raise JobError(ModelDocument.Failure.UNREADABLE, permanent=False)
        go_to(document, ModelDocument.Step.STORING)
        detail = {"run": str(document.run_id), "pages": pages}
        keep_file(document, content, pages, noun=NOUN, detail=detail)


def lost_dossiers() -> list[UUID]:
    """Puts back what dead workers left, and lists the queued ones whose task should be sent."""
    return requeue_lost(ModelDocument, noun=NOUN, stopped=ModelDocument.Failure.STOPPED)
