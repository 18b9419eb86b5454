import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations_and_profiles"),
        ("assessments", "0006_four_eyes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # An index is added without rebuilding the table, so its triggers stay.
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                fields=["organisation", "question_id", "-answered_at"], name="answers_to_a_question"
            ),
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("whom", models.CharField(max_length=200, verbose_name="whom to ask")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=1000, verbose_name="what to ask"),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inquiry",
                        to="assessments.answer",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "inquiries",
                "constraints": [
                    models.CheckConstraint(condition=~Q(whom=""), name="an_inquiry_names_somebody")
                ],
            },
        ),
    ]
