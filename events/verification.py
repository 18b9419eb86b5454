"""Reads the log again and says whether it is what was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from events.hashing import START, event_hash, payload_digest
from events.models import ChainHead, Event, EventDetail

DETAIL_ERASED = "event.detail_erased"


@dataclass
class Chain:
    length: int = 0
    end: str = START
    erased: int = 0
    missing: int = 0
    fault: str | None = None


def chains() -> Iterator[UUID]:
    """The organisations that have a chain, or had one."""
    started = set(ChainHead.objects.values_list("pk", flat=True))
    yield from sorted(started | set(Event.objects.values_list("organisation_id", flat=True)))


def verify_chain(organisation_id: UUID) -> Chain:
    """The chain as far as it holds; `fault` names the first event that does not."""
    chain, erasures = Chain(), _erasures(organisation_id)
    events = Event.objects.filter(organisation_id=organisation_id).select_related("detail")
    for event in events.order_by("sequence").iterator(chunk_size=2000):
        detail = getattr(event, "detail", None)
        if problem := _problem(event, detail, chain):
            chain.fault = f"event {event.sequence} ({event.kind}, {event.pk}): {problem}"
            return chain
        if detail is None:
            chain.erased += str(event.pk) in erasures
            chain.missing += str(event.pk) not in erasures
        chain.length, chain.end = event.sequence, event.hash
    chain.fault = _problem_of_the_end(organisation_id, chain)
    return chain


def _erasures(organisation_id: UUID) -> set[str]:
    told = Event.objects.filter(organisation_id=organisation_id, kind=DETAIL_ERASED)
    return set(told.values_list("subject_id", flat=True))


def _problem(event: Event, detail: EventDetail | None, chain: Chain) -> str | None:
    if event.sequence != chain.length + 1:
        return f"it follows event {chain.length}, so that events between them are gone"
    if event.previous_hash != chain.end:
        return "it does not continue the event before it"
    if event.hash != event_hash(event):
        return "its hash does not fit what it says"
    if detail and event.payload_digest != payload_digest(salt=detail.salt, payload=detail.payload):
        return "its details were altered"
    return None


def _problem_of_the_end(organisation_id: UUID, chain: Chain) -> str | None:
    head = ChainHead.objects.filter(pk=organisation_id).first()
    known = (head.sequence, head.hash) if head else (0, START)
    if known == (chain.length, chain.end):
        return None
    return f"event {chain.length + 1}: the log ends before it, but was written up to {known[0]}"
