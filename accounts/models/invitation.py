from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.roles import RoleHolder
from accounts.models.scoping import OrganisationScoped, ScopedQuerySet


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    def pending(self) -> Self:
        """Those that nobody has used or withdrawn, expired ones included."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(RoleHolder, OrganisationScoped):
    """An open place in one organisation, with its roles, for whoever reads mail at an address.

    It ends by being accepted, by being withdrawn, or on its last day. `sends` is part of the signed
    link, so that only the link of the latest mail works.
    """

    VALID_FOR = timedelta(days=7)

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language of the mail"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    invited_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="invitations"
    )
    sends = models.PositiveSmallIntegerField(default=1)
    # Empty until the mail server took the latest mail.
    mailed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="an_address_is_invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=RoleHolder.HAS_A_ROLE, name="an_invitation_names_a_role"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="an_invitation_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))), name="an_invited_email_is_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.organisation})"

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at <= now
