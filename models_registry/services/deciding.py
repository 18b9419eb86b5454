"""The organisation's own decision on a contested licence: made, replaced, withdrawn."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from events.services import record
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.models import AIModel, CheckRun, LicenceDecision
from models_registry.runs.newest import newest_run, standing_decision
from models_registry.services.checking import request_run
from models_registry.services.keeping import kept, locked

# Elsewhere the text leaves nothing to decide.
OPEN = frozenset(
    {LicenceVerdict.LIKELY_MEETS, LicenceVerdict.CONTESTED, LicenceVerdict.LIKELY_FAILS}
)


@transaction.atomic
def decide_licence(
    *, model: AIModel, by: User, on: date, plan_on: str, reason: str, text_sha256: str
) -> LicenceDecision:
    """A decision on the text that was read; it replaces the one before, which stays on record."""
    model = locked(model)
    run = newest_run(model)
    if run is None or not may_be_decided(run):
        raise ValidationError(_("The checks leave nothing to decide about this licence."))
    if text_sha256 != run.summary["licence_text"]:
        raise ValidationError(
            _("The licence text is another one now. Read it again before you decide.")
        )
    if before := standing_decision(model):
        _end(before)
    decision = LicenceDecision(
        organisation=model.organisation,
        model=model,
        plan_on=plan_on,
        reason=reason,
        text_sha256=text_sha256,
        decided_by=by,
        decided_on=on,
    )
    detail = {
        "model": str(model.pk),
        "plan_on": plan_on,
        "reason": reason,
        "text": text_sha256,
        "replaces": str(before.pk) if before else "",
    }
    decision = kept(decision, by, "licence_decision.made", detail)
    request_run(model=model, by=by, on=on)
    return decision


@transaction.atomic
def withdraw_licence_decision(*, model: AIModel, by: User, on: date) -> None:
    """Without one, the cautious side is planned on again."""
    model = locked(model)
    decision = standing_decision(model)
    if decision is None:
        return
    _end(decision)
    record(
        organisation=model.organisation,
        actor=by,
        kind="licence_decision.withdrawn",
        subject=decision,
        detail={"model": str(model.pk)},
    )
    request_run(model=model, by=by, on=on)


def may_be_decided(run: CheckRun) -> bool:
    """Whether what was found leaves room for a decision of one's own."""
    return run.summary.get("licence_verdict") in {verdict.value for verdict in OPEN}


def _end(decision: LicenceDecision) -> None:
    decision.withdrawn_at = timezone.now()
    decision.save(update_fields=["withdrawn_at"])
