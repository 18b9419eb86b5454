"""The button that asks for the document of a comparison, on a page of a lower layer."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import RequestContext

from accounts.models import Membership
from reports.pages import may_request

register = template.Library()


@register.inclusion_tag("reports/_comparison_request.html", takes_context=True)
def comparison_document(
    context: RequestContext, columns: Sequence[dict[str, Any]], differences_only: bool
) -> dict[str, Any]:
    member: Membership = context["membership"]
    return {
        "keys": [column["key"] for column in columns],
        "differences_only": differences_only,
        "may_request": may_request(member),
        "csrf_token": context.get("csrf_token"),
    }
