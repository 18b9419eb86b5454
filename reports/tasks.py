"""What Celery runs. Each task only says "look": the rows hold the truth."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from reports.building import build, lost_reports
from reports.comparisons import build_comparison, lost_comparisons
from reports.dossiers import build_dossier, lost_dossiers
from reports.models import ComparisonDocument, ModelDocument, Report


@shared_task(name="reports.tasks.build_report", acks_late=True)
def build_report(report_id: str) -> None:
    build(report_id)


@shared_task(name="reports.tasks.sweep_reports")
def sweep_reports() -> None:
    for report_id in lost_reports():
        send_build(report_id)
    for document_id in lost_dossiers():
        send_dossier(document_id)
    for document_id in lost_comparisons():
        send_comparison(document_id)


def send_build(report_id: UUID) -> None:
    """Hands the task to the broker and notes when; what the broker loses, the sweep sends again."""
    build_report.delay(str(report_id))
    Report.objects.waiting().filter(pk=report_id).update(sent_at=timezone.now())


@shared_task(name="reports.tasks.build_model_document", acks_late=True)
def build_model_document(document_id: str) -> None:
    build_dossier(document_id)


def send_dossier(document_id: UUID) -> None:
    """Hands the task to the broker and notes when, as for a report."""
    build_model_document.delay(str(document_id))
    ModelDocument.objects.waiting().filter(pk=document_id).update(sent_at=timezone.now())


@shared_task(name="reports.tasks.build_comparison_document", acks_late=True)
def build_comparison_document(document_id: str) -> None:
    build_comparison(document_id)


def send_comparison(document_id: UUID) -> None:
    """Hands the task to the broker and notes when, as for a report."""
    build_comparison_document.delay(str(document_id))
    ComparisonDocument.objects.waiting().filter(pk=document_id).update(sent_at=timezone.now())
