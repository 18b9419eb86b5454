"""Answers that were given before and may hold here too: the profile, the same system or model."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.selectors import facts_known_since, organisation_facts
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment
from law.conditions import Value
from law.facts import read_answer

REUSABLE = ("organisation", "system", "model")


@dataclass(frozen=True)
class Offer:
    """One earlier answer: what it says, where it was said (nowhere but in the profile), when."""

    question_id: str
    value: Any
    fact: Value
    use_name: str
    at: datetime


def reusable(question_ids: Iterable[str]) -> list[str]:
    """Those whose answer does not depend on the use."""
    questions = catalogue().entries.questions
    return [name for name in question_ids if questions[name].about in REUSABLE]


def offers(assessment: Assessment, question_ids: Iterable[str]) -> dict[str, Offer]:
    """For each of the questions the latest answer that may hold here too, in two queries."""
    names = reusable(question_ids)
    found = _from_profile(assessment, names)
    left = [name for name in names if name not in found]
    rows = [*_about_organisation(assessment, left), *_about_subject(assessment, left)]
    for answer in sorted(rows, key=lambda answer: answer.answered_at, reverse=True):
        offer = _offer(
            answer.question_id,
            answer.value,
            answer.assessment.use_case.name,
            answer.answered_at,
        )
        if offer:
            found.setdefault(offer.question_id, offer)
    return {name: found[name] for name in names if name in found}


def _from_profile(assessment: Assessment, names: list[str]) -> dict[str, Offer]:
    organisation = assessment.organisation
    known, since = organisation_facts(organisation), facts_known_since(organisation)
    made = (_offer(name, known[name], "", since) for name in names if name in known)
    return {offer.question_id: offer for offer in made if offer}


def _offer(question_id: str, value: Any, use_name: str, at: datetime) -> Offer | None:
    question = catalogue().entries.questions[question_id]
    try:
        return Offer(question_id, value, read_answer(question, value), use_name, at)
    except ValueError:
        # The catalogue has changed since; what no longer fits is not offered.
        return None


def _given(assessment: Assessment) -> QuerySet[Answer]:
    elsewhere = Answer.objects.filter(organisation_id=assessment.organisation_id)
    known = elsewhere.filter(value__isnull=False).exclude(assessment=assessment)
    return known.order_by("-answered_at")


def _about_organisation(assessment: Assessment, names: list[str]) -> Iterable[Answer]:
    """The latest answer to each question; asked one by one, so that the index finds it at once."""
    latest = Q()
    for name in _about(names, "organisation"):
        latest |= Q(pk=Subquery(_given(assessment).filter(question_id=name).values("pk")[:1]))
    if not latest:
        return []
    return Answer.objects.filter(latest).select_related("assessment__use_case")


def _about_subject(assessment: Assessment, names: list[str]) -> Iterable[Answer]:
    about_it = [*_about(names, "system"), *_about(names, "model")]
    if not about_it:
        return []
    use = assessment.use_case
    same = (
        Q(assessment__use_case__system=use.system_id)
        if use.system_id
        else Q(assessment__use_case__model=use.model_id)
    )
    rows = _given(assessment).filter(same, question_id__in=about_it)
    return rows.select_related("assessment__use_case")[:200]


def _about(names: list[str], whom: str) -> list[str]:
    return [name for name in names if catalogue().question(name).about == whom]


def age_in_words(since: date, today: date) -> str:
    """How old an answer is; a day or a month more or less does not matter."""
    days = (today - since).days
    if days < 1:
        return _("today")
    if days < 31:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 365:
        months = days // 30
        return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)d year ago", "%(n)d years ago", years) % {"n": years}
