from django.db import migrations

SQLITE = [
    (
        "CREATE TRIGGER events_event_is_never_changed BEFORE UPDATE ON events_event "
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        "DROP TRIGGER events_event_is_never_changed",
    ),
    (
        "CREATE TRIGGER events_event_is_never_deleted BEFORE DELETE ON events_event "
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        "DROP TRIGGER events_event_is_never_deleted",
    ),
]
POSTGRESQL = [
    (
        "CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are append-only' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "DROP FUNCTION events_refuse()",
    ),
    (
        "CREATE TRIGGER events_event_is_append_only BEFORE UPDATE OR DELETE ON events_event "
        "FOR EACH ROW EXECUTE FUNCTION events_refuse()",
        "DROP TRIGGER events_event_is_append_only ON events_event",
    ),
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def add_triggers(apps, schema_editor):
    for create, _drop in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(create)


def drop_triggers(apps, schema_editor):
    for _create, drop in reversed(STATEMENTS[schema_editor.connection.vendor]):
        schema_editor.execute(drop)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_event_log")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
