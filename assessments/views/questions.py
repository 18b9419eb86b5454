"""One question to a page: asked, saved by hand or by itself, and what a changed answer changed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_of, member_required, require_role
from assessments.answering import MAY_ANSWER
from assessments.questionnaire.changes import change_page, change_since
from assessments.views.asking import Asking


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def question(request: HttpRequest, use_id: UUID, question_id: str) -> HttpResponseBase:
    asking = Asking(request, use_id, question_id)
    if request.method != "POST":
        return asking.page(asking.form())
    require_role(member_of(request), *MAY_ANSWER)
    answered = asking.saved_by_itself if asking.by_script else asking.saved_by_hand
    return answered(asking.form(request.POST))


@require_safe
@member_required
def answer_changed(request: HttpRequest, use_id: UUID, question_id: str) -> HttpResponse:
    asking = Asking(request, use_id, question_id)
    found = change_since(asking.interview, asking.question, request.GET.get("before", ""))
    if found is None:
        return redirect(asking.next_url())
    change = change_page(
        asking.assessment, asking.interview, asking.question, found, asking.language
    )
    context = asking.context() | {"change": change, "next_url": asking.next_url()}
    return render(request, "assessments/questionnaire/changed.html", context)
