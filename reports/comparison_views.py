from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Membership
from accounts.paging import page_of
from jobs.listening import a_worker_is_listening
from jobs.models import LOOK_AGAIN_SECONDS
from models_registry.checks.comparison import LEAST, MOST
from models_registry.comparison.chosen import NotHereError, chosen_models, keys_in
from reports.comparison_pages import comparison_document_page, comparison_line, file_name
from reports.comparison_services import cancel_comparison, request_comparison, retry_comparison
from reports.models import ComparisonDocument
from reports.pages import MAY_REQUEST
from reports.selectors import comparisons_of


@require_POST
@member_required
def comparison_request(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    require_role(member, *MAY_REQUEST)
    try:
        chosen = chosen_models(member, keys_in(request.POST.getlist("m")))
    except NotHereError as missing:
        raise Http404 from missing
    if not LEAST <= len(chosen) <= MOST:
        raise BadRequest(_("Choose the models to compare first."))
    document = request_comparison(
        chosen,
        differences_only=bool(request.POST.get("differences")),
        language=(get_language() or "en")[:2],
        by=member,
        on=localdate(),
    )
    return redirect("reports:comparison-detail", document.pk)


@require_safe
@member_required
def comparison_list(request: HttpRequest) -> HttpResponse:
    documents = comparisons_of(member_of(request))
    page = page_of(documents, request, by="created_at", newest_first=True)
    context = {
        "comparisons": [comparison_line(document) for document in page.rows],
        "worker_listening": a_worker_is_listening(),
        "previous_url": page.previous_url,
        "next_url": page.next_url,
    }
    return render(request, "reports/comparison_list.html", context)


@never_cache
@require_safe
@member_required
def comparison_detail(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    member = member_of(request)
    document = _one_of(member, comparison_id)
    context = {
        "report": comparison_document_page(document, member),
        "worker_listening": a_worker_is_listening(),
        "looks_again": LOOK_AGAIN_SECONDS if document.is_moving else None,
    }
    return render(request, "reports/comparison_detail.html", context)


@require_POST
@member_required
def comparison_retry(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    member = member_of(request)
    document = _one_of(member, comparison_id)
    require_role(member, *MAY_REQUEST)
    retry_comparison(document=document, by=member.user)
    return redirect("reports:comparison-detail", document.pk)


@require_POST
@member_required
def comparison_cancel(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    member = member_of(request)
    document = _one_of(member, comparison_id)
    require_role(member, *MAY_REQUEST)
    cancel_comparison(document=document, by=member.user)
    return redirect("reports:comparison-detail", document.pk)


@require_safe
@member_required
def comparison_download(request: HttpRequest, comparison_id: UUID) -> HttpResponseBase:
    document = _one_of(member_of(request), comparison_id)
    is_done = document.state == ComparisonDocument.State.DONE
    if not is_done or not document.file.storage.exists(str(document.file.name)):
        raise Http404
    response = FileResponse(
        document.file.open(),
        as_attachment=True,
        filename=file_name(document),
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _one_of(member: Membership, document_id: UUID) -> ComparisonDocument:
    rows = ComparisonDocument.objects.visible_to(member).select_related("requested_by")
    return get_object_or_404(rows, pk=document_id)
