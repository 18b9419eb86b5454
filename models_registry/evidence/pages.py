"""Evidence as the pages show it."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import Actor, Membership
from models_registry.checks.catalogue import load
from models_registry.checks.intake.refusal import Refused
from models_registry.choosing import offered
from models_registry.evidence.selectors import EXPIRES_WITHIN, attached_to, expiring
from models_registry.models import AIModel, AISystem, Attachment, Evidence
from models_registry.models.evidence import EvidenceQuerySet
from models_registry.pages import MAY_REGISTER, MAY_RETIRE, Page, address
from models_registry.selectors import models_of, systems_of
from models_registry.services.material import TakenIn
from models_registry.starter.independence import may_be_independent

MOST_MATERIAL = 50
MOST_FOUND = 25


def evidence_url(evidence: Evidence, deed: str = "detail") -> str:
    return reverse(f"models_registry:evidence-{deed}", args=[evidence.pk])


def refusal_text(refused: Refused) -> str:
    """Why a file was turned away, in the reader's language."""
    return load().refusal(refused.reason, refused.values, _language())


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"


def expiring_count(rows: EvidenceQuerySet, on: date) -> int:
    return expiring(rows, on).count()


def evidence_lines(rows: Iterable[Evidence], on: date) -> list[Page]:
    return [
        {**evidence_line(row, on), "attached": [_end(each) for each in row.attachments.all()]}
        for row in rows
    ]


def evidence_line(row: Evidence, on: date) -> Page:
    stored = row.stored
    return {
        "title": row.title,
        "url": evidence_url(row),
        "kind": row.get_kind_display(),
        "strength": row.strength,
        "issuer": row.issuer,
        "issued_on": row.issued_on,
        "confidential": row.confidentiality == Evidence.Confidentiality.CONFIDENTIAL,
        "valid_to": row.valid_to,
        "expiry": _expiry(row, on),
        "added": row.created_at,
        "size": filesizeformat(stored.size) if stored else "",
        "is_link": stored is None,
        "quarantined": bool(stored and stored.quarantined),
        "archived": row.archived_at,
    }


def _expiry(row: Evidence, on: date) -> str:
    """`expired`, `soon`, or nothing that anybody has to see to."""
    if row.valid_to is None or row.valid_to > on + EXPIRES_WITHIN:
        return ""
    return "expired" if row.valid_to < on else "soon"


def _end(attachment: Attachment) -> Page:
    row = attachment.model or attachment.system
    assert row is not None  # noqa: S101 - the database holds that one of the two is there
    return {"name": str(row), "url": address(row)}


def evidence_page(row: Evidence, member: Membership, on: date) -> Page:
    stored = row.stored
    attachments = row.attachments.select_related("model", "system")
    can_be_read = stored is not None and not stored.quarantined
    return {
        **evidence_line(row, on),
        "kind_word": row.get_kind_display(),
        "confidentiality": row.get_confidentiality_display(),
        "file_name": row.file_name,
        "sha256": stored.sha256 if stored else "",
        "link": row.link,
        "scope": row.scope,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "note": row.note,
        "added_by": row.added_by.name if row.added_by else "",
        "confirmed_by": row.confirmed_by.name if row.confirmed_by else "",
        "confirmed_at": row.confirmed_at,
        "by_the_same": row.confirmed_by_id is not None and row.confirmed_by_id == row.added_by_id,
        "quarantine_text": _quarantine(row),
        "download_url": evidence_url(row, "download") if can_be_read else "",
        "attachments": [
            {**_end(each), "detach_url": reverse("models_registry:evidence-detach", args=[each.pk])}
            for each in attachments
        ],
        "may_be_independent": may_be_independent(row),
        **_deeds(row, member, can_be_read=can_be_read),
    }


def _quarantine(row: Evidence) -> str:
    reason = row.stored.quarantined if row.stored else ""
    return load().refusal(reason, {"name": row.file_name}, _language()) if reason else ""


def _deeds(row: Evidence, member: Membership, *, can_be_read: bool) -> Page:
    register = member.has_role(*MAY_REGISTER) and row.archived_at is None
    retire = member.has_role(*MAY_RETIRE)

    def url(deed: str, *, allowed: bool) -> str:
        return evidence_url(row, deed) if allowed else ""

    return {
        "edit_url": url("edit", allowed=register),
        "attach_url": url("attach", allowed=register),
        "confirm_url": url(
            "confirm", allowed=register and can_be_read and row.confirmed_by_id is None
        ),
        "withdraw_url": url("withdraw", allowed=register and row.confirmed_by_id is not None),
        "archive_url": url("archive", allowed=retire and row.archived_at is None),
        "restore_url": url("restore", allowed=retire and row.archived_at is not None),
    }


def material_of(subject: AIModel | AISystem, member: Membership, on: date) -> Page:
    """What is attached to a model or a system, and where to add to it."""
    rows = attached_to(member, subject)
    noun = "model" if isinstance(subject, AIModel) else "system"
    listed = list(rows[:MOST_MATERIAL])
    may_change = member.has_role(*MAY_REGISTER) and subject.retired_at is None
    return {
        "rows": [
            {
                **evidence_line(each.evidence, on),
                "detach_url": reverse("models_registry:evidence-detach", args=[each.pk]),
            }
            for each in listed
        ],
        "total": rows.count() if len(listed) == MOST_MATERIAL else len(listed),
        "all_url": f"{reverse('models_registry:evidence-list')}?{noun}={subject.pk}",
        "add_url": address(subject, "material") if may_change else "",
        "library_url": reverse("models_registry:evidence-list") if may_change else "",
        "is_model": noun == "model",
        "most_mb": settings.MAX_UPLOAD_MB,
    }


def refused_lines(taken: TakenIn) -> list[Page]:
    return [{"name": name, "reason": refusal_text(refused)} for name, refused in taken.refused]


def attach_page(row: Evidence, actor: Actor, find: str) -> Page:
    """Models and systems that the words fit and that it is not attached to yet."""
    ends = list(row.attachments.values_list("model_id", "system_id"))
    models = models_of(actor).exclude(pk__in=[model for model, _ in ends if model])
    systems = systems_of(actor).exclude(pk__in=[system for _, system in ends if system])
    return {
        "find": find,
        "models": offered(models, find=find)[:MOST_FOUND],
        "systems": offered(systems, find=find)[:MOST_FOUND],
    }
