"""Makes the file of one report, and looks after reports whose worker or message got lost."""

import hashlib
from uuid import UUID

from django.utils import translation

from jobs.running import JobError, go_to, requeue_lost, turn
from reports.filing import keep_file
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
        detail = {"snapshot": report.snapshot_sha256, "pages": pages}
        keep_file(report, content, pages, noun=NOUN, detail=detail)


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
