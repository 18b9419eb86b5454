from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_of, member_required
from models_registry.filters import SupplierFilter
from models_registry.pages import address, sections, supplier_lines, supplier_page, what_she_may
from models_registry.selectors import suppliers_of
from models_registry.services import register_supplier, update_supplier
from models_registry.supplier_forms import SupplierForm
from models_registry.views.flow import form_for, registrar, retire_or_restore, saved


@require_safe
@member_required
def supplier_list(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    rows = suppliers_of(member)
    filters = SupplierFilter(request)
    page = filters.page(rows)
    context = {
        "sections": sections("supplier"),
        "filters": filters,
        "suppliers": supplier_lines(page.rows),
        "is_begun": bool(page.rows) or rows.exists(),
        "page": page,
        **what_she_may(member),
    }
    return render(request, "models_registry/supplier_list.html", context)


@require_safe
@member_required
def supplier_detail(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    member = member_of(request)
    supplier = get_object_or_404(suppliers_of(member), pk=supplier_id)
    context = {"supplier": supplier_page(supplier, member), **what_she_may(member, supplier)}
    return render(request, "models_registry/supplier_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def supplier_register(request: HttpRequest) -> HttpResponse:
    member = registrar(request)
    form = form_for(request, SupplierForm, member)
    save = partial(register_supplier, organisation=member.organisation, by=member.user)
    if form.is_bound and (supplier := saved(form, save)):
        return redirect("models_registry:supplier-detail", supplier.pk)
    context = {"form": form, "cancel_url": reverse("models_registry:supplier-list")}
    return render(request, "models_registry/supplier_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def supplier_edit(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    member = member_of(request)
    supplier = get_object_or_404(suppliers_of(member), pk=supplier_id)
    registrar(request)
    form = form_for(request, SupplierForm, member, initial=SupplierForm.of(supplier))
    save = partial(update_supplier, supplier=supplier, by=member.user, seen=form.state_seen)
    if form.is_bound and saved(form, save, row=supplier):
        return redirect("models_registry:supplier-detail", supplier.pk)
    context = {"form": form, "supplier": supplier, "cancel_url": address(supplier)}
    return render(request, "models_registry/supplier_form.html", context)


@require_POST
@member_required
def supplier_retire(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    return _moved(request, supplier_id, retired=True)


@require_POST
@member_required
def supplier_restore(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    return _moved(request, supplier_id, retired=False)


def _moved(request: HttpRequest, supplier_id: UUID, *, retired: bool) -> HttpResponse:
    supplier = get_object_or_404(suppliers_of(member_of(request)), pk=supplier_id)
    retire_or_restore(request, supplier, retired=retired)
    return redirect("models_registry:supplier-detail", supplier.pk)
