from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Role
from assessments.decision_forms import ChangesForm, CommentForm
from assessments.life import life_of
from assessments.review_page import review_page, shown_review
from assessments.services import (
    record_no_objection,
    request_changes,
    submit_for_review,
    take_back,
)
from assessments.services.reviewing import REVIEWERS
from assessments.views.flow import back_to, do_or_say, done, in_progress


@require_POST
@member_required
def use_submit(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, Role.OFFICER)
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    submit = partial(submit_for_review, assessment=assessment, by=member, revision=revision)
    do_or_say(
        request, submit, _("Handed in. The answers are locked until somebody has judged them.")
    )
    return back_to(assessment)


@require_POST
@member_required
def use_take_back(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, Role.OFFICER)
    back = partial(take_back, assessment=assessment, by=member)
    do_or_say(request, back, _("Taken back. The answers can be changed again."))
    return back_to(assessment)


@require_safe
@member_required
def use_review(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, *REVIEWERS)
    if assessment.state != assessment.State.IN_REVIEW:
        messages.error(request, _("This is not in review."))
        return redirect("assessments:use-detail", use_id)
    return shown_review(request, review_page(life_of(assessment), member))


@require_POST
@member_required
def changes_request(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, *REVIEWERS)
    form = ChangesForm(request.POST)
    if done(form, partial(request_changes, assessment=assessment, by=member)):
        messages.success(request, _("Sent back with your reason. The answers are open again."))
        return back_to(assessment)
    page = review_page(life_of(assessment), member)
    return shown_review(request, page, changes=form)


@require_POST
@member_required
def no_objection(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, *REVIEWERS)
    form = CommentForm(request.POST)
    if done(form, partial(record_no_objection, assessment=assessment, by=member)):
        messages.success(request, _("Noted that you have no objection. An approver decides."))
        return back_to(assessment)
    page = review_page(life_of(assessment), member)
    return shown_review(request, page, comment=form)
