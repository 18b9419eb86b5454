"""What pages read of the evidence; every list starts from `visible_to`."""

from datetime import date, timedelta

from django.db.models import Q

from accounts.models import Actor
from models_registry.models import AIModel, AISystem, Attachment, Evidence
from models_registry.models.evidence import AttachmentQuerySet, EvidenceQuerySet

EXPIRES_WITHIN = timedelta(days=90)


def evidence_of(actor: Actor) -> EvidenceQuerySet:
    return Evidence.objects.visible_to(actor).select_related("stored")


def for_lines(rows: EvidenceQuerySet) -> EvidenceQuerySet:
    """With everything that a line of the list shows, in a constant number of queries."""
    return rows.select_related("stored").prefetch_related(
        "attachments__model", "attachments__system"
    )


def expiring(rows: EvidenceQuerySet, on: date) -> EvidenceQuerySet:
    """Expired, or so soon that a successor should be asked for."""
    return rows.current().filter(valid_to__lte=on + EXPIRES_WITHIN)


def expired(rows: EvidenceQuerySet, on: date) -> EvidenceQuerySet:
    return rows.current().filter(valid_to__lt=on)


def attached_to(actor: Actor, subject: AIModel | AISystem) -> AttachmentQuerySet:
    """What is attached to a model or a system, without what was put away."""
    end = Q(model=subject) if isinstance(subject, AIModel) else Q(system=subject)
    rows = Attachment.objects.visible_to(actor).filter(end, evidence__archived_at=None)
    return rows.select_related("evidence__stored")


def the_same_file(actor: Actor, sha256: str) -> Evidence | None:
    """Evidence in the library that is this very file."""
    return evidence_of(actor).current().filter(stored__sha256=sha256).order_by("pk").first()
