import pytest
from django.db import IntegrityError, transaction

from reports.models import Report
from tests.reports.factories import a_report


def refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_the_database_keeps_a_report_honest(ana):
    report = a_report(ana)
    rows = Report.objects.filter(pk=report.pk)
    done = {"state": "done", "file": "x", "file_sha256": "x", "size": 1, "pages": 1}
    for missing in ({"file": ""}, {"file_sha256": ""}, {"size": 0}, {"pages": 0}):
        refused("a_done_report_has_a_file", lambda missing=missing: rows.update(**done | missing))
    refused("a_failed_report_says_why", lambda: rows.update(state="failed"))
    rows.update(**done)


def test_a_done_report_without_any_size_or_pages_is_refused(ana):
    report = a_report(ana)
    rows = Report.objects.filter(pk=report.pk)
    done = {"state": "done", "file": "x", "file_sha256": "x"}
    refused("a_done_report_has_a_file", lambda: rows.update(**done))


def test_the_same_report_is_kept_once(ana):
    report = a_report(ana)
    twin = {"assessment": report.assessment, "fingerprint": report.fingerprint}
    refused("(?i)unique", lambda: a_report(ana, **twin))


def test_the_number_on_paper_tells_reports_apart(ana):
    numbers = {a_report(ana).number for _ in range(20)}
    assert len(numbers) == 20
    assert all(number.startswith("DB-") and len(number) == 13 for number in numbers)
