from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_since_day")]

    operations = [
        migrations.RemoveIndex(model_name="assessment", name="assessments_by_headline"),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                fields=["organisation", "headline", "next_day", "state", "reassesses", "use_case"],
                name="assessments_counted",
            ),
        ),
    ]
