"""Evidence: added, changed, confirmed, attached, put away; each with its event."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from events.services import record
from models_registry.models import AIModel, AISystem, Attachment, Evidence, StoredFile
from models_registry.services.checking import request_run
from models_registry.services.keeping import StaleError, kept, told, written
from models_registry.services.storing import Kept, store
from models_registry.starter.independence import may_be_independent

__all__ = [
    "Kept",
    "add_evidence",
    "archive",
    "attach",
    "attach_all",
    "confirm",
    "detach",
    "restore_evidence",
    "store",
    "update_evidence",
    "withdraw_confirmation",
]
Strength = Evidence.Strength
# What a confirmation was about; it does not outlive a change of these.
_CONFIRMED = {"stored", "issuer", "issued_on"}


@transaction.atomic
def add_evidence(
    *,
    organisation: Organisation,
    by: User | None,
    title: str,
    kind: str,
    stored: StoredFile | None = None,
    link: str = "",
    is_statement: bool = False,
    **values: Any,
) -> Evidence:
    """A file or a link in the library, as strong as it can be before a person has looked."""
    evidence = Evidence(
        organisation=organisation, added_by=by, title=title, kind=kind, stored=stored, link=link,
        strength=_unconfirmed(stored, is_statement=is_statement), **values,
    )  # fmt: skip
    detail = {"title": title, "kind": kind, "link": link, "sha256": stored.sha256 if stored else ""}
    return kept(evidence, by, "evidence.added", detail)


@transaction.atomic
def update_evidence(
    *,
    evidence: Evidence,
    by: User | None,
    on: date,
    is_statement: bool = False,
    seen: str = "",
    **values: Any,
) -> Evidence:
    """With new values; a change of its file, issuer or date takes the confirmation back."""
    evidence = _locked(evidence)
    if seen and seen != evidence.changed_at.isoformat():
        raise StaleError(f"Evidence {evidence.pk} was changed meanwhile.")
    differing = {name for name, value in values.items() if getattr(evidence, name) != value}
    stored = values.get("stored", evidence.stored)
    was_statement = evidence.confirmed_by is None and evidence.strength == Strength.ASSERTED
    if not evidence.confirmed_by or differing & _CONFIRMED:
        values |= _without_confirmation(
            stored, is_statement=is_statement or bool(values.get("link"))
        )
    elif is_statement != was_statement and is_statement:
        values |= _without_confirmation(stored, is_statement=True)
    _change(evidence, by, "evidence.changed", values)
    if differing & {"stored", "file_name"}:
        _look_again(evidence, by, on)
    return evidence


@transaction.atomic
def confirm(*, evidence: Evidence, by: User, independent: bool = False) -> Evidence:
    """A person has compared content and date with the original; independent if the issuer is."""
    evidence = _locked(evidence)
    if evidence.stored is None or evidence.stored.quarantined:
        raise ValidationError(
            _("Only a file that can be opened can be compared with its original.")
        )
    if evidence.issued_on is None:
        raise ValidationError(_("Say first which date the evidence bears."))
    if independent and not may_be_independent(evidence):
        raise ValidationError(_("Independent is what somebody else than the supplier has issued."))
    strength = Strength.INDEPENDENT if independent else Strength.VERIFIED
    values = {"strength": strength, "confirmed_by": by, "confirmed_at": timezone.now()}
    return _change(evidence, by, "evidence.confirmed", values)


@transaction.atomic
def withdraw_confirmation(*, evidence: Evidence, by: User | None) -> Evidence:
    evidence = _locked(evidence)
    if evidence.confirmed_by is None:
        return evidence
    values = _without_confirmation(evidence.stored)
    return _change(evidence, by, "evidence.confirmation_withdrawn", values)


@transaction.atomic
def archive(*, evidence: Evidence, by: User | None, on: date) -> Evidence:
    """Out of the lists and out of what is checked; what rests on it still shows it."""
    return _moved(evidence, by, on, archived=True)


@transaction.atomic
def restore_evidence(*, evidence: Evidence, by: User | None, on: date) -> Evidence:
    return _moved(evidence, by, on, archived=False)


def attach(
    *,
    evidence: Evidence,
    by: User | None,
    on: date,
    model: AIModel | None = None,
    system: AISystem | None = None,
) -> Attachment:
    """Evidence about a model or a system, said once; the model's files are then checked anew."""
    (attachment,) = attach_all(evidence=[evidence], by=by, on=on, model=model, system=system)
    return attachment


