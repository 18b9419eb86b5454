from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_of, member_required
from models_registry.comparison.chooser import example_comparison
from models_registry.evidence.pages import material_of
from models_registry.filters import ModelFilter
from models_registry.lineage.pages import lineage_part
from models_registry.model_forms import AIModelForm
from models_registry.pages import address, model_lines, model_page, sections, what_she_may
from models_registry.runs.pages import checks_part
from models_registry.selectors import listed_models, models_of
from models_registry.services import register_model, update_model
from models_registry.sovereignty.pages import deployment_lines
from models_registry.starter.pages import from_catalogue
from models_registry.views.flow import form_for, registrar, retire_or_restore, saved


@require_safe
@member_required
def model_list(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    rows = models_of(member)
    filters = ModelFilter(request)
    page = filters.page(rows, shown=listed_models(member))
    context = {
        "sections": sections("model"),
        "filters": filters,
        "models": model_lines(page.rows),
        "is_begun": bool(page.rows) or rows.exists(),
        "page": page,
        "example_comparison_url": example_comparison(),
        **what_she_may(member),
    }
    return render(request, "models_registry/model_list.html", context)


@require_safe
@member_required
def model_detail(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    context = {
        "model": model_page(model, member) | {"lineage": lineage_part(model)},
        "from_catalogue": from_catalogue(model),
        "material": material_of(model, member, localdate()),
        "deployments": deployment_lines(model, member),
        "checks": checks_part(model, member),
        **what_she_may(member, model),
    }
    return render(request, "models_registry/model_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def model_register(request: HttpRequest) -> HttpResponse:
    member = registrar(request)
    form = form_for(request, AIModelForm, member)
    save = partial(register_model, organisation=member.organisation, by=member.user)
    if form.is_bound and (model := saved(form, save)):
        return redirect("models_registry:model-detail", model.pk)
    context = {"form": form, "cancel_url": reverse("models_registry:model-list")}
    return render(request, "models_registry/model_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def model_edit(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    registrar(request)
    form = form_for(
        request, partial(AIModelForm, model=model), member, initial=AIModelForm.of(model)
    )
    save = partial(update_model, model=model, by=member.user, seen=form.state_seen)
    if form.is_bound and saved(form, save, row=model):
        return redirect("models_registry:model-detail", model.pk)
    context = {"form": form, "model": model, "cancel_url": address(model)}
    return render(request, "models_registry/model_form.html", context)


@require_POST
@member_required
def model_retire(request: HttpRequest, model_id: UUID) -> HttpResponse:
    return _moved(request, model_id, retired=True)


@require_POST
@member_required
def model_restore(request: HttpRequest, model_id: UUID) -> HttpResponse:
    return _moved(request, model_id, retired=False)


def _moved(request: HttpRequest, model_id: UUID, *, retired: bool) -> HttpResponse:
    model = get_object_or_404(models_of(member_of(request)), pk=model_id)
    retire_or_restore(request, model, retired=retired)
    return redirect("models_registry:model-detail", model.pk)
