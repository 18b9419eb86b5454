from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import current_membership, memberships_of
from accounts.models import Membership


def organisation(request: HttpRequest) -> dict[str, Any]:
    """`membership` and `other_memberships` in templates; looked up only by those that use them."""
    return {
        "membership": SimpleLazyObject(lambda: current_membership(request)),
        "other_memberships": SimpleLazyObject(lambda: _others(request)),
    }


def _others(request: HttpRequest) -> list[Membership]:
    chosen = current_membership(request)
    return [membership for membership in memberships_of(request) if membership != chosen]
