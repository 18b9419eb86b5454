"""What must work before this process may be sent requests. To add a check, add a line to CHECKS."""

import logging
import os
from collections.abc import Callable
from functools import cache

from celery import current_app
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerError

from jobs.listening import a_worker_is_listening

logger = logging.getLogger(__name__)


class NotReadyError(Exception):
    """Its text is shown to everyone who can reach the server, so it holds no address or name."""


def database_answers() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.warning("readyz: %s", error)
        raise NotReadyError("the database does not answer") from error


@cache
def migrations_on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)


def migrations_are_applied() -> None:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error as error:
        raise NotReadyError("the database does not answer") from error
    if missing := len(migrations_on_disk() - applied.keys()):
        raise NotReadyError(f"{missing} migrations are not applied: run manage.py migrate")


def broker_answers() -> None:
    if not settings.REDIS_URL:
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
        if not os.access(folder, os.W_OK | os.X_OK):
            raise NotReadyError("the folder of the embedded broker cannot be written to")
        return
    try:
        options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        url = settings.CELERY_BROKER_URL
        with current_app.connection_for_write(url, transport_options=options) as broker:
            broker.ensure_connection(max_retries=1, timeout=3)
    except (KombuError, BrokerError, OSError) as error:
        logger.warning("readyz: %s", error)
        raise NotReadyError("the broker does not answer") from error


CHECKS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("database", database_answers),
    ("migrations", migrations_are_applied),
    ("broker", broker_answers),
)


def failures() -> dict[str, str]:
    """The checks that failed, by name, with a sentence each."""
    found = {}
    for name, check in CHECKS:
        try:
            check()
        except NotReadyError as problem:
            found[name] = str(problem)
    return found


def notes() -> dict[str, str]:
    """What is amiss and yet no reason to send requests elsewhere; empty without a database."""
    try:
        listening = a_worker_is_listening()
    except Error:
        return {}
    return {} if listening else {"worker": "no worker is listening; reports wait for one"}
