"""Suggested answers: seen, accepted one by one or several at once, rejected."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from assessments.answering import MAY_ANSWER, assessment_of_use, why_only_reading
from assessments.models import Assessment
from assessments.proposing import proposals_for
from assessments.questionnaire.proposal_rows import proposal_groups
from assessments.selectors import interview_of
from assessments.services import FrozenError, StaleError
from assessments.services.proposals import accept_proposals, reject_proposal
from assessments.views.questionnaire import page_language, whole_page


@never_cache
@require_safe
@member_required
def proposal_list(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = assessment_of_use(member, use_id)
    interview = interview_of(assessment)
    found = proposals_for(assessment, interview)
    groups = proposal_groups(assessment, found, member, page_language())
    context = whole_page(assessment, interview) | {
        "groups": groups,
        "only_reading": why_only_reading(assessment, member),
    }
    return render(request, "assessments/questionnaire/proposals.html", context)


@require_POST
@member_required
def proposals_accept(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = assessment_of_use(member, use_id)
    require_role(member, *MAY_ANSWER)
    tokens = request.POST.getlist("accept")
    if not tokens:
        messages.info(request, _("Tick the suggestions that you accept."))
        return _back(request, assessment)
    try:
        answers = accept_proposals(
            assessment=assessment, tokens=tokens, by=member.user, language=page_language()
        )
    except (FrozenError, StaleError):
        messages.error(request, _changed())
    else:
        count = len(answers)
        text = ngettext("%(n)d answer was accepted.", "%(n)d answers were accepted.", count)
        messages.success(request, text % {"n": count})
    return _back(request, assessment)


@require_POST
@member_required
def proposal_reject(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = assessment_of_use(member, use_id)
    require_role(member, *MAY_ANSWER)
    try:
        reject_proposal(assessment=assessment, token=request.POST.get("reject", ""), by=member.user)
    except (FrozenError, StaleError):
        messages.error(request, _changed())
    else:
        messages.success(
            request, _("Rejected. It comes back only if the material says something else.")
        )
    return _back(request, assessment)


def _changed() -> str:
    return _("The answers or the material changed just now. Look at the suggestions again.")


def _back(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """To the question where it was decided on, else to the list of suggestions."""
    question = request.POST.get("question", "")
    if any(question == name for name in interview_of(assessment).standings):
        return redirect("assessments:question", assessment.use_case_id, question)
    return redirect("assessments:proposal-list", assessment.use_case_id)
