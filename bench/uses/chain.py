"""Many events at once, chained as `events.services.record` chains one after the other."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import models

from accounts.models import Organisation, User
from events.hashing import canonical, event_hash, payload_digest
from events.models import ChainHead, Event, EventDetail


class Chain:
    """The end of an organisation's log; inside one transaction, which holds it locked."""

    def __init__(self, organisation: Organisation) -> None:
        self._head = ChainHead.objects.select_for_update().get(pk=organisation.pk)
        self._events: list[Event] = []
        self._details: list[EventDetail] = []

    def tell(self, kind: str, subject: models.Model, by: User, detail: Mapping[str, Any]) -> None:
        payload, salt = canonical(detail), secrets.token_hex(16)
        event = Event(
            organisation_id=self._head.pk,
            sequence=self._head.sequence + 1,
            actor_id=by.pk,
            kind=kind,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            payload_digest=payload_digest(salt=salt, payload=payload),
            previous_hash=self._head.hash,
        )
        event.hash = event_hash(event)
        self._head.sequence, self._head.hash = event.sequence, event.hash
        self._events.append(event)
        self._details.append(EventDetail(event=event, salt=salt, payload=payload))

    def write(self) -> None:
        Event.objects.bulk_create(self._events, batch_size=500)
        EventDetail.objects.bulk_create(self._details, batch_size=500)
        self._head.save(update_fields=["sequence", "hash"])
        self._events, self._details = [], []
