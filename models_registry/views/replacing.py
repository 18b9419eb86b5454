"""What if another model took a model's place, alone or in a system; the pages change nothing."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from accounts.models import Membership
from models_registry.comparison.chooser import catalogue_models, own_models
from models_registry.models import AIModel
from models_registry.pages import address
from models_registry.selectors import models_of, systems_of
from models_registry.sovereignty.replacing_pages import replacing_page
from models_registry.views.comparison import chosen_or_404


@require_safe
@member_required
def model_replace(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    context = {"subject": str(model), "subject_url": address(model), "system": None}
    return _page(request, member, model, context)


@require_safe
@member_required
def system_replace(request: HttpRequest, system_id: UUID) -> HttpResponse:
    member = member_of(request)
    system = get_object_or_404(systems_of(member), pk=system_id)
    parts = [part.model for part in system.parts.all()]
    context = {
        "subject": str(system),
        "subject_url": address(system),
        "parts": parts,
        "system": system,
    }
    return _page(request, member, _part(request, parts), context)


def _part(request: HttpRequest, parts: list[AIModel]) -> AIModel | None:
    """The model in the system that is to go; the only one where it has one."""
    wanted = request.GET.get("model", "")
    if not wanted:
        return parts[0] if len(parts) == 1 else None
    found = next((part for part in parts if str(part.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, member: Membership, model: AIModel | None, context: dict[str, Any]
) -> HttpResponse:
    by = request.GET.get("by", "").strip()
    if by and model and by != str(model.pk):
        before, after = chosen_or_404(member, [str(model.pk), by])
        context |= {"change": replacing_page(before, after)}
        context |= {"replaced_model": before, "taking_over": after}
        return render(request, "models_registry/replacing.html", context)
    text = request.GET.get("q", "").strip()[:200]
    own, more = own_models(member, text, without={str(model.pk)} if model else set())
    context |= {"model": model, "q": text, "own": own, "more": more}
    context |= {"catalogue": catalogue_models(text)}
    return render(request, "models_registry/replacing_choose.html", context)
