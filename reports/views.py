from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.paging import page_of
from assessments.models import Assessment
from jobs.listening import a_worker_is_listening
from jobs.models import LOOK_AGAIN_SECONDS
from reports.models import Report
from reports.pages import MAY_REQUEST, file_name, report_line, report_page
from reports.selectors import reports_of
from reports.services import cancel_report, request_report, retry_report

# Without scripts the whole page is loaded anew, which takes a reader's place away.


@require_safe
@member_required
def report_list(request: HttpRequest) -> HttpResponse:
    page = page_of(reports_of(member_of(request)), request, by="created_at", newest_first=True)
    context = {
        "reports": [report_line(report) for report in page.rows],
        "worker_listening": a_worker_is_listening(),
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "register_url": reverse("assessments:use-list"),
    }
    return render(request, "reports/report_list.html", context)


@require_POST
@member_required
def report_request(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = get_object_or_404(Assessment.objects.visible_to(member), pk=assessment_id)
    require_role(member, *MAY_REQUEST)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest(_("There is no report in this language."))
    try:
        report = request_report(
            assessment=assessment, language=language, by=member.user, on=timezone.localdate()
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("assessments:use-detail", assessment.use_case_id)
    return redirect("reports:report-detail", report.pk)


@never_cache
@require_safe
@member_required
def report_detail(request: HttpRequest, report_id: UUID) -> HttpResponse:
    member = member_of(request)
    report = get_object_or_404(reports_of(member), pk=report_id)
    context = {
        "report": report_page(report, member),
        "worker_listening": a_worker_is_listening(),
        "list_url": reverse("reports:report-list"),
        "looks_again": LOOK_AGAIN_SECONDS if report.is_moving else None,
    }
    return render(request, "reports/report_detail.html", context)


@require_POST
@member_required
def report_retry(request: HttpRequest, report_id: UUID) -> HttpResponse:
    member = member_of(request)
    report = get_object_or_404(reports_of(member), pk=report_id)
    require_role(member, *MAY_REQUEST)
    retry_report(report=report, by=member.user)
    return redirect("reports:report-detail", report.pk)


@require_POST
@member_required
def report_cancel(request: HttpRequest, report_id: UUID) -> HttpResponse:
    member = member_of(request)
    report = get_object_or_404(reports_of(member), pk=report_id)
    require_role(member, *MAY_REQUEST)
    cancel_report(report=report, by=member.user)
    return redirect("reports:report-detail", report.pk)


@require_safe
@member_required
def report_download(request: HttpRequest, report_id: UUID) -> HttpResponseBase:
    report = get_object_or_404(reports_of(member_of(request)), pk=report_id)
    if report.state != Report.State.DONE or not report.file.storage.exists(str(report.file.name)):
        raise Http404
    response = FileResponse(
        report.file.open(),
        as_attachment=True,
        filename=file_name(report),
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
