"""The uses that another model would touch, with their findings and answers, in words."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import Membership
from assessments.addresses import result_url
from assessments.known_models import KnownModel
from assessments.law_in_use import catalogue
from assessments.models import Assessment
from assessments.replacing import AnswerChange, DutyChange, FindingChange, Touched, touched
from law.wording import answer_in_words
from models_registry.checks.results import Strength
from models_registry.comparison.chosen import Chosen
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from models_registry.selectors import models_of, systems_with_model, uses_of
from models_registry.sovereignty.knowledge import newest_runs

Page = dict[str, Any]
MOST_USES = 25


def uses_touched(
    member: Membership, before: Chosen, after: Chosen, system: AISystem | None, language: str
) -> Page:
    """The uses of the system, or of the model alone and in any system, each with what changes."""
    model = models_of(member).get(pk=before.key)
    rows = uses_of(member).in_use().filter(_affected(member, model, system)).in_order()
    uses = list(rows[: MOST_USES + 1])
    more, uses = len(uses) > MOST_USES, uses[:MOST_USES]
    assessments = (
        Assessment.objects.visible_to(member)
        .current()
        .filter(use_case__in=uses)
        .select_related("organisation", "use_case__model__provider", "use_case__system")
        .prefetch_related("answers", "findings")
    )
    found = touched(assessments, model, _known(member, after)) if uses else {}
    by_use = {one.assessment.use_case_id: one for one in found.values()}
    return {"uses": [_use(use, by_use.get(use.pk), language) for use in uses], "more": more}


def _affected(member: Membership, model: AIModel, system: AISystem | None) -> Q:
    if system is not None:
        return Q(system=system)
    inside = systems_with_model(AISystem.objects.visible_to(member), model.pk)
    return Q(model=model) | Q(system__in=inside.values("pk"))


def _known(member: Membership, chosen: Chosen) -> KnownModel:
    """The model that comes; one of the starter catalogue as if it were registered."""
    if chosen.registered:
        model = models_of(member).get(pk=chosen.key)
        return KnownModel(model, chosen.given, newest_runs([model.pk]).get(model.pk))
    provider = Supplier(name=chosen.provider)
    access = chosen.given.value("access") or AIModel.Access.OPEN_WEIGHTS
    model = AIModel(name=chosen.name, provider=provider, access=str(access))
    return KnownModel(model, chosen.given, None)


def _use(use: UseCase, change: Touched | None, language: str) -> Page:
    page: Page = {
        "name": use.name,
        "unit": use.unit,
        "url": reverse("assessments:use-detail", args=[use.pk]),
        "answers": [],
        "duties": [],
        "findings": [],
    }
    if change is None:
        return page
    return page | {
        "url": result_url(change.assessment),
        "answers": [_answer(use, one, language) for one in change.answers],
        "duties": [_duty(one, language) for one in change.duties],
        "findings": [_finding(one, language) for one in change.findings],
    }


def _answer(use: UseCase, one: AnswerChange, language: str) -> Page:
    question = catalogue().question(one.question_id)
    said = "" if one.suggested is None else answer_in_words(question, one.suggested, language)
    return {
        "label": question.text.in_language(language),
        "url": reverse("assessments:question", args=[use.pk, one.question_id]),
        "stands": answer_in_words(question, one.stands, language),
        "suggested": said,
        "resting": one.resting,
    }


def _duty(one: DutyChange, language: str) -> Page:
    return {**_named(one.duty_id, language), "before": _turn(one.before), "after": _turn(one.after)}


def _turn(applies: bool | None) -> str:
    return "open" if applies is None else "applies" if applies else "not"


def _finding(one: FindingChange, language: str) -> Page:
    return {
        **_named(one.duty_id, language),
        "status": one.finding.status if one.finding else "not_assessed",
        "strength": one.finding.strength if one.finding else "none",
        "before": _strength(one.before),
        "after": _strength(one.after),
        "resting": one.resting,
    }


def _strength(strength: Strength | None) -> str:
    return (strength or Strength.NONE).name.lower()


def _named(duty_id: str, language: str) -> Page:
    duty = catalogue().entries.duties.get(duty_id)
    # A frozen assessment may hold a finding on a duty that the law has dropped since.
    if duty is None:
        return {"label": duty_id, "url": ""}
    return {
        "label": duty.title.in_language(language),
        "url": reverse("law:duty", args=[duty_id]),
    }
