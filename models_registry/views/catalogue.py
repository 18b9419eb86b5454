from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import StarterModel
from models_registry.pages import sections, what_she_may
from models_registry.services.copying import copy_of, copy_starter_model
from models_registry.sovereignty.knowledge import check_catalogue
from models_registry.starter.filters import StarterFilter
from models_registry.starter.pages import starter_lines, starter_page
from models_registry.views.flow import registrar


@require_safe
@member_required
def starter_list(request: HttpRequest) -> HttpResponse:
    filters = StarterFilter(request)
    found = filters.found()
    context = {
        "sections": sections("starter"),
        "filters": filters,
        "models": starter_lines(found, member_of(request)),
        "shown": len(found),
        "total": len(starter(check_catalogue()).models),
    }
    return render(request, "models_registry/starter_list.html", context)


@require_safe
@member_required
def starter_model(request: HttpRequest, entry_id: str) -> HttpResponse:
    member = member_of(request)
    context = {"model": starter_page(_entry(entry_id), member), **what_she_may(member)}
    return render(request, "models_registry/starter_detail.html", context)


@require_POST
@member_required
def starter_copy(request: HttpRequest, entry_id: str) -> HttpResponse:
    member = registrar(request)
    entry = _entry(entry_id)
    there = copy_of(entry.id, member.organisation)
    try:
        model = there or copy_starter_model(
            model_id=entry.id, organisation=member.organisation, by=member.user
        )
    except ValidationError:
        messages.error(request, _("Your register has another model of this name already."))
        return redirect("models_registry:starter-model", entry.id)
    _tell(request, entry, new=there is None)
    return redirect("models_registry:model-detail", model.pk)


def _tell(request: HttpRequest, entry: StarterModel, *, new: bool) -> None:
    if not new:
        messages.info(request, _("This model was copied before. Here it is."))
    elif entry.access:
        messages.success(request, _("Copied. Check the values that matter to you."))
    else:
        text = _("Copied. Whether the files are gated is not known: check the access.")
        messages.success(request, text)


def _entry(entry_id: str) -> StarterModel:
    try:
        return starter(check_catalogue()).models[entry_id]
    except KeyError as error:
        raise Http404 from error
