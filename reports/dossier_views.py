from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Membership
from models_registry.evidence.discretion import discretion_for
from models_registry.models import CheckRun
from models_registry.runs.newest import runs_of, whole_runs_of
from models_registry.runs.pages import account_in
from reports.dossier_pages import name_of
from reports.dossier_services import request_dossier
from reports.models import ModelDocument
from reports.pages import MAY_REQUEST
from reports.run_files import MAKERS


@require_POST
@member_required
def dossier_request(request: HttpRequest, run_id: UUID) -> HttpResponse:
    member = member_of(request)
    done = runs_of(member).filter(state=CheckRun.State.DONE)
    run = get_object_or_404(done, pk=run_id)
    require_role(member, *MAY_REQUEST)
    _require_all_files(member, run)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest(_("There is no report in this language."))
    request_dossier(run=run, language=language, by=member.user)
    return redirect(reverse("models_registry:run-detail", args=[run.pk]) + "#dossier")


@require_safe
@member_required
def dossier_download(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    member = member_of(request)
    rows = ModelDocument.objects.visible_to(member).select_related("run__model")
    document = get_object_or_404(rows, pk=document_id)
    _require_all_files(member, document.run)
    is_done = document.state == ModelDocument.State.DONE
    if not is_done or not document.file.storage.exists(str(document.file.name)):
        raise Http404
    name = name_of(document.run, "dossier", f"-{document.language}.pdf")
    response = FileResponse(
        document.file.open(), as_attachment=True, filename=name, content_type="application/pdf"
    )
    return _private(response)


@require_safe
@member_required
def run_download(request: HttpRequest, run_id: UUID, kind: str) -> HttpResponseBase:
    member = member_of(request)
    done = whole_runs_of(member).filter(state=CheckRun.State.DONE)
    run = get_object_or_404(done.select_related("model__provider"), pk=run_id)
    _require_all_files(member, run)
    made = MAKERS[kind](run, account_in(run))
    response = HttpResponse(made.content, content_type=made.content_type)
    name = name_of(run, made.what, made.ending)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


def _require_all_files(member: Membership, run: CheckRun) -> None:
    if discretion_for(member, run).kept_back:
        raise PermissionDenied(_("This quotes confidential files that you may not open."))


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
