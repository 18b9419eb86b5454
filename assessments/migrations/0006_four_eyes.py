from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from assessments.triggers import ADD


def name_authors(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those who answered before the database itself kept the list."""
    Answer, Author = (apps.get_model("assessments", name) for name in ("Answer", "Author"))
    given = Answer.objects.exclude(answered_by=None).order_by()
    rows = given.values_list("organisation", "assessment", "answered_by").distinct()
    Author.objects.bulk_create(
        (
            Author(organisation_id=organisation, assessment_id=assessment, person_id=person)
            for organisation, assessment, person in rows.iterator()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_decisions_tied")]

    operations = [ADD, migrations.RunPython(name_authors, migrations.RunPython.noop)]
