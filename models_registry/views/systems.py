from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_of, member_required
from models_registry.evidence.pages import material_of
from models_registry.filters import SystemFilter
from models_registry.forms import NewVersionForm
from models_registry.lineage.modifying_pages import standings_of_parts
from models_registry.pages import address, sections, system_lines, system_page, what_she_may
from models_registry.selectors import systems_of
from models_registry.services import register_new_version, register_system, update_system
from models_registry.system_forms import SystemForm
from models_registry.views.flow import form_for, registrar, retire_or_restore, saved


@require_safe
@member_required
def system_list(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    rows = systems_of(member)
    filters = SystemFilter(request)
    page = filters.page(rows)
    context = {
        "sections": sections("system"),
        "filters": filters,
        "systems": system_lines(page.rows),
        "is_begun": bool(page.rows) or rows.exists(),
        "page": page,
        **what_she_may(member),
    }
    return render(request, "models_registry/system_list.html", context)


@require_safe
@member_required
def system_detail(request: HttpRequest, system_id: UUID) -> HttpResponse:
    member = member_of(request)
    system = get_object_or_404(systems_of(member), pk=system_id)
    context = {
        "system": system_page(system, member),
        "standings": standings_of_parts(system.parts.select_related("model__provider")),
        "material": material_of(system, member, localdate()),
        **what_she_may(member, system),
    }
    return render(request, "models_registry/system_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def system_register(request: HttpRequest) -> HttpResponse:
    member = registrar(request)
    form = form_for(request, SystemForm, member)
    save = partial(register_system, organisation=member.organisation, by=member.user)
    if form.is_bound and (system := saved(form, save)):
        return redirect("models_registry:system-detail", system.pk)
    context = {"form": form, "cancel_url": reverse("models_registry:system-list")}
    return render(request, "models_registry/system_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def system_edit(request: HttpRequest, system_id: UUID) -> HttpResponse:
    member = member_of(request)
    system = get_object_or_404(systems_of(member), pk=system_id)
    registrar(request)
    form = form_for(request, SystemForm, member, initial=SystemForm.of(system))
    save = partial(update_system, system=system, by=member.user, seen=form.state_seen)
    if form.is_bound and saved(form, save, row=system):
        return redirect("models_registry:system-detail", system.pk)
    context = {"form": form, "system": system, "cancel_url": address(system)}
    return render(request, "models_registry/system_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def system_renew(request: HttpRequest, system_id: UUID) -> HttpResponse:
    member = member_of(request)
    system = get_object_or_404(systems_of(member), pk=system_id)
    registrar(request)
    form = form_for(request, partial(NewVersionForm, system=system), member)
    save = partial(register_new_version, system=system, by=member.user)
    if form.is_bound and (successor := saved(form, save)):
        return redirect("models_registry:system-detail", successor.pk)
    context = {
        "form": form,
        "system": system,
        "parts": system.parts.all(),
        "cancel_url": address(system),
    }
    return render(request, "models_registry/system_renew.html", context)


@require_POST
@member_required
def system_retire(request: HttpRequest, system_id: UUID) -> HttpResponse:
    return _moved(request, system_id, retired=True)


@require_POST
@member_required
def system_restore(request: HttpRequest, system_id: UUID) -> HttpResponse:
    return _moved(request, system_id, retired=False)


def _moved(request: HttpRequest, system_id: UUID, *, retired: bool) -> HttpResponse:
    system = get_object_or_404(systems_of(member_of(request)), pk=system_id)
    retire_or_restore(request, system, retired=retired)
    return redirect("models_registry:system-detail", system.pk)
