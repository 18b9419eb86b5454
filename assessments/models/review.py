import zlib
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, Role, ScopedQuerySet


class Author(OrganisationScoped):
    """Somebody who changed an answer since the last decision, and so may not decide.

    A trigger on answers writes these rows, whoever saves an answer; people never take them away.
    """

    assessment = models.ForeignKey("assessments.Assessment", models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[ScopedQuerySet["Author"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "person"], name="an_author_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Submission(OrganisationScoped):
    """One revision as it was handed to a second person, with answers and result frozen.

    The text is canonical JSON (RFC 8785); the rows are written once.
    """

    assessment = models.ForeignKey(
        "assessments.Assessment", models.PROTECT, related_name="submissions"
    )
    revision = models.PositiveIntegerField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_as = models.CharField(max_length=20, choices=Role.choices, blank=True)
    law_version = models.CharField(max_length=10)
    catalogue_digest = models.CharField(max_length=64)
    # What was assessed at which version, whatever its row says later.
    subject_id = models.UUIDField()
    subject_version = models.CharField(max_length=60, blank=True)
    # Compressed, because it tells the whole result in each language.
    packed = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[ScopedQuerySet["Submission"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.assessment_id} r{self.revision}"

    @staticmethod
    def pack(text: str) -> bytes:
        return zlib.compress(text.encode())

    @property
    def snapshot(self) -> str:
        return zlib.decompress(bytes(self.packed)).decode()


class Review(OrganisationScoped):
    """What a second person found on looking through a submission, short of a decision."""

    class Verdict(models.TextChoices):
        NO_OBJECTION = "no_objection", _("no objection")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")

    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="reviews")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    revision = models.PositiveIntegerField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason = models.TextField(
        _("reason"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_as = models.CharField(max_length=20, choices=Role.choices)

    objects: ClassVar[ScopedQuerySet["Review"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="no_objection") | ~Q(reason=""),
                name="who_asks_for_changes_says_which",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.reviewed_by}"


class Disagreement(OrganisationScoped):
    """Why somebody holds the computed class to be wrong; it never changes the class."""

    assessment = models.ForeignKey(
        "assessments.Assessment", models.PROTECT, related_name="disagreements"
    )
    revision = models.PositiveIntegerField()
    # The class that was computed when the reason was written.
    headline = models.CharField(max_length=30)
    reason = models.TextField(_("reason"), max_length=4000, validators=[MaxLengthValidator(4000)])
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ScopedQuerySet["Disagreement"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "stated_by"],
                condition=Q(withdrawn_at=None),
                name="a_person_disagrees_once_at_a_time",
                violation_error_message=_(
                    "You have stated your reason already; take it back first."
                ),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="who_disagrees_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.stated_by}: {self.headline}"
