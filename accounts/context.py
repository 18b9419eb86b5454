from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import current_membership


def organisation(request: HttpRequest) -> dict[str, Any]:
    """`membership` in templates; looked up only by those that use it."""
    return {"membership": SimpleLazyObject(lambda: current_membership(request))}
