"""Evidence behind one answer or one finding: found in the library, added, taken away."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.models import Membership
from assessments.addresses import result_url
from assessments.answering import MAY_ANSWER, assessment_of_use, why_only_reading
from assessments.duty_checks import checks_for
from assessments.known_models import known_models
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment, Finding, Support
from assessments.questionnaire.answers import said
from assessments.services import FrozenError
from assessments.services.supporting import (
    support_answer,
    support_by_checks,
    support_finding,
    withdraw_support,
)
from assessments.support_pages import checks_line, points_page, supports_by_owner
from assessments.views.questionnaire import page_language
from law.wording import cites_in_words
from models_registry.evidence.forms import AddForm
from models_registry.evidence.selectors import evidence_of
from models_registry.evidence.uploading import takes_files
from models_registry.models import Evidence
from models_registry.selectors import with_words
from models_registry.views.evidence_saving import saved_new

Page = dict[str, Any]
MOST_FOUND = 20


@dataclass(frozen=True)
class Target:
    """An answer or a finding that evidence is behind."""

    row: Answer | Finding
    member: Membership

    @property
    def assessment(self) -> Assessment:
        return self.row.assessment

    def url(self, deed: str) -> str:
        if isinstance(self.row, Finding):
            return reverse(f"assessments:finding-{deed}", args=[self.row.pk])
        where = [self.assessment.use_case_id, self.row.question_id]
        return reverse(f"assessments:answer-{deed}", args=where)

    def add(self, evidence: Evidence) -> None:
        by = self.member.user
        if isinstance(self.row, Finding):
            support_finding(finding=self.row, evidence=evidence, by=by)
        else:
            support_answer(answer=self.row, evidence=evidence, by=by)


def answer_target(request: HttpRequest, use_id: UUID, question_id: str) -> Target:
    member = member_of(request)
    assessment = assessment_of_use(member, use_id)
    for answer in assessment.answers.all():
        if answer.question_id == question_id and question_id in catalogue().entries.questions:
            answer.assessment = assessment
            return Target(answer, member)
    raise Http404


def finding_target(request: HttpRequest, finding_id: UUID) -> Target:
    member = member_of(request)
    rows = Finding.objects.visible_to(member).select_related(
        "assessment__organisation", "assessment__use_case__system", "assessment__use_case__model"
    )
    return Target(get_object_or_404(rows, pk=finding_id), member)


@never_cache
@require_safe
@member_required
def answer_evidence(request: HttpRequest, use_id: UUID, question_id: str) -> HttpResponse:
    return _page(request, answer_target(request, use_id, question_id))


@never_cache
@require_safe
@member_required
def finding_evidence(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    return _page(request, finding_target(request, finding_id))


@require_POST
@member_required
@takes_files
def answer_evidence_add(request: HttpRequest, use_id: UUID, question_id: str) -> HttpResponse:
    return _added(request, answer_target(request, use_id, question_id))


@require_POST
@member_required
@takes_files
def finding_evidence_add(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    return _added(request, finding_target(request, finding_id))


@require_POST
@member_required
def finding_checks_use(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    target = finding_target(request, finding_id)
    require_role(target.member, *MAY_ANSWER)
    try:
        support_by_checks(finding=target.row, by=target.member.user)  # type: ignore[arg-type]
    except FrozenError:
        messages.error(request, _frozen())
    else:
        messages.success(request, _("The checks are evidence of this duty now."))
    return redirect(target.url("evidence"))


@require_POST
@member_required
def support_remove(request: HttpRequest, support_id: UUID) -> HttpResponse:
    member = member_of(request)
    rows = Support.objects.visible_to(member).select_related(
        "answer__assessment", "finding__assessment"
    )
    support = get_object_or_404(rows, pk=support_id)
    require_role(member, *MAY_ANSWER)
    try:
        withdraw_support(support=support, by=member.user)
    except FrozenError:
        messages.error(request, _frozen())
    row = support.answer or support.finding
    return redirect(Target(row, member).url("evidence"))  # type: ignore[arg-type]


def _added(request: HttpRequest, target: Target) -> HttpResponse:
    """Evidence of the library that was chosen, or a new piece that goes there first."""
    require_role(target.member, *MAY_ANSWER)
    if target.assessment.is_frozen:
        messages.error(request, _frozen())
        return redirect(target.url("evidence"))
    form = None
    evidence = _chosen(request, target)
    if evidence is None:
        form = AddForm(request.POST, request.FILES, actor=target.member)
        evidence = saved_new(form, target.member)
    if evidence is None:
        return _page(request, target, form)
    return _attached(request, target, evidence)


def _chosen(request: HttpRequest, target: Target) -> Evidence | None:
    if "evidence" not in request.POST:
        return None
    try:
        key = UUID(request.POST["evidence"])
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(evidence_of(target.member).current(), pk=key)


def _attached(request: HttpRequest, target: Target, evidence: Evidence) -> HttpResponse:
    try:
        target.add(evidence)
    except FrozenError:
        messages.error(request, _frozen())
    else:
        messages.success(request, _("Added as evidence: %(title)s") % {"title": evidence.title})
    return redirect(target.url("evidence"))


def _frozen() -> str:
    return _("Not changed: this assessment can no longer be changed.")


def _page(request: HttpRequest, target: Target, form: AddForm | None = None) -> HttpResponse:
    assessment, language = target.assessment, page_language()
    only_reading = why_only_reading(assessment, target.member)
    supports = supports_by_owner(assessment, target.member, language).get(target.row.pk, [])
    find = request.GET.get("q", "").strip()[:200]
    context = _heading(target, language) | {
        "assessment": assessment,
        "use": assessment.use_case,
        "supports": supports,
        "only_reading": only_reading,
        "find": find,
        "found": [] if only_reading else _found(target, find),
        "form": form or AddForm(actor=target.member),
        "errors": form.errors if form else None,
        "add_url": target.url("evidence-add"),
        "page_url": target.url("evidence"),
    }
    return render(request, "assessments/evidence.html", context)


def _heading(target: Target, language: str) -> Page:
    row, assessment = target.row, target.assessment
    if isinstance(row, Answer):
        question = catalogue().question(row.question_id)
        back = reverse("assessments:question", args=[assessment.use_case_id, row.question_id])
        text = question.text.in_language(language)
        return {"title": text, "says": said(question, row, language), "back_url": back}
    duty = catalogue().entries.duties.get(row.duty_id)
    checks = None if assessment.is_frozen else checks_for(row.duty_id, known_models(assessment))
    return {
        "title": duty.title.in_language(language) if duty else row.duty_id,
        "cites": cites_in_words(duty.cite, language) if duty else [],
        "strength": row.strength,
        "back_url": f"{result_url(assessment)}#duties",
        "checks": checks_line(checks) if checks else None,
        "points": points_page(checks, language) if checks else [],
        "use_checks_url": target.url("checks-use"),
        "is_finding": True,
    }


def _found(target: Target, find: str) -> list[Page]:
    """Evidence of the library that the words fit and that is not behind it yet, newest first."""
    rows = (
        evidence_of(target.member)
        .current()
        .exclude(pk__in=target.row.supports.filter(evidence__isnull=False).values("evidence_id"))
    )
    fitting = with_words(rows, find, "title", "issuer", "file_name", "scope")
    return [
        {
            "id": row.pk,
            "title": row.title,
            "kind": row.get_kind_display(),
            "issuer": row.issuer,
            "issued_on": row.issued_on,
            "strength": row.strength,
        }
        for row in fitting[:MOST_FOUND]
    ]
