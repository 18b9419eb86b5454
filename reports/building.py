"""Makes the file of one report, and looks after reports whose worker or message got lost."""

import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone, translation

from events.services import record
from reports.models import Report
from reports.rendering import count_pages, to_html, to_pdf
from reports.snapshot import read_snapshot

logger = logging.getLogger(__name__)

SIGN_OF_LIFE_SECONDS = 5
LOST_AFTER = timedelta(seconds=20)
SENT_AGAIN_AFTER = timedelta(seconds=60)
SENT_AGAIN_AT_ONCE = 20


class BuildError(Exception):
    """Why a report cannot be made; `permanent` when trying again would not help."""

    def __init__(self, failure: Report.Failure, *, permanent: bool) -> None:
        super().__init__(failure.value)
        self.failure, self.permanent = failure, permanent


def build(report_id: UUID | str) -> None:
    """Takes the report if nobody else has, makes its file, and writes down how that went."""
    report = Report.objects.claim(report_id)
    if report is None:
        return
    try:
        with translation.override(report.language), _signs_of_life(report):
            content, pages = _make(report)
            _finish(report, content, pages)
    except BuildError as error:
        _give_up(report, error.failure, permanent=error.permanent)
    except Exception:
        # Recorded here and raised again, so that the log keeps the trace and the row the reason.
        _give_up(report, Report.Failure.OTHER, permanent=False)
        raise


def _make(report: Report) -> tuple[bytes, int]:
    if hashlib.sha256(report.snapshot.encode()).hexdigest() != report.snapshot_sha256:
        raise BuildError(Report.Failure.CHANGED, permanent=True)
    snapshot = read_snapshot(report.snapshot)
    html = to_html(snapshot)
    _go_to(report, Report.Step.RENDERING)
    content = to_pdf(html, snapshot=snapshot, attachment=report.snapshot)
    _go_to(report, Report.Step.CHECKING)
    pages = count_pages(content)
    if not pages:
        raise BuildError(Report.Failure.UNREADABLE, permanent=False)
    _go_to(report, Report.Step.STORING)
    return content, pages


def _mine(report: Report) -> Any:
    """The row, as long as it is still this worker's turn."""
    # The moment as well as the number, because a retry by hand counts from one again.
    return Report.objects.filter(
        pk=report.pk,
        state=Report.State.RUNNING,
        attempts=report.attempts,
        started_at=report.started_at,
    )


def _go_to(report: Report, step: str) -> None:
    _mine(report).update(step=step, seen_at=timezone.now())


def _finish(report: Report, content: bytes, pages: int) -> None:
    name = f"{report.pk}-{report.attempts}.pdf"
    report.file.save(name, ContentFile(content), save=False)
    kept = False
    try:
        kept = _keep(report, content, pages)
    finally:
        if not kept:
            # The turn passed to another worker, whose file counts, or the row cannot be written.
            report.file.delete(save=False)


@transaction.atomic
def _keep(report: Report, content: bytes, pages: int) -> bool:
    digest = hashlib.sha256(content).hexdigest()
    kept = _mine(report).update(
        state=Report.State.DONE,
        step="",
        file=report.file.name,
        file_sha256=digest,
        size=len(content),
        pages=pages,
        finished_at=timezone.now(),
    )
    if kept:
        detail = {"snapshot": report.snapshot_sha256, "file": digest, "pages": pages}
        _record(report, "report.done", detail)
    return bool(kept)


def _give_up(report: Report, failure: Report.Failure, *, permanent: bool) -> None:
    """Back into the queue while another attempt may help, otherwise failed with the reason."""
    again = not permanent and report.attempts < Report.MAX_ATTEMPTS
    state = Report.State.QUEUED if again else Report.State.FAILED
    now = timezone.now()
    with transaction.atomic():
        changed = _mine(report).update(
            state=state,
            step="",
            failure=failure,
            sent_at=None,
            finished_at=None if again else now,
        )
        if changed and not again:
            _record(report, "report.failed", {"reason": failure.value})


def _record(report: Report, kind: str, detail: dict[str, Any]) -> None:
    record(organisation=report.organisation, actor=None, kind=kind, subject=report, detail=detail)


@contextmanager
def _signs_of_life(report: Report) -> Iterator[None]:
    """Notes every few seconds that this worker is still at it, from a thread of its own."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(SIGN_OF_LIFE_SECONDS):
            try:
                _mine(report).update(seen_at=timezone.now())
            except DatabaseError as error:
                # One sign may be lost; the worker goes on, and so do the next signs.
                logger.warning("report %s: no sign of life: %s", report.pk, error)
                connection.close()
        connection.close()

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def requeue_lost() -> list[UUID]:
    """Puts back what dead workers left, and lists the queued reports whose task should be sent."""
    now = timezone.now()
    for report in Report.objects.select_related("organisation").filter(
        state=Report.State.RUNNING, seen_at__lt=now - LOST_AFTER
    ):
        _give_up(report, Report.Failure.STOPPED, permanent=False)
    unsent = Q(sent_at=None) | Q(sent_at__lt=now - SENT_AGAIN_AFTER)
    waiting = Report.objects.waiting().filter(unsent).order_by("queued_at")
    return list(waiting.values_list("pk", flat=True)[:SENT_AGAIN_AT_ONCE])
