"""What the database itself keeps of four eyes and of frozen answers, whoever writes.

SQLite rebuilds a table to alter it; that drops its triggers and stumbles over those of other tables
that name it. So a migration that alters one of these tables goes between DROP and ADD.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

FROZEN = "a frozen assessment keeps its answers"
BY_AUTHOR = "an author does not decide"
OTHER_REVISION = "a decision is about the revision in review"
UNCHANGED = "what was signed is not changed"

IS_FROZEN = """EXISTS (SELECT 1 FROM assessments_assessment
    WHERE state NOT IN ('draft', 'changes_requested')
    AND id IN (NEW.assessment_id, {former}.assessment_id))"""
NEEDS_AUTHOR = "NEW.answered_by_id IS NOT NULL AND NEW.source <> 'carried_over'"
IS_AUTHOR = """NOT NEW.not_reviewed AND EXISTS (SELECT 1 FROM assessments_author
    WHERE assessment_id = NEW.assessment_id AND person_id = NEW.decided_by_id)"""
NOT_IN_REVIEW = """NOT EXISTS (SELECT 1 FROM assessments_assessment
    WHERE id = NEW.assessment_id AND organisation_id = NEW.organisation_id
    AND state = 'in_review' AND revision = NEW.revision)"""
SIGNED = """assessment_id, submission_id, revision, outcome, conditions, reason, valid_until,
    decided_by_id, decided_as, not_reviewed, law_version, catalogue_digest, subject_id,
    subject_version, created_at"""
AUTHOR = "assessments_author (id, created_at, organisation_id, assessment_id, person_id)"
NAME_AUTHOR_ONCE = f"""INSERT INTO {AUTHOR}
    SELECT lower(hex(randomblob(16))), datetime('now'),
    NEW.organisation_id, NEW.assessment_id, NEW.answered_by_id
    WHERE NOT EXISTS (SELECT 1 FROM assessments_author
    WHERE assessment_id = NEW.assessment_id AND person_id = NEW.answered_by_id)"""  # noqa: S608
NAME_AUTHOR = f"""INSERT INTO {AUTHOR} VALUES (gen_random_uuid(), now(),
    NEW.organisation_id, NEW.assessment_id, NEW.answered_by_id) ON CONFLICT DO NOTHING"""  # noqa: S608

# Name, when, table, condition, and the words of the refusal.
REFUSALS = [
    (
        "insert",
        "BEFORE INSERT",
        "assessments_answer",
        IS_FROZEN.format(former="NEW"),
        FROZEN,
    ),
    ("update", "BEFORE UPDATE", "assessments_answer", IS_FROZEN.format(former="OLD"), FROZEN),
    ("author", "BEFORE INSERT", "assessments_decision", IS_AUTHOR, BY_AUTHOR),
    ("revision", "BEFORE INSERT", "assessments_decision", NOT_IN_REVIEW, OTHER_REVISION),
    ("change", f"BEFORE UPDATE OF {SIGNED}", "assessments_decision", "1 = 1", UNCHANGED),
    ("change", "BEFORE UPDATE", "assessments_submission", "1 = 1", UNCHANGED),
]
EVENTS = ("INSERT", "UPDATE")


def add(apps: StateApps | None, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            _add_on_postgresql(cursor)
        else:
            _add_on_sqlite(cursor)


def drop(apps: StateApps | None, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    names = [(f"{table}_refuses_{name}", table) for name, _when, table, _if, _words in REFUSALS]
    names += [(_author_trigger(event), "assessments_answer") for event in EVENTS]
    with schema_editor.connection.cursor() as cursor:
        for name, table in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + f" ON {table}" * on_postgresql)
            if on_postgresql:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _author_trigger(event: str) -> str:
    return f"assessments_answer_names_author_on_{event.lower()}"


def _add_on_sqlite(cursor: CursorWrapper) -> None:
    for name, when, table, condition, words in REFUSALS:
        cursor.execute(
            f"CREATE TRIGGER {table}_refuses_{name} {when} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    for event in EVENTS:
        # Not OR IGNORE: the conflict clause of the statement that fires it would win over it.
        cursor.execute(
            f"CREATE TRIGGER {_author_trigger(event)} AFTER {event} ON assessments_answer "
            f"WHEN {NEEDS_AUTHOR} BEGIN {NAME_AUTHOR_ONCE}; END"
        )


def _add_on_postgresql(cursor: CursorWrapper) -> None:
    for name, when, table, condition, words in REFUSALS:
        body = (
            f"IF {condition} THEN RAISE EXCEPTION '{words}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        )
        _on_postgresql(cursor, f"{table}_refuses_{name}", when, table, body)
    for event in EVENTS:
        body = f"IF {NEEDS_AUTHOR} THEN {NAME_AUTHOR}; END IF;"
        _on_postgresql(cursor, _author_trigger(event), f"AFTER {event}", "assessments_answer", body)


def _on_postgresql(cursor: CursorWrapper, name: str, when: str, table: str, body: str) -> None:
    cursor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NEW; END $$"
    )
    cursor.execute(
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


ADD = RunPython(add, drop)
DROP = RunPython(drop, add)
