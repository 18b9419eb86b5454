from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Actor, Membership, OrganisationScoped, Role, ScopedQuerySet
from models_registry.models.ai_model import AIModel
from models_registry.models.system import AISystem


def place_of(stored: "StoredFile", _name: str) -> str:
    """Where the bytes lie: by organisation and content, so that no name of a stranger is used."""
    sha256 = stored.sha256
    return f"evidence/{stored.organisation_id}/{sha256[:2]}/{sha256}"


class StoredFile(OrganisationScoped):
    """Bytes by their SHA-256, kept once in an organisation however often they are uploaded.

    `quarantined` names a refusal of the check catalogue (`checks.catalogue.refusal`) for a file
    that may be looked at by name and hash only: nobody can download it, and nothing reads it but
    the checks, which look into archives around such a file without running it.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # What the bytes are, as `checks.intake.content` names it; never what their name says.
    content = models.CharField(max_length=20)
    quarantined = models.CharField(max_length=80, blank=True)
    file = models.FileField(upload_to=place_of, max_length=200)

    objects: ClassVar[ScopedQuerySet["StoredFile"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"], name="the_same_bytes_are_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


# Of what is confidential, others see what they added themselves.
READS_CONFIDENTIAL = (Role.ADMIN, Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.AUDITOR)


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    def visible_to(self, actor: Actor | AnonymousUser) -> Self:
        """Without what is confidential, for those whose work needs it not."""
        rows = super().visible_to(actor)
        person = getattr(actor, "user_id", None) or getattr(actor, "pk", None)
        if isinstance(actor, Membership) and actor.has_role(*READS_CONFIDENTIAL):
            return rows
        return rows.exclude(~Q(added_by=person), confidentiality="confidential")

    def current(self) -> Self:
        """Without what was put away."""
        return self.filter(archived_at=None)


class Evidence(OrganisationScoped):
    """A document or a link that shows something, and who vouches for it."""

    class Kind(models.TextChoices):
        MODEL_FILES = "model_files", _("files of a model")
        PACK = "pack", _("pack of headers and hashes")
        MODEL_CARD = "model_card", _("model card")
        SYSTEM_CARD = "system_card", _("system card of the provider")
        ML_BOM = "ml_bom", _("bill of materials (ML-BOM)")
        SPDX = "spdx", _("SPDX document")
        LICENCE = "licence", _("licence or terms of use")
        CERTIFICATE = "certificate", _("certificate")
        TRAINING_SUMMARY = "training_summary", _("summary of the training content")
        EVALUATION = "evaluation", _("test or evaluation")
        CONTRACT = "contract", _("contract")
        INSTRUCTIONS = "instructions", _("instructions for use")
        POLICY = "policy", _("policy or procedure")
        RECORD = "record", _("record or protocol")
        OTHER = "other", _("other document")

    class Confidentiality(models.TextChoices):
        PUBLIC = "public", _("public")
        INTERNAL = "internal", _("internal")
        CONFIDENTIAL = "confidential", _("confidential")

    class Strength(models.TextChoices):
        ASSERTED = "asserted", _("asserted")
        DOCUMENTED = "documented", _("documented")
        VERIFIED = "verified", _("verified")
        INDEPENDENT = "independent", _("independent")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    stored = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    # What the file was called where it came from; shown, never used as a path.
    file_name = models.CharField(max_length=255, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issued_on = models.DateField(_("date of the evidence"), null=True, blank=True)
    period_from = models.DateField(_("covers from"), null=True, blank=True)
    period_to = models.DateField(_("covers until"), null=True, blank=True)
    scope = models.CharField(_("scope"), max_length=400, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    confidentiality = models.CharField(
        _("confidentiality"),
        max_length=20,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    strength = models.CharField(
        _("strength"), max_length=20, choices=Strength.choices, default=Strength.ASSERTED
    )
    note = models.TextField(
        _("note"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Who compared content and date with the original, which makes it verified by a person.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[EvidenceQuerySet] = EvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "-id"], name="evidence_by_age"),
            models.Index(
                fields=["organisation", "valid_to"],
                condition=Q(valid_to__isnull=False, archived_at=None),
                name="evidence_by_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stored__isnull=False, link="") | (Q(stored=None) & ~Q(link="")),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_confirmation_has_a_person_and_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(strength="verified") | Q(confirmed_by__isnull=False),
                name="verified_evidence_names_who_checked_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AttachmentQuerySet(ScopedQuerySet["Attachment"]):
    def visible_to(self, actor: Actor | AnonymousUser) -> Self:
        """Of evidence that the actor may see."""
        return super().visible_to(actor).filter(evidence__in=Evidence.objects.visible_to(actor))


class Attachment(OrganisationScoped):
    """Evidence about one model or one system; all files of a model are what its checks look at."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="attachments")
    model = models.ForeignKey(
        AIModel, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    system = models.ForeignKey(
        AISystem, models.CASCADE, null=True, blank=True, related_name="attachments"
    )

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(model__isnull=False, system=None) | Q(model=None, system__isnull=False),
                name="evidence_is_attached_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["evidence", "model"],
                condition=Q(model__isnull=False),
                name="evidence_is_attached_to_a_model_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "system"],
                condition=Q(system__isnull=False),
                name="evidence_is_attached_to_a_system_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}: {self.model or self.system}"
