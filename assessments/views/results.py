from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from accounts.models import Membership
from assessments.answering import why_only_reading
from assessments.freezing import told_as_it_stands
from assessments.known_models import known_models
from assessments.life import (
    assessment_in_progress,
    assessments_of_use,
    life_of,
    shown_assessment,
)
from assessments.life_pages import history_of, life_page
from assessments.models import Assessment
from assessments.pages import result_page, use_facts
from assessments.proposing import Proposals, proposals_for
from assessments.questionnaire.proposal_rows import waiting_line
from assessments.questionnaire.so_far import progress
from assessments.selectors import interview_of
from assessments.support_pages import duty_evidence
from law.interview import Interview
from models_registry.pages import MAY_REGISTER


@require_safe
@member_required
def use_detail(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member = member_of(request)
    assessment = shown_assessment(member, use_id)
    decided = assessment.state == Assessment.State.DECIDED
    successor = assessment_in_progress(member, use_id) if decided else None
    return _shown(request, member, assessment, successor)


@require_safe
@member_required
def assessment_detail(request: HttpRequest, use_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Any assessment of a use: one that was replaced, or the draft that is to replace one."""
    member = member_of(request)
    assessment = get_object_or_404(assessments_of_use(member, use_id), pk=assessment_id)
    return _shown(request, member, assessment, None)


def _shown(
    request: HttpRequest,
    member: Membership,
    assessment: Assessment,
    successor: Assessment | None,
) -> HttpResponse:
    use, life = assessment.use_case, life_of(assessment)
    told = told_as_it_stands(assessment, life.submission, page_language())
    may_answer = not why_only_reading(assessment, member)
    result = result_page(assessment, told, page_language(), with_links=may_answer)
    may_change = member.has_role(*MAY_REGISTER)
    interview = interview_of(assessment)
    models = [] if assessment.is_frozen else known_models(assessment)
    duty_evidence(result["duty_groups"], assessment, models, member, page_language())
    met = progress_of_result(assessment, interview)
    suggested = proposals_for(assessment, interview, models) if may_answer else Proposals()
    context = {
        "assessment": assessment,
        "use": use_facts(use),
        "edit_url": reverse("assessments:use-edit", args=[use.pk]) if may_change else "",
        "register_url": reverse("assessments:use-list"),
        "state": assessment.state,
        "result": result | met,
        "is_answered": 0 < met["questions_total"] <= met["questions_answered"],
        "answer_url": reverse("assessments:assessment-tasks", args=[use.pk]) if may_answer else "",
        "proposals": waiting_line(assessment, suggested),
        "life": life_page(life, member, timezone.localdate(), successor=successor),
        "history": history_of(life.past, assessment),
    }
    return render(request, "assessments/use_detail.html", context)


def progress_of_result(assessment: Assessment, interview: Interview) -> dict[str, int]:
    met = progress(assessment, interview)
    return {"questions_answered": met["answered"], "questions_total": met["total"]}


def page_language() -> str:
    return (get_language() or "en")[:2]
