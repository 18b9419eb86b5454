from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required
from accounts.paging import page_of
from jobs.listening import a_worker_is_listening
from jobs.models import LOOK_AGAIN_SECONDS
from models_registry.pages import address
from models_registry.runs.newest import runs_of, whole_runs_of
from models_registry.runs.pages import run_lines, run_page
from models_registry.selectors import models_of
from models_registry.services.checking import cancel_run, request_run, retry_run
from models_registry.views.flow import registrar

# Without scripts the whole page is loaded anew, which takes a reader's place away.


@require_POST
@member_required
def run_request(request: HttpRequest, model_id: UUID) -> HttpResponse:
    model = get_object_or_404(models_of(member_of(request)), pk=model_id)
    member = registrar(request)
    run = request_run(model=model, by=member.user, on=timezone.localdate())
    if run is None:
        messages.error(request, _("There is no file to check yet. Attach one first."))
        return redirect("models_registry:model-detail", model.pk)
    return redirect("models_registry:run-detail", run.pk)


@require_safe
@member_required
def run_list(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    rows = runs_of(member).filter(model=model)
    page = page_of(rows, request, by="created_at", newest_first=True)
    context = {
        "model": {"name": str(model), "url": address(model)},
        "runs": run_lines(page.rows),
        "page": page,
    }
    return render(request, "models_registry/run_list.html", context)


@never_cache
@require_safe
@member_required
def run_detail(request: HttpRequest, run_id: UUID) -> HttpResponse:
    member = member_of(request)
    run = get_object_or_404(whole_runs_of(member), pk=run_id)
    context = {
        "run": run_page(run, member, request.GET.dict()),
        "row": run,
        "worker_listening": a_worker_is_listening(),
        "looks_again": LOOK_AGAIN_SECONDS if run.is_moving else None,
    }
    return render(request, "models_registry/run_detail.html", context)


@require_POST
@member_required
def run_retry(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = get_object_or_404(runs_of(member_of(request)), pk=run_id)
    member = registrar(request)
    retry_run(run=run, by=member.user)
    return redirect("models_registry:run-detail", run.pk)


@require_POST
@member_required
def run_cancel(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = get_object_or_404(runs_of(member_of(request)), pk=run_id)
    member = registrar(request)
    cancel_run(run=run, by=member.user)
    return redirect("models_registry:run-detail", run.pk)
