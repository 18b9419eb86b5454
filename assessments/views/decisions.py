from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_of, member_required, require_role
from accounts.models import Membership, Role
from assessments.decision_forms import DecisionForm, RecordForm, WithdrawalForm, a_year_after
from assessments.freezing import told_as_it_stands
from assessments.life import assessment_in_progress, life_of, shown_assessment
from assessments.models import Assessment
from assessments.pages import result_page, use_facts
from assessments.review_page import review_page, shown_review
from assessments.services import decide, is_alone, record_alone, withdraw_decision
from assessments.services.deciding import RECORDERS, may_withdraw
from assessments.views.flow import done, in_progress, password_first
from assessments.views.results import page_language

METHODS = ["GET", "HEAD", "POST"]


@require_POST
@member_required
def decision_sign(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, Role.APPROVER)
    form = DecisionForm(request.POST)
    # What is wrong with the form is said before the password is asked for.
    response = _sign(request, form, assessment, member) if form.is_valid() else None
    if response is not None:
        return response
    page = review_page(life_of(assessment), member)
    return shown_review(request, page, decision=form)


@password_first
def _sign(
    request: HttpRequest, form: DecisionForm, assessment: Assessment, member: Membership
) -> HttpResponse | None:
    sign = partial(decide, assessment=assessment, by=member, on=timezone.localdate())
    if not done(form, sign):
        return None
    messages.success(request, _("Signed. The assessment is frozen with your decision."))
    return redirect("assessments:use-detail", assessment.use_case_id)


@require_http_methods(METHODS)
@member_required
def result_record(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, *RECORDERS)
    if not is_alone(member):
        raise PermissionDenied
    first = {
        "revision": assessment.revision,
        "valid_until": a_year_after(timezone.localdate()),
    }
    form = RecordForm(request.POST or None, initial=first)
    if form.is_valid() and (response := _record(request, form, assessment, member)):
        return response
    language = page_language()
    told = told_as_it_stands(assessment, None, language)
    context = {
        "form": form,
        "use": use_facts(assessment.use_case),
        "result": result_page(assessment, told, language),
        "cancel_url": reverse("assessments:use-detail", args=[use_id]),
    }
    return render(request, "assessments/result_record.html", context)


@password_first
def _record(
    request: HttpRequest, form: RecordForm, assessment: Assessment, member: Membership
) -> HttpResponse | None:
    record = partial(record_alone, assessment=assessment, by=member, on=timezone.localdate())
    if not done(form, record):
        return None
    messages.success(request, _("Recorded, and marked as not reviewed by a second person."))
    return redirect("assessments:use-detail", assessment.use_case_id)


@require_http_methods(METHODS)
@member_required
def decision_withdraw(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = shown_assessment(member, use_id)
    if not may_withdraw(member):
        raise PermissionDenied
    form = WithdrawalForm(request.POST or None)
    if form.is_valid() and (response := _withdraw(request, form, assessment, member)):
        return response
    context = {
        "form": form,
        "heading": _("Withdraw the decision"),
        "lede": _(
            "It no longer holds from now on. What was signed stays readable with your reason."
        ),
        "button": _("Withdraw it"),
        "is_grave": True,
        "use": use_facts(assessment.use_case),
        "cancel_url": reverse("assessments:use-detail", args=[use_id]),
    }
    return render(request, "assessments/deed.html", context)


@password_first
def _withdraw(
    request: HttpRequest, form: WithdrawalForm, assessment: Assessment, member: Membership
) -> HttpResponse | None:
    if not done(form, partial(withdraw_decision, assessment=assessment, by=member)):
        return None
    if assessment_in_progress(member, assessment.use_case_id):
        said = _("Withdrawn. Its re-assessment goes on; until it is decided, no decision holds.")
    else:
        said = _("Withdrawn. Re-assess the use to decide anew.")
    messages.success(request, said)
    return redirect("assessments:use-detail", assessment.use_case_id)
