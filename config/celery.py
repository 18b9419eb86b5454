import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"

app = Celery("drawbridge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def let_workers_sign_in(sender: Celery, **kwargs: Any) -> None:
    # Imported late, because the models are only there once Django is set up.
    from jobs.listening import Heartbeat

    sender.steps["worker"].add(Heartbeat)


@worker_ready.connect
def catch_up(**kwargs: Any) -> None:
    """A worker that starts begins with what others left, and with the days since it last ran."""
    app.send_task("reports.tasks.sweep_reports")
    app.send_task("models_registry.tasks.sweep_runs")
    app.send_task("assessments.tasks.lapse_decisions")
