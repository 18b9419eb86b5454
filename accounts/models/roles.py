from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMIN = "admin", _("administrator")
    OFFICER = "officer", _("compliance officer")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    CONTRIBUTOR = "contributor", _("contributor")
    AUDITOR = "auditor", _("auditor (reads only)")

    @property
    def explanation(self) -> Promise:
        """What somebody with this role does, in a sentence."""
        return EXPLANATIONS[self]


EXPLANATIONS: dict[Role, Promise] = {
    Role.ADMIN: _("Invites people, gives and ends roles, keeps the facts about the organisation."),
    Role.OFFICER: _("Registers uses, answers every question and sends assessments to review."),
    Role.REVIEWER: _("Checks what others answered and asks for changes."),
    Role.APPROVER: _("Approves or rejects assessments in which somebody else gave the answers."),
    Role.CONTRIBUTOR: _("Answers questions about uses, and decides nothing."),
    Role.AUDITOR: _("Reads everything in the organisation and changes nothing."),
}


class RoleHolder(models.Model):
    """Roles as columns, so that both databases can search them and refuse a row without any."""

    is_admin = models.BooleanField(default=False)
    is_officer = models.BooleanField(default=False)
    is_reviewer = models.BooleanField(default=False)
    is_approver = models.BooleanField(default=False)
    is_contributor = models.BooleanField(default=False)
    is_auditor = models.BooleanField(default=False)

    HAS_A_ROLE = (
        Q(is_admin=True)
        | Q(is_officer=True)
        | Q(is_reviewer=True)
        | Q(is_approver=True)
        | Q(is_contributor=True)
        | Q(is_auditor=True)
    )

    class Meta:
        abstract = True

    @staticmethod
    def flags(roles: Iterable[Role | str]) -> dict[str, bool]:
        """The roles as column values, to create or update a row with."""
        held = {Role(role) for role in roles}
        return {f"is_{role.value}": role in held for role in Role}

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if getattr(self, f"is_{role.value}"))

    def has_role(self, *roles: Role | str) -> bool:
        """Whether at least one of these roles is held."""
        return any(role in self.roles for role in roles)
