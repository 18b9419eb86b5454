from collections.abc import Iterable
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.scoping import OrganisationScoped, ScopedQuerySet


class Role(models.TextChoices):
    ADMIN = "admin", _("administrator")
    OFFICER = "officer", _("compliance officer")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    CONTRIBUTOR = "contributor", _("contributor")
    AUDITOR = "auditor", _("auditor (reads only)")


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    def in_force(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)

    def holding(self, role: Role) -> Self:
        return self.filter(**{f"is_{role.value}": True})


class Membership(OrganisationScoped):
    """What one person may do in one organisation; as an actor it sees that organisation only.

    The roles are columns, so that both databases can search them and refuse a member without any.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="memberships"
    )
    is_admin = models.BooleanField(default=False)
    is_officer = models.BooleanField(default=False)
    is_reviewer = models.BooleanField(default=False)
    is_approver = models.BooleanField(default=False)
    is_contributor = models.BooleanField(default=False)
    is_auditor = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="a_person_is_a_member_once"
            ),
            models.CheckConstraint(
                condition=Q(is_admin=True)
                | Q(is_officer=True)
                | Q(is_reviewer=True)
                | Q(is_approver=True)
                | Q(is_contributor=True)
                | Q(is_auditor=True),
                name="a_membership_has_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"

    @staticmethod
    def flags(roles: Iterable[Role | str]) -> dict[str, bool]:
        """The roles as column values, to create or update a membership with."""
        held = {Role(role) for role in roles}
        return {f"is_{role.value}": role in held for role in Role}

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if getattr(self, f"is_{role.value}"))

    def has_role(self, *roles: Role | str) -> bool:
        """Whether the member holds at least one of these roles."""
        return any(role in self.roles for role in roles)

    def visible_organisation_ids(self) -> Iterable[UUID]:
        return [self.organisation_id] if self.is_active else []
