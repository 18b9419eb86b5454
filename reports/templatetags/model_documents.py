"""What can be taken out of one run of checks, on pages of a lower layer."""

from typing import Any

from django import template
from django.template import RequestContext

from accounts.models import Membership
from models_registry.evidence.discretion import discretion_for
from models_registry.models import CheckRun
from reports.dossier_pages import dossier_lines, exports_of
from reports.pages import language_choices, may_request

register = template.Library()


@register.inclusion_tag("reports/_model_documents.html", takes_context=True)
def model_documents(context: RequestContext, run: CheckRun) -> dict[str, Any]:
    member: Membership = context["membership"]
    return {
        "kept_back": len(discretion_for(member, run).kept_back),
        "run": run,
        "documents": dossier_lines(run, member),
        "exports": exports_of(run),
        "may_request": may_request(member),
        "languages": language_choices(),
        "csrf_token": context.get("csrf_token"),
    }
