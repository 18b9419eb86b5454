"""What a page of the register, which lies below, tells of the uses that a change touches."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils.translation import get_language

from assessments.replacing_pages import uses_touched
from models_registry.comparison.chosen import Chosen
from models_registry.models import AISystem

register = template.Library()


@register.inclusion_tag("assessments/_uses_touched.html", takes_context=True)
def touched_uses(
    context: RequestContext, before: Chosen, after: Chosen, system: AISystem | None
) -> dict[str, Any]:
    language = (get_language() or "en")[:2]
    return uses_touched(context["membership"], before, after, system, language)
