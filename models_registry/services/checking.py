"""The only writers of runs of checks besides the builder: request, request again, cancel."""

import hashlib
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from events.services import record
from jobs.running import back_in_queue, out_of_queue
from models_registry.models import AIModel, CheckRun
from models_registry.runs.newest import Basis, basis_of, has_changed_since, latest_run
from models_registry.tasks import send_run


@transaction.atomic
def request_run(*, model: AIModel, by: User | None, on: date) -> CheckRun | None:
    """A run over everything attached to the model; None where nothing is.

    Asked twice about the same, it is the same row; about something else, a run that still waits
    has become pointless and leaves the queue.
    """
    basis = basis_of(model, on=on)
    latest = latest_run(model)
    if not basis.files:
        _supersede(latest)
        return None
    if latest is not None and latest.summary.get("basis") == basis.digest:
        return retry_run(run=latest, by=by) if latest.may_run_again else latest
    _supersede(latest)
    run = _new(model, by, basis, latest)
    # Of two who ask at once, the second is refused by the constraint and finds the first's row.
    CheckRun.objects.bulk_create([run], ignore_conflicts=True)
    kept = CheckRun.objects.get(model=model, fingerprint=run.fingerprint)
    if kept.pk == run.pk:
        _record(kept, by, "check_run.requested")
        _send_on_commit(kept)
    return kept


def check_again(*, models: QuerySet[AIModel], by: User | None) -> None:
    """Runs for those that were checked before and of which the register now says something else."""
    checked = models.filter(Exists(CheckRun.objects.filter(model=OuterRef("pk"))), retired_at=None)
    for model in checked.select_related("provider"):
        latest = latest_run(model)
        if latest is not None and has_changed_since(latest, model):
            request_run(model=model, by=by, on=timezone.localdate())


@transaction.atomic
def retry_run(*, run: CheckRun, by: User | None) -> CheckRun:
    """Back into the queue with three fresh attempts, if it failed or was cancelled."""
    if back_in_queue(run):
        _record(run, by, "check_run.requested_again")
        _send_on_commit(run)
    return run


@transaction.atomic
def cancel_run(*, run: CheckRun, by: User | None) -> CheckRun:
    """Out of the queue, if no worker has taken it yet."""
    if out_of_queue(run):
        _record(run, by, "check_run.cancelled")
    return run


def _supersede(latest: CheckRun | None) -> None:
    if latest is not None and latest.state == CheckRun.State.QUEUED:
        cancel_run(run=latest, by=None)


def _new(model: AIModel, by: User | None, basis: Basis, before: CheckRun | None) -> CheckRun:
    # The run before it counts, so that the newest row always tells of what is there now, even
    # where a file was taken away again.
    after = str(before.pk) if before else ""
    return CheckRun(
        organisation_id=model.organisation_id,
        model=model,
        requested_by=by,
        fingerprint=hashlib.sha256(f"{basis.digest} {after}".encode()).hexdigest(),
        as_of=basis.on,
        files=basis.files,
        claims=basis.claims,
        catalogue_digest=basis.catalogue,
        summary={"basis": basis.digest, "decision": basis.decision},
    )


def _record(run: CheckRun, by: User | None, kind: str) -> None:
    detail = {"model": str(run.model_id), "files": len(run.files), "as_of": run.as_of.isoformat()}
    record(organisation=run.organisation, actor=by, kind=kind, subject=run, detail=detail)


def _send_on_commit(run: CheckRun) -> None:
    # Robust: a broker that is away must not fail the request; the sweep sends the task later.
    # No partial: Django logs the failure by the function's name, and a partial has none.
    transaction.on_commit(lambda: send_run(run.pk), robust=True)
