"""What Celery runs. Each task only says "look": the rows hold the truth."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from models_registry.building import check, lost_runs
from models_registry.evidence.leftovers import remove_left_uploads
from models_registry.models import CheckRun


@shared_task(name="models_registry.tasks.run_checks", acks_late=True)
def run_checks(run_id: str) -> None:
    check(run_id)


@shared_task(name="models_registry.tasks.sweep_runs")
def sweep_runs() -> None:
    remove_left_uploads()
    for run_id in lost_runs():
        send_run(run_id)


def send_run(run_id: UUID) -> None:
    """Hands the task to the broker and notes when; what the broker loses, the sweep sends again."""
    run_checks.delay(str(run_id))
    CheckRun.objects.waiting().filter(pk=run_id).update(sent_at=timezone.now())
