import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models

import models_registry.models.ai_model


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations_and_profiles"),
        ("models_registry", "0004_retired_uses"),
    ]

    operations = [
        migrations.AddField(
            model_name="aimodel",
            name="catalogue_id",
            field=models.CharField(blank=True, editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="compute_is_lower_bound",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="context_length",
            field=models.PositiveBigIntegerField(
                blank=True, null=True, verbose_name="context in tokens"
            ),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="general_purpose",
            field=models.BooleanField(blank=True, null=True, verbose_name="general-purpose model"),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="input_modalities",
            field=models.JSONField(
                blank=True,
                default=list,
                validators=[models_registry.models.ai_model.known_modalities],
                verbose_name="takes in",
            ),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="licence_id",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="output_modalities",
            field=models.JSONField(
                blank=True,
                default=list,
                validators=[models_registry.models.ai_model.known_modalities],
                verbose_name="gives out",
            ),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="parameters_active",
            field=models.FloatField(blank=True, null=True, verbose_name="active parameters"),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="parameters_total",
            field=models.FloatField(blank=True, null=True, verbose_name="parameters"),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="released_on",
            field=models.DateField(blank=True, null=True, verbose_name="released on"),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="repository",
            field=models.CharField(blank=True, max_length=200, verbose_name="repository"),
        ),
        migrations.AddField(
            model_name="aimodel",
            name="training_tokens",
            field=models.FloatField(blank=True, null=True, verbose_name="training tokens"),
        ),
        migrations.AddField(
            model_name="supplier",
            name="eu_representative",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="authorised representative in the Union"
            ),
        ),
        migrations.AddField(
            model_name="systemmodel",
            name="modification",
            field=models.CharField(blank=True, max_length=400, verbose_name="how it was modified"),
        ),
        migrations.AddField(
            model_name="systemmodel",
            name="modification_compute",
            field=models.FloatField(
                blank=True, null=True, verbose_name="compute of the modification (FLOP)"
            ),
        ),
        migrations.CreateModel(
            name="SupplierIdentifier",
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
                    "scheme",
                    models.CharField(
                        choices=[
                            ("0199", "LEI (legal entity identifier)"),
                            ("0060", "D-U-N-S number"),
                            ("0088", "GLN (GS1)"),
                            ("0204", "Leitweg-ID"),
                            ("vat", "VAT identification number"),
                            ("euid", "EUID (European company identifier)"),
                            ("own", "our own supplier number"),
                        ],
                        max_length=20,
                        verbose_name="scheme",
                    ),
                ),
                ("value", models.CharField(max_length=120, verbose_name="number")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="models_registry.supplier",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "value"],
            },
        ),
        migrations.CreateModel(
            name="Derivation",
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
                    "relation",
                    models.CharField(
                        choices=[
                            ("fine_tune", "fine-tuned"),
                            ("quantised", "quantised"),
                            ("adapter", "adapter"),
                            ("merge", "merged"),
                            ("distilled", "distilled"),
                        ],
                        max_length=20,
                        verbose_name="relation",
                    ),
                ),
                (
                    "compute",
                    models.FloatField(
                        blank=True, null=True, verbose_name="compute of the modification (FLOP)"
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="descent",
                        to="models_registry.aimodel",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ancestry",
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
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "base"),
                        name="a_base_model_is_named_once",
                        violation_error_message="The model stands twice; name it once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("model", models.F("base")), _negated=True),
                        name="no_model_is_made_from_itself",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="supplieridentifier",
            constraint=models.UniqueConstraint(
                fields=("organisation", "scheme", "value"),
                name="an_identifier_names_one_supplier",
                violation_error_message="Another supplier has this number already.",
            ),
        ),
    ]
