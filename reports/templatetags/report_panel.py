"""The reports of one assessment on a page of a lower layer, which may not import this one."""

from typing import Any

from django import template
from django.template import RequestContext

from accounts.models import Membership
from assessments.models import Assessment
from reports.pages import language_choices, may_request, report_line
from reports.selectors import reports_of

register = template.Library()
# The others are on the page of all reports.
NEWEST = 8


@register.inclusion_tag("reports/_panel.html", takes_context=True)
def report_panel(context: RequestContext, assessment: Assessment) -> dict[str, Any]:
    member: Membership = context["membership"]
    reports = reports_of(member).filter(assessment=assessment)[:NEWEST]
    return {
        "assessment": assessment,
        "reports": [report_line(report) for report in reports],
        "may_request": may_request(member),
        "languages": language_choices(),
        "csrf_token": context.get("csrf_token"),
    }
