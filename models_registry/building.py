"""Runs the checks of one job, and looks after runs whose worker or message got lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from jobs.running import JobError, go_to, mine, requeue_lost, tell_of, turn
from models_registry.checks.account import account_of
from models_registry.checks.catalogue import load
from models_registry.checks.examining import Examination, examine
from models_registry.checks.intake.combined import Combined, Supplied, combined
from models_registry.checks.keeping import (
    results_as_data,
    run_summary,
    values_as_data,
    values_from_data,
)
from models_registry.models import CheckRun, StoredFile
from models_registry.runs.newest import decision_from_data

NOUN = "check_run"
_TOLD_EVERY = 5


def check(run_id: UUID | str) -> None:
    """Takes the run if nobody else has, checks its files, and writes down what was found."""
    run = CheckRun.objects.claim(run_id, step=CheckRun.Step.OPENING)
    if run is None:
        return
    with turn(run, noun=NOUN, otherwise=CheckRun.Failure.OTHER), _opened(run) as supplied:
        found = _examined(run, supplied)
        go_to(run, CheckRun.Step.STORING)
        _keep(run, found, supplied)


def lost_runs() -> list[UUID]:
    """Puts back what dead workers left, and lists the queued runs whose task should be sent."""
    return requeue_lost(CheckRun, noun=NOUN, stopped=CheckRun.Failure.STOPPED)


@contextmanager
def _opened(run: CheckRun) -> Iterator[Combined]:
    with combined(_supplied(run)) as found:
        if not found.material.entries():
            _keep_refusals(run, found)
            raise JobError(CheckRun.Failure.REFUSED, permanent=True)
        yield found


def _supplied(run: CheckRun) -> Iterator[Supplied]:
    """The files that the run names, each with the bytes that it was asked about."""
    ids = [row["stored"] for row in run.files]
    kept = {str(row.pk): row for row in StoredFile.objects.filter(pk__in=ids)}
    for row in run.files:
        stored = kept.get(row["stored"])
        if stored is None or stored.sha256 != row["sha256"]:
            raise JobError(CheckRun.Failure.GONE, permanent=True)
        yield Supplied(
            id=row["evidence"],
            name=row["name"].replace("\\", "/").rpartition("/")[2],
            sha256=stored.sha256,
            size=stored.size,
            opening=partial(_open, stored.file.storage, str(stored.file.name)),
            quarantined=stored.quarantined,
        )


def _open(storage: Storage, name: str) -> BinaryIO:
    try:
        return cast(BinaryIO, storage.open(name, "rb"))
    except FileNotFoundError as error:
        raise JobError(CheckRun.Failure.GONE, permanent=True) from error


def _examined(run: CheckRun, supplied: Combined) -> Examination:
    go_to(run, CheckRun.Step.CHECKING, checks_done=0)

    def tell(done: int, total: int) -> None:
        if done % _TOLD_EVERY == 0 or done == total:
            mine(run).update(checks_done=done, checks_total=total, seen_at=timezone.now())

    return examine(
        supplied.material,
        load(),
        on=run.as_of,
        claims=values_from_data(run.claims),
        decision=decision_from_data(run.summary.get("decision")),
        told=tell,
        stops=(SoftTimeLimitExceeded,),
    )


@transaction.atomic
def _keep(run: CheckRun, found: Examination, supplied: Combined) -> None:
    summary = run.summary | run_summary(found)
    kept = mine(run).update(
        state=CheckRun.State.DONE,
        step="",
        results=results_as_data(found.results),
        summary=summary,
        accounts={code: account_of(found, code) for code, _name in settings.LANGUAGES},
        refusals=_refusals(supplied),
        # What the words were taken from, should the catalogue have changed since it was asked for.
        catalogue_digest=found.context.catalogue.digest,
        finished_at=timezone.now(),
    )
    if kept:
        detail = {
            "model": str(run.model_id),
            "root": summary["root"],
            "verdicts": summary["verdicts"],
        }
        tell_of(run, "check_run.done", detail)


def _keep_refusals(run: CheckRun, found: Combined) -> None:
    mine(run).update(refusals=_refusals(found))


def _refusals(found: Combined) -> list[dict[str, Any]]:
    return [
        {
            "evidence": evidence,
            "reason": refused.reason,
            "values": values_as_data(refused.values),
        }
        for evidence, refused in found.refusals
    ]
