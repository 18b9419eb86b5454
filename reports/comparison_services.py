"""The only writers of documents about comparisons besides the builder."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.models import Membership, User
from events.services import record
from jobs.running import back_in_queue, out_of_queue
from models_registry.comparison.chosen import Chosen
from reports.comparison_payload import frozen
from reports.models import ComparisonDocument
from reports.tasks import send_comparison

_LONGEST = ComparisonDocument._meta.get_field("name").max_length


@transaction.atomic
def request_comparison(
    chosen: Sequence[Chosen], *, differences_only: bool, language: str, by: Membership, on: date
) -> ComparisonDocument:
    """The comparison as its page shows it that day; asking twice gives the same row."""
    payload = frozen(chosen, differences_only=differences_only, language=language, on=on)
    same = {"organisation_id": by.organisation_id, "payload_sha256": payload.sha256}
    found = ComparisonDocument.objects.filter(**same).first()
    if found is not None:
        return retry_comparison(document=found, by=by.user)
    document = ComparisonDocument(
        **same,
        payload=payload.text,
        language=language,
        name=", ".join(one.name for one in chosen)[:_LONGEST],
        requested_by=by.user,
    )
    # Of two who ask at once, the second is refused by the constraint and finds the first's row.
    ComparisonDocument.objects.bulk_create([document], ignore_conflicts=True)
    kept = ComparisonDocument.objects.get(**same)
    if kept.pk == document.pk:
        _record(kept, by.user, "comparison_document.requested")
        _send_on_commit(kept)
    return kept


@transaction.atomic
def retry_comparison(*, document: ComparisonDocument, by: User) -> ComparisonDocument:
    """Back into the queue with three fresh attempts, if it failed or was cancelled."""
    if back_in_queue(document):
        _record(document, by, "comparison_document.requested_again")
        _send_on_commit(document)
    return document


@transaction.atomic
def cancel_comparison(*, document: ComparisonDocument, by: User) -> ComparisonDocument:
    """Out of the queue, if no worker has taken it yet."""
    if out_of_queue(document):
        _record(document, by, "comparison_document.cancelled")
    return document


def _record(document: ComparisonDocument, by: User, kind: str) -> None:
    detail = {"models": document.name, "language": document.language}
    record(organisation=document.organisation, actor=by, kind=kind, subject=document, detail=detail)


def _send_on_commit(document: ComparisonDocument) -> None:
    # Robust: a broker that is away must not fail the request; the sweep sends the task later.
    transaction.on_commit(lambda: send_comparison(document.pk), robust=True)
