"""Makes the file of one report, and looks after reports whose worker or message got lost."""

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from jobs.running import JobError, go_to, mine, requeue_lost, tell_of, turn
from reports.models import Report
from reports.rendering import count_pages, to_html, to_pdf
from reports.snapshot import read_snapshot

NOUN = "report"


def build(report_id: UUID | str) -> None:
    """Takes the report if nobody else has, makes its file, and writes down how that went."""
    report = Report.objects.claim(report_id, step=Report.Step.PREPARING)
    if report is None:
        return
    with (
        translation.override(report.language),
        turn(report, noun=NOUN, otherwise=Report.Failure.OTHER),
    ):
        content, pages = _make(report)
        _finish(report, content, pages)


def lost_reports() -> list[UUID]:
    """Puts back what dead workers left, and lists the queued reports whose task should be sent."""
    return requeue_lost(Report, noun=NOUN, stopped=Report.Failure.STOPPED)


def _make(report: Report) -> tuple[bytes, int]:
    if hashlib.sha256(report.snapshot.encode()).hexdigest() != report.snapshot_sha256:
        raise JobError(Report.Failure.CHANGED, permanent=True)
    snapshot = read_snapshot(report.snapshot)
    html = to_html(snapshot)
    go_to(report, Report.Step.RENDERING)
    content = to_pdf(html, snapshot=snapshot, attachment=report.snapshot)
    go_to(report, Report.Step.CHECKING)
    pages = count_pages(content)
    if not pages:
        raise JobError(Report.Failure.UNREADABLE, permanent=False)
    go_to(report, Report.Step.STORING)
    return content, pages


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
    kept = mine(report).update(
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
        tell_of(report, "report.done", detail)
    return bool(kept)
