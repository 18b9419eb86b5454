from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.models.scoping import ScopedQuerySet


class OrganisationQuerySet(ScopedQuerySet["Organisation"]):
    organisation_path = "pk"


class Organisation(models.Model):
    """A tenant: the company or authority whose uses of AI are assessed."""

    class SizeClass(models.TextChoices):
        SME = "sme", _("small or medium-sized enterprise")
        SMC = "smc", _("small mid-cap enterprise")
        OTHER = "other", _("larger than that")

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        PRIVATE_PUBLIC_SERVICE = "private_public_service", _("private body with a public service")
        PUBLIC_AUTHORITY = "public_authority", _("public authority")
        UNION_BODY = "union_body", _("institution, body or agency of the Union")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    size_class = models.CharField(
        _("size"), max_length=10, choices=SizeClass.choices, default=SizeClass.OTHER
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, default=Kind.COMPANY)
    seat = models.CharField(
        _("country of its seat"),
        max_length=2,
        blank=True,
        help_text=_("Two capital letters, as in DE."),
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Write two capital letters, as in DE."))],
    )
    # Worldwide, in euro, of the last financial year: the ceiling of a fine may depend on it.
    turnover = models.DecimalField(
        _("annual turnover"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    is_example = models.BooleanField(default=False)
    # The organisation whose members play in this one.
    example_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="example"
    )
    # When somebody last went through the facts above; empty while they are as they were set up.
    profile_checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size_class__in=["sme", "smc", "other"]), name="a_size_class_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "company",
                        "private_public_service",
                        "public_authority",
                        "union_body",
                    ]
                ),
                name="a_kind_of_organisation_is_known",
            ),
            models.CheckConstraint(
                condition=Q(turnover__isnull=True) | Q(turnover__gte=0),
                name="a_turnover_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(example_of=None) | Q(is_example=True),
                name="what_belongs_to_another_is_an_example",
            ),
        ]

    def __str__(self) -> str:
        return self.name
