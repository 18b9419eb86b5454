import django.core.validators
import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import models_registry.models.evidence


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations_and_profiles"),
        ("models_registry", "0005_register_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
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
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("content", models.CharField(max_length=20)),
                ("quarantined", models.CharField(blank=True, max_length=80)),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=models_registry.models.evidence.place_of
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
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("model_files", "files of a model"),
                            ("pack", "pack of headers and hashes"),
                            ("model_card", "model card"),
                            ("system_card", "system card of the provider"),
                            ("ml_bom", "bill of materials (ML-BOM)"),
                            ("spdx", "SPDX document"),
                            ("licence", "licence or terms of use"),
                            ("certificate", "certificate"),
                            ("training_summary", "summary of the training content"),
                            ("evaluation", "test or evaluation"),
                            ("contract", "contract"),
                            ("instructions", "instructions for use"),
                            ("policy", "policy or procedure"),
                            ("record", "record or protocol"),
                            ("other", "other document"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("issuer", models.CharField(blank=True, max_length=200, verbose_name="issuer")),
                (
                    "issued_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the evidence"),
                ),
                (
                    "period_from",
                    models.DateField(blank=True, null=True, verbose_name="covers from"),
                ),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="covers until")),
                ("scope", models.CharField(blank=True, max_length=400, verbose_name="scope")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("internal", "internal"),
                            ("confidential", "confidential"),
                        ],
                        default="internal",
                        max_length=20,
                        verbose_name="confidentiality",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("asserted", "asserted"),
                            ("documented", "documented"),
                            ("verified", "verified"),
                            ("independent", "independent"),
                        ],
                        default="asserted",
                        max_length=20,
                        verbose_name="strength",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[django.core.validators.MaxLengthValidator(4000)],
                        verbose_name="note",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("archived_at", models.DateTimeField(editable=False, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                (
                    "stored",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="models_registry.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                    "model",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
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
                    "system",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="models_registry.aisystem",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="models_registry.evidence",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("model__isnull", False), ("system", None)),
                            models.Q(("model", None), ("system__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_is_attached_to_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("model__isnull", False)),
                        fields=("evidence", "model"),
                        name="evidence_is_attached_to_a_model_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("system__isnull", False)),
                        fields=("evidence", "system"),
                        name="evidence_is_attached_to_a_system_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                fields=("organisation", "sha256"), name="the_same_bytes_are_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["organisation", "-created_at", "-id"], name="evidence_by_age"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("valid_to__isnull", False)),
                fields=["organisation", "valid_to"],
                name="evidence_by_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link", ""), ("stored__isnull", False)),
                    models.Q(("stored", None), models.Q(("link", ""), _negated=True)),
                    _connector="OR",
                ),
                name="evidence_is_a_file_or_a_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_confirmation_has_a_person_and_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("strength", "verified"), _negated=True),
                    ("confirmed_by__isnull", False),
                    _connector="OR",
                ),
                name="verified_evidence_names_who_checked_it",
            ),
        ),
    ]
