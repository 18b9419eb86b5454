from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Membership
from models_registry.choosing import chosen_row
from models_registry.evidence.filters import EvidenceFilter
from models_registry.evidence.forms import AddForm, ConfirmForm, EditForm
from models_registry.evidence.pages import (
    attach_page,
    evidence_lines,
    evidence_page,
    evidence_url,
    expiring_count,
)
from models_registry.evidence.selectors import evidence_of
from models_registry.evidence.uploading import takes_files
from models_registry.models import Attachment, Evidence
from models_registry.pages import MAY_RETIRE, address, sections, what_she_may
from models_registry.selectors import models_of, systems_of
from models_registry.services.evidence import (
    archive,
    attach,
    confirm,
    detach,
    restore_evidence,
    withdraw_confirmation,
)
from models_registry.views.evidence_saving import saved_change, saved_new
from models_registry.views.flow import registrar

Deed = Callable[[Evidence, Membership], Any]


@require_safe
@member_required
def evidence_list(request: HttpRequest) -> HttpResponse:
    member, today = member_of(request), localdate()
    rows = evidence_of(member)
    filters = EvidenceFilter(request, on=today)
    page = filters.page(rows)
    context = {
        "sections": sections("evidence"),
        "filters": filters,
        "evidence": evidence_lines(page.rows, today),
        "has_any": bool(page.rows) or rows.exists(),
        "expiring": expiring_count(rows, today),
        "page": page,
        **what_she_may(member),
    }
    return render(request, "models_registry/evidence_list.html", context)


@require_safe
@member_required
def evidence_detail(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    member = member_of(request)
    context = {"evidence": evidence_page(_found(member, evidence_id), member, localdate())}
    return render(request, "models_registry/evidence_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@takes_files
def evidence_add(request: HttpRequest) -> HttpResponse:
    member = registrar(request)
    form = AddForm(request.POST or None, request.FILES or None, actor=member)
    if request.method == "POST" and (evidence := saved_new(form, member)):
        messages.success(request, _("The evidence is in the library."))
        return redirect(evidence_url(evidence))
    context = {"form": form, "cancel_url": reverse("models_registry:evidence-list")}
    return render(request, "models_registry/evidence_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@takes_files
def evidence_edit(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    row = _found(member_of(request), evidence_id)
    member = registrar(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EditForm(*data, initial=EditForm.of(row), evidence=row, actor=member)
    if form.is_bound and saved_change(form, row, member):
        return redirect(evidence_url(row))
    context = {"form": form, "evidence": row, "cancel_url": evidence_url(row)}
    return render(request, "models_registry/evidence_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def evidence_confirm(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    row = _found(member_of(request), evidence_id)
    member = registrar(request)
    page = evidence_page(row, member, localdate())
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data, may_be_independent=page["may_be_independent"])
    if form.is_valid():
        independent = form.cleaned_data.get("independent", False)
        try:
            confirm(evidence=row, by=member.user, independent=independent)
            return redirect(evidence_url(row))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "evidence": page, "cancel_url": evidence_url(row)}
    return render(request, "models_registry/evidence_confirm.html", context)


@require_POST
@member_required
def evidence_withdraw(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    row = _found(member_of(request), evidence_id)
    member = registrar(request)
    withdraw_confirmation(evidence=row, by=member.user)
    return redirect(evidence_url(row))


@require_POST
@member_required
def evidence_archive(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    member = member_of(request)
    row = _found(member, evidence_id)
    require_role(member, *MAY_RETIRE)
    archive(evidence=row, by=member.user, on=localdate())
    messages.success(request, _("Archived. What rests on it still shows it."))
    return redirect(evidence_url(row))


@require_POST
@member_required
def evidence_restore(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    member = member_of(request)
    row = _found(member, evidence_id)
    require_role(member, *MAY_RETIRE)
    restore_evidence(evidence=row, by=member.user, on=localdate())
    messages.success(request, _("Restored. It is back in the library."))
    return redirect(evidence_url(row))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def evidence_attach(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    row = _found(member_of(request), evidence_id)
    member = registrar(request)
    if request.method == "POST":
        model = chosen_row(models_of(member), request.POST.get("model"))
        system = chosen_row(systems_of(member), request.POST.get("system"))
        if (model is None) == (system is None):
            raise Http404
        attach(evidence=row, by=member.user, on=localdate(), model=model, system=system)
        return redirect(evidence_url(row))
    find = request.GET.get("q", "")[:200]
    page = evidence_page(row, member, localdate())
    context = {"evidence": page, **attach_page(row, member, find)}
    return render(request, "models_registry/evidence_attach.html", context)


@require_POST
@member_required
def evidence_detach(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    rows = Attachment.objects.visible_to(member_of(request))
    found = get_object_or_404(rows.select_related("evidence", "model", "system"), pk=attachment_id)
    member = registrar(request)
    detach(attachment=found, by=member.user, on=localdate())
    messages.success(request, _("Detached. It is still in the library."))
    subject = found.model or found.system
    if subject is not None and "from_subject" in request.POST:
        return redirect(address(subject))
    return redirect(evidence_url(found.evidence))


@require_safe
@member_required
def evidence_download(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    row = _found(member_of(request), evidence_id)
    stored = row.stored
    if (
        stored is None
        or stored.quarantined
        or not stored.file.storage.exists(str(stored.file.name))
    ):
        raise Http404
    # Never shown in the browser, whatever it is: a page of somebody else has no business here.
    response = FileResponse(
        stored.file.open(),
        as_attachment=True,
        filename=row.file_name or stored.sha256,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _found(member: Membership, evidence_id: UUID) -> Evidence:
    rows = evidence_of(member).select_related("stored", "added_by", "confirmed_by")
    return get_object_or_404(rows, pk=evidence_id)
