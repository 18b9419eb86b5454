from accounts.models.invitation import Invitation, InvitationQuerySet
from accounts.models.membership import Membership, MembershipQuerySet
from accounts.models.organisation import Organisation, OrganisationQuerySet
from accounts.models.roles import Role, RoleHolder
from accounts.models.scoping import Actor, OrganisationScoped, ScopedQuerySet
from accounts.models.user import User

__all__ = [
    "Actor",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "OrganisationScoped",
    "Role",
    "RoleHolder",
    "ScopedQuerySet",
    "User",
]
