from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSE_ON_SQLITE = """
CREATE TRIGGER events_event_is_never_{past} BEFORE {verb} ON events_event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""
SQLITE = [
    (
        REFUSE_ON_SQLITE.format(past="changed", verb="UPDATE"),
        "DROP TRIGGER events_event_is_never_changed",
    ),
    (
        REFUSE_ON_SQLITE.format(past="deleted", verb="DELETE"),
        "DROP TRIGGER events_event_is_never_deleted",
    ),
]
FUNCTION = """
CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
TRIGGER = """
CREATE TRIGGER events_event_is_append_only BEFORE UPDATE OR DELETE ON events_event
FOR EACH ROW EXECUTE FUNCTION events_refuse()
"""
POSTGRESQL = [
    (FUNCTION, "DROP FUNCTION events_refuse()"),
    (TRIGGER, "DROP TRIGGER events_event_is_append_only ON events_event"),
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def add_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for create, _drop in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(create)


def drop_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for _create, drop in reversed(STATEMENTS[schema_editor.connection.vendor]):
        schema_editor.execute(drop)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_event_log")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