@transaction.atomic
def attach_all(
    *,
    evidence: Iterable[Evidence],
    by: User | None,
    on: date,
    model: AIModel | None = None,
    system: AISystem | None = None,
) -> list[Attachment]:
    """Several at once, so that the model is looked at once."""
    attached = [_attached(_locked(one), by, model, system) for one in evidence]
    if model is not None and attached:
        request_run(model=model, by=by, on=on)
    return attached


@transaction.atomic
def detach(*, attachment: Attachment, by: User | None, on: date) -> None:
    evidence, model = attachment.evidence, attachment.model
    detail = _ends(attachment)
    # Of two who take it away, one has.
    if not Attachment.objects.filter(pk=attachment.pk).delete()[0]:
        return
    _tell(evidence, by, "evidence.detached", detail)
    if model is not None:
        request_run(model=model, by=by, on=on)


def _attached(
    evidence: Evidence, by: User | None, model: AIModel | None, system: AISystem | None
) -> Attachment:
    found = Attachment.objects.filter(evidence=evidence, model=model, system=system).first()
    if found:
        return found
    attachment = Attachment(
        organisation=evidence.organisation, evidence=evidence, model=model, system=system
    )
    written(attachment, force_insert=True)
    _tell(evidence, by, "evidence.attached", _ends(attachment))
    if evidence.strength == Strength.INDEPENDENT and not may_be_independent(evidence):
        # What its own supplier issued is no voice from outside.
        _change(evidence, by, "evidence.changed", {"strength": Strength.VERIFIED})
    return attachment


def _unconfirmed(stored: StoredFile | None, *, is_statement: bool = False) -> Strength:
    """A link or a statement only asserts; a file that can be read documents."""
    documents = stored is not None and not stored.quarantined and not is_statement
    return Strength.DOCUMENTED if documents else Strength.ASSERTED


def _without_confirmation(
    stored: StoredFile | None, *, is_statement: bool = False
) -> dict[str, Any]:
    strength = _unconfirmed(stored, is_statement=is_statement)
    return {"strength": strength, "confirmed_by": None, "confirmed_at": None}


def _moved(evidence: Evidence, by: User | None, on: date, *, archived: bool) -> Evidence:
    evidence = _locked(evidence)
    if (evidence.archived_at is not None) == archived:
        return evidence
    evidence.archived_at = timezone.now() if archived else None
    written(evidence)
    # The moment is the event's own.
    _tell(evidence, by, f"evidence.{'archived' if archived else 'restored'}", {})
    _look_again(evidence, by, on)
    return evidence


def _look_again(evidence: Evidence, by: User | None, on: date) -> None:
    for attachment in evidence.attachments.filter(model__isnull=False).select_related("model"):
        if attachment.model is not None:
            request_run(model=attachment.model, by=by, on=on)


def _change(evidence: Evidence, by: User | None, kind: str, values: Mapping[str, Any]) -> Evidence:
    names = [name for name, value in values.items() if getattr(evidence, name) != value]
    if not names:
        return evidence
    before = {name: _plain(getattr(evidence, name)) for name in names}
    for name in names:
        setattr(evidence, name, values[name])
    written(evidence)
    after = {name: _plain(values[name]) for name in names}
    _tell(evidence, by, kind, {"before": before, "after": after})
    return evidence


def _tell(evidence: Evidence, by: User | None, kind: str, detail: Mapping[str, Any]) -> None:
    record(organisation=evidence.organisation, actor=by, kind=kind, subject=evidence, detail=detail)


def _ends(attachment: Attachment) -> dict[str, str]:
    ends = {"model": attachment.model_id, "system": attachment.system_id}
    return {name: str(key) for name, key in ends.items() if key}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else told(value)


def _locked(evidence: Evidence) -> Evidence:
    """As it stands now, held until the transaction ends."""
    return Evidence.objects.select_for_update().get(pk=evidence.pk)
