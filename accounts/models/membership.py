from collections.abc import Iterable
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models.roles import Role, RoleHolder
from accounts.models.scoping import OrganisationScoped, ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    def in_force(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)

    def holding(self, role: Role) -> Self:
        return self.filter(**{f"is_{role.value}": True})


class Membership(RoleHolder, OrganisationScoped):
    """What one person may do in one organisation; as an actor it sees that organisation only."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="memberships"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="a_person_is_a_member_once"
            ),
            models.CheckConstraint(condition=RoleHolder.HAS_A_ROLE, name="a_membership_has_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"

    def visible_organisation_ids(self) -> Iterable[UUID]:
        return [self.organisation_id] if self.is_active else []
