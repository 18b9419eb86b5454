"""The only writers of model documents besides the builder."""

from django.db import transaction

from accounts.models import User
from events.services import record
from jobs.running import back_in_queue
from models_registry.models import CheckRun
from reports.models import ModelDocument
from reports.tasks import send_dossier


@transaction.atomic
def request_dossier(*, run: CheckRun, language: str, by: User) -> ModelDocument:
    """The dossier of a finished run in that language; asking twice gives the same row."""
    found = ModelDocument.objects.filter(run=run, language=language).first()
    if found is not None:
        return _again(found, by) if found.may_run_again else found
    document = ModelDocument(
        organisation_id=run.organisation_id,
        run=run,
        language=language,
        name=str(run.model),
        requested_by=by,
    )
    # Of two who ask at once, the second is refused by the constraint and finds the first's row.
    ModelDocument.objects.bulk_create([document], ignore_conflicts=True)
    kept = ModelDocument.objects.get(run=run, language=language)
    if kept.pk == document.pk:
        _record(kept, by, "model_document.requested")
        _send_on_commit(kept)
    return kept


def _again(document: ModelDocument, by: User) -> ModelDocument:
    if back_in_queue(document):
        _record(document, by, "model_document.requested_again")
        _send_on_commit(document)
    return document


def _record(document: ModelDocument, by: User, kind: str) -> None:
    detail = {"run": str(document.run_id), "language": document.language}
    record(organisation=document.organisation, actor=by, kind=kind, subject=document, detail=detail)


def _send_on_commit(document: ModelDocument) -> None:
    # Robust: a broker that is away must not fail the request; the sweep sends the task later.
    transaction.on_commit(lambda: send_dossier(document.pk), robust=True)
