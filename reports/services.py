"""The only writers of reports besides the builder: request, request again, cancel."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.law_in_use import catalogue
from assessments.models import Assessment
from assessments.selectors import with_answers
from events.services import record
from jobs.running import back_in_queue, out_of_queue
from reports.models import Report
from reports.selectors import described_assessment
from reports.snapshot import canonical, fingerprint_of, snapshot_of
from reports.tasks import send_build


@transaction.atomic
def request_report(
    *, assessment: Assessment, language: str, by: User, on: date, kind: str = Report.Kind.READINESS
) -> Report:
    """The report of the latest revision in that language; asking twice gives the same row."""
    # Locked, so that nobody answers between the revision that is read and the answers under it.
    rows = Assessment.objects.select_for_update(of=("self",))
    assessment = with_answers(rows).get(pk=assessment.pk)
    _refuse_other_law(assessment)
    content = snapshot_of(described_assessment(assessment, on=on), language=language)
    fingerprint = fingerprint_of(content)
    report = Report.objects.filter(assessment=assessment, fingerprint=fingerprint).first()
    if report is not None:
        return retry_report(report=report, by=by) if report.may_run_again else report
    report = Report(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        kind=kind,
        language=language,
        revision=assessment.revision,
        requested_by=by,
        fingerprint=fingerprint,
    )
    content["document"]["number"], content["fingerprint"] = report.number, fingerprint
    snapshot = canonical(content)
    report.snapshot, report.snapshot_sha256 = snapshot.text, snapshot.sha256
    # Of two who ask at once, the second is refused by the constraint and finds the first's row.
    Report.objects.bulk_create([report], ignore_conflicts=True)
    kept = Report.objects.get(assessment=assessment, fingerprint=fingerprint)
    if kept.pk == report.pk:
        _record(kept, by, "report.requested")
        _send_on_commit(kept)
    return kept


def _refuse_other_law(assessment: Assessment) -> None:
    """What was frozen is told by the law it was judged by, or not at all."""
    if assessment.is_frozen and assessment.catalogue_digest != catalogue().digest:
        raise ValidationError(
            _(
                "The law data have changed since this was frozen. Reports made before stay as they "
                "are; re-assess the use for a new one."
            ),
            code="other_law",
        )


@transaction.atomic
def retry_report(*, report: Report, by: User) -> Report:
    """Back into the queue with three fresh attempts, if it failed or was cancelled."""
    if back_in_queue(report):
        _record(report, by, "report.requested_again")
        _send_on_commit(report)
    return report


@transaction.atomic
def cancel_report(*, report: Report, by: User) -> Report:
    """Out of the queue, if no worker has taken it yet."""
    if out_of_queue(report):
        _record(report, by, "report.cancelled")
    return report


def _record(report: Report, by: User, kind: str) -> None:
    detail = {"kind": report.kind, "language": report.language, "revision": report.revision}
    record(organisation=report.organisation, actor=by, kind=kind, subject=report, detail=detail)


def _send_on_commit(report: Report) -> None:
    # Robust: a broker that is away must not fail the request; the sweep sends the task later.
    # No partial: Django logs the failure by the function's name, and a partial has none.
    transaction.on_commit(lambda: send_build(report.pk), robust=True)
