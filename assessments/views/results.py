from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from assessments.pages import result_page, use_facts
from assessments.selectors import assessment_with_answers, told_result
from models_registry.pages import MAY_REGISTER


@require_safe
@member_required
def use_detail(request: HttpRequest, use_id: UUID) -> HttpResponse:
    member, language = member_of(request), _language()
    assessment = get_object_or_404(
        assessment_with_answers(member).filter(use_case_id=use_id).current()
    )
    told = told_result(assessment, language)
    use, may_change = assessment.use_case, member.has_role(*MAY_REGISTER)
    return render(
        request,
        "assessments/use_detail.html",
        {
            "assessment": assessment,
            "use": use_facts(use),
            "edit_url": reverse("assessments:use-edit", args=[use.pk]) if may_change else "",
            "register_url": reverse("assessments:use-list"),
            "state": assessment.state,
            "result": result_page(assessment, told, language),
        },
    )


def _language() -> str:
    return (get_language() or "en")[:2]
