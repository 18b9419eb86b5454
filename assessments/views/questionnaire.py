"""The questionnaire as a whole: sections, all answers, what is not asked, answers used again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Role
from assessments.addresses import result_url
from assessments.answering import MAY_ANSWER, assessment_of_use, why_only_reading
from assessments.law_in_use import catalogue
from assessments.models import Assessment
from assessments.proposing import Proposals, proposals_for
from assessments.questionnaire.answers import (
    answered_sections,
    dormant_rows,
    hidden_sections,
)
from assessments.questionnaire.offers import offer_row, source_of
from assessments.questionnaire.proposal_rows import waiting_line
from assessments.questionnaire.so_far import so_far
from assessments.questionnaire.task_list import section_rows
from assessments.reuse import age_in_words, offers
from assessments.selectors import interview_of
from assessments.services import FrozenError, StaleError, save_answers
from assessments.support_pages import supports_by_owner
from assessments.views.asking import assessment_name
from law.interview import Interview

Page = dict[str, Any]


@require_safe
@member_required
def assessment_tasks(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member, language = member_of(request), page_language()
    assessment = assessment_of_use(member, use_id)
    interview, only_reading = interview_of(assessment), why_only_reading(assessment, member)
    waiting = [] if only_reading else unmet(interview)
    found = offers(assessment, waiting).values()
    suggested = Proposals() if only_reading else proposals_for(assessment, interview)
    context = whole_page(assessment, interview) | {
        "sections": section_rows(assessment, interview, language),
        "only_reading": only_reading,
        "continue_url": continue_url(assessment, interview),
        "proposals": waiting_line(assessment, suggested),
        "offers": [offer_row(offer, timezone.localdate(), language) for offer in found],
    }
    return render(request, "assessments/questionnaire/task_list.html", context)


@require_safe
@member_required
def answers_check(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = assessment_of_use(member, use_id)
    interview = interview_of(assessment)
    only_reading = why_only_reading(assessment, member)
    supports = supports_by_owner(assessment, member, page_language())
    context = whole_page(assessment, interview) | {
        "sections": answered_sections(assessment, interview, page_language(), supports),
        "dormant": dormant_rows(assessment, interview, page_language()),
        "only_reading": only_reading,
        "continue_url": continue_url(assessment, interview),
        "may_submit": not assessment.is_frozen and member.has_role(Role.OFFICER),
    }
    return render(request, "assessments/questionnaire/check_answers.html", context)


@require_safe
@member_required
def questions_hidden(request: HttpRequest, use_id: UUID) -> HttpResponse:
    assessment = assessment_of_use(member_of(request), use_id)
    interview = interview_of(assessment)
    sections = hidden_sections(assessment, interview, page_language())
    context = whole_page(assessment, interview) | {"sections": sections}
    return render(request, "assessments/questionnaire/hidden.html", context)


@require_POST
@member_required
def answers_reuse(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = assessment_of_use(member, use_id)
    require_role(member, *MAY_ANSWER)
    wanted = set(request.POST.getlist("use"))
    found = offers(assessment, [n for n in unmet(interview_of(assessment)) if n in wanted])
    today = timezone.localdate()
    try:
        save_answers(
            assessment=assessment,
            revision=assessment.revision,
            answers={name: offer.value for name, offer in found.items()},
            notes={
                name: source_of(offer, age_in_words(offer.at.date(), today))
                for name, offer in found.items()
            },
            by=member.user,
        )
    except (FrozenError, StaleError):
        messages.error(request, _("Somebody else changed this assessment just now. Try again."))
    else:
        count = len(found)
        text = ngettext("%(n)d answer was used again.", "%(n)d answers were used again.", count)
        messages.success(request, text % {"n": count})
    return redirect("assessments:assessment-tasks", use_id)


def unmet(interview: Interview) -> list[str]:
    """The questions that matter and that nobody has met."""
    return [name for name in interview.standings if name in interview.relevant - interview.asked]


def first_step(assessment: Assessment) -> str:
    """The first question; the list where it offers earlier answers about the same system."""
    interview = interview_of(assessment)
    entries = catalogue().entries.questions
    waiting = [name for name in unmet(interview) if entries[name].about != "organisation"]
    if offers(assessment, waiting):
        return reverse("assessments:assessment-tasks", args=[assessment.use_case_id])
    return continue_url(assessment, interview)


def continue_url(assessment: Assessment, interview: Interview) -> str:
    following = interview.next_after()
    where = [assessment.use_case_id, following]
    return reverse("assessments:question", args=where) if following else ""


def whole_page(assessment: Assessment, interview: Interview) -> Page:
    use = assessment.use_case
    return {
        "assessment": assessment,
        "use": use,
        "name": assessment_name(assessment.as_of),
        "so_far": so_far(assessment, interview),
        "law_version": catalogue().law_version,
        "use_url": reverse("assessments:use-detail", args=[use.pk]),
        "result_url": result_url(assessment),
        "list_url": reverse("assessments:assessment-tasks", args=[use.pk]),
    }


def page_language() -> str:
    return (get_language() or "en")[:2]
