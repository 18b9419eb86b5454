"""Reports as the pages show them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from jobs.running import queue_position
from reports.models import Report

Page = dict[str, Any]

# Auditors read and download; everybody else may also ask for a document.
MAY_REQUEST = (Role.ADMIN, Role.OFFICER, Role.REVIEWER, Role.APPROVER, Role.CONTRIBUTOR)


def may_request(member: Membership) -> bool:
    return member.has_role(*MAY_REQUEST)


def language_choices() -> list[Page]:
    current = (get_language() or "en")[:2]
    return [
        {"code": code, "name": _(str(name)), "chosen": code == current}
        for code, name in settings.LANGUAGES
    ]


def file_name(report: Report) -> str:
    """A name that sorts and tells: drawbridge-readiness-shortlisting-2026-11-23-r3-en.pdf."""
    use = slugify(report.assessment.use_case.name)[:60] or "use"
    day = report.created_at.date().isoformat()
    return f"drawbridge-{report.kind}-{use}-{day}-r{report.revision}-{report.language}.pdf"


def report_line(report: Report) -> Page:
    """One report in a list."""
    use_case = report.assessment.use_case
    return {
        "title": f"{report.get_kind_display()} {report.number}",
        "url": reverse("reports:report-detail", args=[report.pk]),
        "use_name": use_case.name,
        "use_url": reverse("assessments:use-detail", args=[use_case.pk]),
        "language": report.get_language_display(),
        "revision": report.revision,
        "state": report.state,
        "created": report.created_at,
        "size": report.size,
        "sha256": report.file_sha256,
        "download_url": _download_url(report),
    }


def report_page(report: Report, member: Membership) -> Page:
    """One report with everything its page shows in its state."""
    who = report.requested_by
    may = may_request(member)
    waiting = report.state == Report.State.QUEUED
    return {
        **report_line(report),
        "created_by": (who.name or who.email) if who else "",
        "position": queue_position(report) if waiting else None,
        "steps": _steps(report),
        "reason": report.get_failure_display(),
        "filename": file_name(report),
        "pages": report.pages,
        "finished": report.finished_at,
        "retry_url": _url("report-retry", report) if may and report.may_run_again else "",
        "cancel_url": _url("report-cancel", report) if may and waiting else "",
    }


def _download_url(report: Report) -> str:
    return _url("report-download", report) if report.state == Report.State.DONE else ""


def _url(name: str, report: Report) -> str:
    return reverse(f"reports:{name}", args=[report.pk])


def _steps(report: Report) -> list[Page]:
    names = list(Report.Step)
    current = names.index(Report.Step(report.step)) if report.step else 0
    return [
        {
            "label": step.label,
            "state": "done" if n < current else "current" if n == current else "waiting",
        }
        for n, step in enumerate(names)
    ]
