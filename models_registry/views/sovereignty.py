"""Deployments of models, their profiles, and the minimum levels of an organisation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Actor
from models_registry.models import AIModel, Deployment
from models_registry.pages import address
from models_registry.selectors import models_of
from models_registry.services import StaleError
from models_registry.services.deployments import (
    register_deployment,
    remove_deployment,
    set_minimum_levels,
    update_deployment,
)
from models_registry.sovereignty.deployment_forms import DeploymentForm, MinimumLevelForm
from models_registry.sovereignty.pages import (
    MAY_SET_MINIMUMS,
    deployment_page,
    minimums_of,
    model_profile_page,
)
from models_registry.views.flow import registrar


@require_safe
@member_required
def model_sovereignty(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    page = model_profile_page(model, member, total=_asks_for_total(request))
    return render(request, "models_registry/sovereignty.html", {"profile": page})


@require_safe
@member_required
def deployment_detail(request: HttpRequest, deployment_id: UUID) -> HttpResponse:
    member = member_of(request)
    deployment = _deployment_or_404(member, deployment_id)
    page = deployment_page(deployment, member, total=_asks_for_total(request))
    return render(request, "models_registry/sovereignty.html", {"profile": page})


def _asks_for_total(request: HttpRequest) -> bool:
    return bool(request.GET.get("total"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def deployment_register(request: HttpRequest, model_id: UUID) -> HttpResponse:
    model = get_object_or_404(models_of(member_of(request)), pk=model_id)
    member = registrar(request)
    form = DeploymentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row = register_deployment(model=model, by=member.user, **_said(form))
        except ValidationError as refusal:
            form.take_in(refusal)
        else:
            return redirect("models_registry:deployment-detail", row.pk)
    return _form_page(request, form, model, address(model))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def deployment_edit(request: HttpRequest, deployment_id: UUID) -> HttpResponse:
    deployment = _deployment_or_404(member_of(request), deployment_id)
    registrar(request)
    form = DeploymentForm(request.POST or None, initial=DeploymentForm.of(deployment))
    if form.is_bound and form.is_valid() and _changed(request, deployment, form):
        return redirect("models_registry:deployment-detail", deployment.pk)
    cancel = reverse("models_registry:deployment-detail", args=[deployment.pk])
    return _form_page(request, form, deployment.model, cancel, deployment=deployment)


def _changed(request: HttpRequest, deployment: Deployment, form: DeploymentForm) -> bool:
    seen = form.cleaned_data["seen"]
    by = member_of(request).user
    try:
        update_deployment(deployment=deployment, by=by, seen=seen, **_said(form))
    except ValidationError as refusal:
        form.take_in(refusal)
    except StaleError:
        form.add_error(
            None, _("Somebody changed this while you were writing. Open it anew and compare.")
        )
    return not form.errors


@require_POST
@member_required
def deployment_remove(request: HttpRequest, deployment_id: UUID) -> HttpResponse:
    deployment = _deployment_or_404(member_of(request), deployment_id)
    member = registrar(request)
    model = deployment.model
    remove_deployment(deployment=deployment, by=member.user)
    messages.success(request, _("The deployment was removed."))
    return redirect("models_registry:model-detail", model.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def minimum_levels(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    require_role(member, *MAY_SET_MINIMUMS)
    form = MinimumLevelForm(request.POST or None, initial=minimums_of(member))
    if form.is_bound and form.is_valid():
        set_minimum_levels(organisation=member.organisation, by=member.user, levels=form.levels())
        messages.success(request, _("The minimum levels were saved."))
        return redirect("models_registry:minimum-levels")
    context = {"form": form, "cancel_url": reverse("models_registry:model-list")}
    return render(request, "models_registry/minimum_levels.html", context)


def _deployment_or_404(actor: Actor, deployment_id: UUID) -> Deployment:
    rows = Deployment.objects.visible_to(actor).select_related("model__provider", "organisation")
    return get_object_or_404(rows, pk=deployment_id)


def _said(form: DeploymentForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {
        "name": cleaned["name"],
        "operator": cleaned["operator"],
        "answers": form.answers(),
    }


def _form_page(
    request: HttpRequest,
    form: DeploymentForm,
    model: AIModel,
    cancel_url: str,
    deployment: Deployment | None = None,
) -> HttpResponse:
    context = {"form": form, "model": model, "deployment": deployment, "cancel_url": cancel_url}
    return render(request, "models_registry/deployment_form.html", context)
