"""The page on which a second person judges what was handed in."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.decision_forms import ChangesForm, CommentForm, DecisionForm, a_year_after
from assessments.freezing import told_as_it_stands
from assessments.law_in_use import catalogue
from assessments.life import Life, changes_since, signed_before
from assessments.life_pages import life_page
from assessments.pages import result_page, use_facts

Page = dict[str, Any]


def review_page(life: Life, member: Membership) -> Page:
    """What is signed, what changed, what speaks against it, and what the member may say."""
    assessment, submission = life.assessment, life.submission
    language = (get_language() or "en")[:2]
    former = signed_before(assessment)
    told = told_as_it_stands(assessment, submission, language)
    return {
        "assessment": assessment,
        "use": use_facts(assessment.use_case),
        "use_url": reverse("assessments:use-detail", args=[assessment.use_case_id]),
        "result_url": reverse(
            "assessments:assessment-detail", args=[assessment.use_case_id, assessment.pk]
        ),
        "submission": submission,
        "result": result_page(assessment, told, language),
        "life": life_page(life, member, timezone.localdate(), successor=None),
        "has_former": former is not None,
        "changes": changes_since(former, assessment, language) if former else [],
        "answered": sum(answer.value is not None for answer in assessment.answers.all()),
        "is_author": member.user_id in life.authors,
        "may_decide": member.has_role(Role.APPROVER),
        "may_pass": member.has_role(Role.REVIEWER),
        "law_has_moved": submission is not None
        and submission.catalogue_digest != catalogue().digest,
    }


def shown_review(request: HttpRequest, page: Page, **forms: BaseForm) -> HttpResponse:
    """The page with the form that came back with errors, if one did; the others are fresh."""
    seen = {"revision": page["assessment"].revision}
    fresh: dict[str, BaseForm] = {
        "changes": ChangesForm(initial=seen),
        "comment": CommentForm(initial=seen),
        "decision": DecisionForm(
            initial=seen | {"valid_until": a_year_after(timezone.localdate())}
        ),
    }
    shown = fresh | forms
    for name, form in shown.items():
        # Each form on the page has fields of the same names.
        form.auto_id = f"id_{name}_%s"
    wrong = next((form for form in shown.values() if form.is_bound), None)
    context = {**page, "forms": shown, "wrong": wrong, "title": _("Review")}
    return render(request, "assessments/review.html", context)
