"""What an edited answer has changed, for the page that tells of it."""

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from assessments.models import Assessment
from assessments.questionnaire.answers import fact_in
from law.change import Change, Class, change_between
from law.entries import Question
from law.interview import Interview
from law.wording import answer_in_words

Page = dict[str, Any]


def change_since(
    interview: Interview, question: Question, before: str
) -> tuple[Change, Any] | None:
    """The change since the answer was what `before` says as JSON, where it is worth telling."""
    try:
        value = json.loads(before)
    except (ValueError, RecursionError):
        return None
    fact = fact_in(question, value)
    if fact is None and value is not None:
        return None
    former = interview.after(question.id, fact)
    change = change_between(former, interview, question.id)
    # Whoever comes to know an answer goes on as usual, unless it decides something.
    tells = change.is_notable if value is not None else change.before != change.after
    return (change, value) if tells else None


def change_line(
    assessment: Assessment, question: Question, found: tuple[Change, Any], before: str
) -> Page:
    """The change in short, for the line under the result so far."""
    change, _was = found
    where = [assessment.use_case_id, question.id]
    changed = reverse("assessments:answer-changed", args=where)
    return {
        "before": _class(change.before),
        "after": _class(change.after),
        "same_class": change.before == change.after,
        "come": len(change.questions_come),
        "gone": len(change.questions_gone),
        "lapsed": len(change.answers_lapsed),
        "gained": len(change.duties_gained),
        "lost": len(change.duties_lost),
        "url": f"{changed}?{urlencode({'before': before})}",
    }


def change_page(
    assessment: Assessment,
    interview: Interview,
    question: Question,
    found: tuple[Change, Any],
    language: str,
) -> Page:
    change, before = found
    catalogue = interview.evaluation.catalogue

    def questions(names: tuple[str, ...]) -> list[Page]:
        return [
            {
                "text": catalogue.question(name).text.in_language(language),
                "url": reverse("assessments:question", args=[assessment.use_case_id, name]),
            }
            for name in names
        ]

    def duties(names: tuple[str, ...]) -> list[str]:
        return [catalogue.duty(name).title.in_language(language) for name in names]

    now = interview.evaluation.answer(question.id)
    return {
        "question": question.text.in_language(language),
        "was": answer_in_words(question, fact_in(question, before), language),
        "now": answer_in_words(question, now, language),
        "before": _class(change.before),
        "after": _class(change.after),
        "same_class": change.before == change.after,
        "come": questions(change.questions_come),
        "gone": questions(change.questions_gone),
        "lapsed": questions(change.answers_lapsed),
        "revived": questions(change.answers_revived),
        "gained": duties(change.duties_gained),
        "lost": duties(change.duties_lost),
    }


def _class(found: Class) -> Page:
    return {
        "tier": str(found.headline),
        "at_best": str(found.at_best),
        "at_worst": str(found.at_worst),
        "gpai": str(found.gpai),
    }
