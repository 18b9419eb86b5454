import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations_and_profiles"),
        ("models_registry", "0006_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckRun",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opening", "opening the files"),
                            ("checking", "running the checks"),
                            ("storing", "storing the results"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "failure",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("refused", "The material could not be read."),
                            ("gone", "A file is no longer in the storage."),
                            ("stopped", "The worker stopped in the middle of it."),
                            ("other", "Something went wrong while the files were checked."),
                        ],
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("files", models.JSONField(default=list)),
                ("claims", models.JSONField(default=dict)),
                ("checks_done", models.PositiveSmallIntegerField(default=0)),
                ("checks_total", models.PositiveSmallIntegerField(default=0)),
                ("refusals", models.JSONField(default=list)),
                ("results", models.JSONField(default=list)),
                ("summary", models.JSONField(default=dict)),
                ("accounts", models.JSONField(default=dict)),
                ("catalogue_digest", models.CharField(blank=True, max_length=64)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_runs",
                        to="models_registry.aimodel",
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
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["state", "queued_at"], name="check_runs_by_state"),
                    models.Index(
                        fields=["model", "-created_at", "-id"], name="check_runs_of_a_model"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "fingerprint"), name="the_same_material_is_checked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_failed_check_run_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deployment",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("operator", models.CharField(blank=True, max_length=200, verbose_name="operator")),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deployments",
                        to="models_registry.aimodel",
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
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "name"),
                        name="a_deployment_is_named_once",
                        violation_error_message="The model has a deployment of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceDecision",
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
                (
                    "plan_on",
                    models.CharField(
                        choices=[
                            ("likely_meets", "plan as if the licence met the exemption"),
                            ("likely_fails", "plan as if the licence did not meet it"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        max_length=4000,
                        validators=[django.core.validators.MaxLengthValidator(4000)],
                        verbose_name="reason",
                    ),
                ),
                ("text_sha256", models.CharField(blank=True, max_length=64)),
                ("decided_on", models.DateField()),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="licence_decisions",
                        to="models_registry.aimodel",
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
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_licence_decision_has_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("model",),
                        name="one_licence_decision_of_a_model_stands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinimumLevel",
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
                ("dimension", models.CharField(max_length=40)),
                (
                    "level",
                    models.FloatField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3),
                        ]
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
                "ordering": ["dimension"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "dimension"), name="a_dimension_has_one_minimum"
                    )
                ],
            },
        ),
    ]
