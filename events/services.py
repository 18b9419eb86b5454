import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError

from events.hashing import START, canonical, event_hash, payload_digest
from events.models import ChainHead, Event, EventDetail
from events.verification import DETAIL_ERASED

KIND = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")


class Identified(Protocol):
    @property
    def pk(self) -> Any: ...


@dataclass(frozen=True)
class _Owner:
    pk: UUID


def record(
    *,
    organisation: Identified,
    actor: Identified | None,
    kind: str,
    subject: models.Model,
    detail: Mapping[str, Any],
    public: bool = False,
) -> Event:
    """Append to the organisation's chain, inside the transaction of the change it tells of."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("An event is recorded in the transaction of its change.")
    if not KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} is no event kind; one looks like 'report.requested'.")
    payload, salt = canonical(detail), secrets.token_hex(16)
    head = _locked_head(organisation.pk)
    event = Event(
        organisation_id=organisation.pk,
        sequence=head.sequence + 1,
        actor_id=actor.pk if actor else None,
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        is_public=public,
        payload_digest=payload_digest(salt=salt, payload=payload),
        previous_hash=head.hash,
    )
    event.hash = event_hash(event)
    event.save()
    EventDetail.objects.create(event=event, salt=salt, payload=payload)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event


@transaction.atomic
def erase_detail(*, event: Event, actor: Identified | None, reason: str) -> None:
    """Delete the words and values of an event for good; the chain stays whole and says who did."""
    erased, _rows = EventDetail.objects.filter(pk=event.pk).delete()
    if not erased:
        return
    record(
        organisation=_Owner(event.organisation_id),
        actor=actor,
        kind=DETAIL_ERASED,
        subject=event,
        detail={"reason": reason},
    )


def _locked_head(organisation_id: UUID) -> ChainHead:
    """On PostgreSQL the row is locked; on SQLite the transaction holds the only write lock."""
    heads = ChainHead.objects.select_for_update()
    if head := heads.filter(pk=organisation_id).first():
        return head
    # Of two first writers one inserts; the other waits for it and reads its row.
    ChainHead.objects.bulk_create(
        [ChainHead(organisation_id=organisation_id, hash=START)], ignore_conflicts=True
    )
    return heads.get(pk=organisation_id)
