"""Suggested answers as the pages show them, each beside the answer that stands."""

from typing import Any

from django.urls import reverse

from accounts.models import Membership
from assessments.known_models import KnownModel
from assessments.law_in_use import catalogue
from assessments.models import Assessment
from assessments.proposing import Offered, Proposals, Stand
from assessments.questionnaire.answers import fact_in, said
from assessments.questionnaire.sections import TITLES
from assessments.suggested import Discretions, discretions, origin_row
from law.interview import SECTIONS
from law.wording import answer_in_words
from models_registry.checks.answer_proposals import Disputed

Page = dict[str, Any]


def proposal_row(
    assessment: Assessment, offered: Offered, language: str, discreet: Discretions
) -> Page:
    """One suggestion: what it says, where from, how strong, and what stands there now."""
    question, answer = catalogue().question(offered.question_id), offered.answer
    origins = [origin_row(origin, language, discreet) for origin in offered.origins]
    return {
        "id": offered.question_id,
        "token": offered.token,
        "question": question.text.in_language(language),
        "section": TITLES[question.section],
        "answer": answer_in_words(question, offered.fact, language),
        "strength": offered.strength.name.lower(),
        "stand": str(offered.stand),
        "contradicts": offered.stand is Stand.CONTRADICTS,
        "stands_now": said(question, answer, language) if answer else "",
        "stands_by": str(answer.answered_by or "") if answer else "",
        "stands_at": answer.answered_at if answer else None,
        "origins": origins,
        "models": list(dict.fromkeys(origin["model"] for origin in origins)),
        "silent": [str(known.model) for known in offered.silent],
        "url": reverse("assessments:question", args=[assessment.use_case_id, offered.question_id]),
    }


def proposal_groups(
    assessment: Assessment, found: Proposals, member: Membership, language: str
) -> Page:
    """Those that wait, contradictions first; then what agrees, was rejected or is disputed."""
    ranks = {Stand.CONTRADICTS: 0, Stand.NEW: 1}
    questions = catalogue().entries.questions

    def place(offered: Offered) -> tuple[int, int]:
        section = SECTIONS.index(questions[offered.question_id].section)
        return ranks.get(offered.stand, len(ranks)), section

    discreet = discretions(member, found.models)
    ordered = sorted(found.offered, key=place)
    rows = [proposal_row(assessment, one, language, discreet) for one in ordered]
    models = {str(known.model.pk): known for known in found.models}
    return {
        "waiting": [row for row in rows if row["stand"] in (Stand.NEW, Stand.CONTRADICTS)],
        "agreeing": [row for row in rows if row["stand"] == Stand.AGREES],
        "rejected": [row for row in rows if row["stand"] == Stand.REJECTED],
        "disputed": [_disputed(one, models, language) for one in found.disputed],
        "models": [_model(known) for known in found.models],
    }


def _disputed(found: Disputed, models: dict[str, KnownModel], language: str) -> Page:
    question = catalogue().question(found.question)
    return {
        "question": question.text.in_language(language),
        "values": [
            {
                "model": str(models[key].model),
                "answer": answer_in_words(question, fact_in(question, value), language),
            }
            for key, value in found.values.items()
        ],
    }


def _model(known: KnownModel) -> Page:
    return {
        "name": str(known.model),
        "url": reverse("models_registry:model-detail", args=[known.model.pk]),
        "checked": known.run.as_of if known.run else None,
    }


def waiting_line(assessment: Assessment, found: Proposals) -> Page | None:
    """How many suggestions wait, for pages that lead to them."""
    waiting = found.waiting
    if not waiting:
        return None
    return {
        "count": len(waiting),
        "contradicting": sum(one.stand is Stand.CONTRADICTS for one in waiting),
        "url": reverse("assessments:proposal-list", args=[assessment.use_case_id]),
    }
