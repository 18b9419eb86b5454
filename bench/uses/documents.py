"""Finished reports: one is made for real, the others are rows that point to its file."""

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment
from bench.uses.chain import Chain
from bench.uses.people import Staff
from reports.building import build
from reports.models import Report
from reports.services import request_report


def reports(staff: Staff, count: int) -> None:
    """So many reports of decided uses, those that are there included."""
    known = Report.objects.filter(organisation=staff.organisation)
    there = set(known.values_list("assessment", flat=True))
    decided = Assessment.objects.filter(
        organisation=staff.organisation, state=Assessment.State.DECIDED
    )
    wanted = list(decided.order_by("created_at", "pk")[:count])
    if not wanted:
        return
    pattern = known.filter(state=Report.State.DONE).first() or _made(staff, wanted[0])
    _copied(staff, pattern, [row for row in wanted if row.pk not in there])


@transaction.atomic
def _copied(staff: Staff, pattern: Report, assessments: list[Assessment]) -> None:
    chain = Chain(staff.organisation)
    copies = [_copy(pattern, row) for row in assessments if row.pk != pattern.assessment_id]
    detail = {"kind": pattern.kind, "language": pattern.language, "revision": pattern.revision}
    for n, row in enumerate(copies):
        chain.tell("report.requested", row, staff.author(n), detail)
    Report.objects.bulk_create(copies, batch_size=50)
    chain.write()


def _made(staff: Staff, assessment: Assessment) -> Report:
    report = request_report(
        assessment=assessment, language="en", by=staff.author(0), on=timezone.localdate()
    )
    build(report.pk)
    return Report.objects.get(pk=report.pk)


def _copy(pattern: Report, assessment: Assessment) -> Report:
    kept = {
        field.attname: getattr(pattern, field.attname)
        for field in Report._meta.concrete_fields
        if field.name not in ("id", "created_at", "assessment")
    }
    return Report(assessment=assessment, **kept)
