import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import rfc8785
from django.core.serializers.json import DjangoJSONEncoder

from events.models import Event

START = "0" * 64
# Canonical JSON cannot write larger whole numbers exactly.
LARGEST = 2**53 - 1


def canonical(value: Any) -> str:
    """One text for one value: dates and UUIDs as text, keys in order, no spare spaces."""
    plain = json.loads(json.dumps(value, cls=DjangoJSONEncoder), parse_int=_exact)
    return rfc8785.dumps(plain).decode()


def _exact(digits: str) -> int | str:
    number = int(digits)
    return number if abs(number) <= LARGEST else digits


def payload_digest(*, salt: str, payload: str) -> str:
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def event_hash(event: Event) -> str:
    chained: Mapping[str, Any] = {
        "id": event.id,
        "organisation_id": event.organisation_id,
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id,
        "kind": event.kind,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "is_public": event.is_public,
        "payload_digest": event.payload_digest,
        "previous_hash": event.previous_hash,
    }
    return hashlib.sha256(canonical(chained).encode()).hexdigest()
