"""What Celery runs of its own accord."""

from celery import shared_task
from django.utils import timezone

from assessments.lapsing import lapse_decisions as lapse


@shared_task(name="assessments.tasks.lapse_decisions")
def lapse_decisions() -> None:
    lapse(on=timezone.localdate())
