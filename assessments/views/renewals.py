from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_of, member_required, require_role
from accounts.models import Role
from assessments.decision_forms import CloneForm, DisagreementForm
from assessments.life import shown_assessment
from assessments.pages import use_facts
from assessments.services import (
    clone_use,
    disagree,
    restore_use,
    retire_use,
    start_reassessment,
    take_back_disagreement,
)
from assessments.views.flow import back_to, do_or_say, done, in_progress, worked_on_or_shown
from models_registry.models import UseCase

METHODS = ["GET", "HEAD", "POST"]


@require_POST
@member_required
def use_reassess(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = shown_assessment(member, use_id)
    require_role(member, Role.OFFICER)
    start = partial(start_reassessment, assessment=assessment, by=member, on=timezone.localdate())
    said = _("A new draft with the answers as they were. The decision counts until it is decided.")
    draft = do_or_say(request, start, said)
    return back_to(draft or assessment)


@require_http_methods(METHODS)
@member_required
def use_clone(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = shown_assessment(member, use_id)
    require_role(member, Role.OFFICER)
    form = CloneForm(request.POST or None)
    clone = partial(clone_use, assessment=assessment, by=member, on=timezone.localdate())
    if form.is_bound and (draft := done(form, clone)):
        messages.success(request, _("Copied with its answers. Check each of them for this use."))
        return redirect("assessments:use-detail", draft.use_case_id)
    context = {
        "form": form,
        "heading": _("Copy for another use"),
        "lede": _("The other use is of the same system and begins as a draft with these answers."),
        "button": _("Copy"),
        "use": use_facts(assessment.use_case),
        "cancel_url": reverse("assessments:use-detail", args=[use_id]),
    }
    return render(request, "assessments/deed.html", context)


@require_http_methods(METHODS)
@member_required
def use_disagree(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    require_role(member, Role.OFFICER)
    form = DisagreementForm(request.POST or None)
    state_it = partial(disagree, assessment=assessment, by=member)
    if form.is_bound and (stated := done(form, state_it)):
        messages.success(request, _("Your reason is kept for the reviewers and for the report."))
        return back_to(stated.assessment)
    context = {
        "form": form,
        "heading": _("I disagree with the class"),
        "tier": assessment.headline,
        "button": _("Keep my reason"),
        "use": use_facts(assessment.use_case),
        "cancel_url": reverse("assessments:use-detail", args=[use_id]),
    }
    return render(request, "assessments/deed.html", context)


@require_POST
@member_required
def disagreement_take_back(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = in_progress(member, use_id)
    back = partial(take_back_disagreement, assessment=assessment, by=member)
    do_or_say(request, back, _("Your reason was taken back."))
    return back_to(assessment)


@require_http_methods(METHODS)
@member_required
def use_retire(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = worked_on_or_shown(member, use_id)
    require_role(member, Role.OFFICER)
    if request.method == "POST":
        retire = partial(retire_use, use_case=assessment.use_case, by=member)
        do_or_say(request, retire, _("Retired. The use is hidden from the register now."))
        return redirect("assessments:use-detail", use_id)
    context = {
        "heading": _("Retire the use"),
        "lede": _("For a use that has ended. It leaves the register; an officer can restore it."),
        "button": _("Retire it"),
        "is_grave": True,
        "use": use_facts(assessment.use_case),
        "cancel_url": reverse("assessments:use-detail", args=[use_id]),
    }
    return render(request, "assessments/deed.html", context)


@require_POST
@member_required
def use_restore(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    use_case = get_object_or_404(UseCase.objects.visible_to(member), pk=use_id)
    require_role(member, Role.OFFICER)
    restore = partial(restore_use, use_case=use_case, by=member)
    do_or_say(request, restore, _("Restored. It is back in the register as it was."))
    return redirect("assessments:use-detail", use_id)
