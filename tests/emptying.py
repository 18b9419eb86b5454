"""Emptying the test database between tests, although the event log refuses deletions."""

import pytest
from django.db.backends.sqlite3 import base

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture(scope="session", autouse=True)
def the_event_log_can_be_emptied():
    """On SQLite the triggers are lifted for the flush; PostgreSQL's TRUNCATE does not fire them."""
    original = base.DatabaseOperations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(TRIGGERS).fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return drop + original(self, *args, **kwargs) + [sql for _name, sql in triggers]

    base.DatabaseOperations.sql_flush = sql_flush
    yield
    base.DatabaseOperations.sql_flush = original
