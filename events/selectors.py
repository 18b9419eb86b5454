"""What others read from the event log."""

from uuid import UUID

from events.hashing import START
from events.models import ChainHead


def chain_head(organisation_id: UUID) -> tuple[int, str]:
    """How many events the organisation's chain holds, and the hash of its last one."""
    head = ChainHead.objects.filter(pk=organisation_id).first()
    return (head.sequence, head.hash) if head else (0, START)
