import hashlib
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from models_registry.comparison.chosen import chosen_models
from reports.comparison_services import request_comparison
from reports.dossier_services import request_dossier
from reports.models import ComparisonDocument, ModelDocument, Report
from tests.assessments.factories import register_rows

SNAPSHOT = '{"language":"en"}'


COMPARED = ("kimi-k2-thinking", "gpt-5")


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def a_pdf(pages=2):
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def a_report(member, assessment=None, **columns):
    """A row as a request leaves it, with a snapshot of nothing."""
    number = Report.objects.count()
    given = {
        "organisation": member.organisation,
        "assessment": assessment or register_rows(member, 1, name=f"Use {number}")[0],
        "language": "en",
        "revision": 1,
        "requested_by": member.user,
        "fingerprint": digest(str(number)),
        "snapshot": SNAPSHOT,
        "snapshot_sha256": digest(SNAPSHOT),
    }
    return Report.objects.create(**given | columns)


def a_running_report(member, **columns):
    now = timezone.now()
    running = {"state": "running", "attempts": 1, "started_at": now, "seen_at": now}
    return a_report(member, **running | {"step": "rendering"} | columns)


def a_done_report(member, content=None, **columns):
    content = content or a_pdf()
    report = a_report(member, **columns)
    report.file.save(f"{report.pk}.pdf", ContentFile(content), save=False)
    report.state, report.size, report.pages = "done", len(content), 2
    report.file_sha256, report.finished_at = hashlib.sha256(content).hexdigest(), timezone.now()
    report.save()
    return report


def a_done_dossier(member, run):
    document, content = request_dossier(run=run, language="en", by=member.user), a_pdf()
    document.file.save(f"{document.pk}.pdf", ContentFile(content), save=False)
    ModelDocument.objects.filter(pk=document.pk).update(
        state="done", size=len(content), pages=2, file=document.file.name,
        file_sha256=hashlib.sha256(content).hexdigest(), finished_at=timezone.now(),
    )  # fmt: skip
    return document


def a_comparison(member, *keys, language="en", differences_only=False):
    return request_comparison(
        chosen_models(member, keys or COMPARED), differences_only=differences_only,
        language=language, by=member, on=timezone.localdate(),
    )  # fmt: skip


def a_done_comparison(member, *keys):
    document, content = a_comparison(member, *keys), a_pdf()
    document.file.save(f"{document.pk}.pdf", ContentFile(content), save=False)
    ComparisonDocument.objects.filter(pk=document.pk).update(
        state="done", size=len(content), pages=2, file=document.file.name,
        file_sha256=hashlib.sha256(content).hexdigest(), finished_at=timezone.now(),
    )  # fmt: skip
    return document
