from accounts.models.membership import Membership, MembershipQuerySet, Role
from accounts.models.organisation import Organisation, OrganisationQuerySet
from accounts.models.scoping import Actor, OrganisationScoped, ScopedQuerySet
from accounts.models.user import User

__all__ = [
    "Actor",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "OrganisationScoped",
    "Role",
    "ScopedQuerySet",
    "User",
]
