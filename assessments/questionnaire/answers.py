"""All answers by section, with what is still open and what need not be asked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from assessments.models import Answer, Assessment
from assessments.questionnaire.sections import TITLES
from assessments.reuse import age_in_words
from law.conditions import Value
from law.entries import Question
from law.facts import read_answer
from law.interview import SECTIONS, Interview, Standing
from law.wording import answer_in_words

Page = dict[str, Any]
SHOWN = (Standing.ANSWERED, Standing.UNKNOWN, Standing.NOW, Standing.LATER)
# Younger ones need no word about their age.
OLD = timedelta(days=31)


def answered_sections(
    assessment: Assessment,
    interview: Interview,
    language: str,
    supports: Mapping[UUID, list[Page]],
) -> list[Page]:
    """Every section with its questions that matter, answered or not; ``supports`` by answer."""
    sections = []
    for section in SECTIONS:
        if rows := _rows(assessment, interview, language, section, *SHOWN):
            for row in rows:
                row["supports"] = supports.get(row["key"], [])
            sections.append({"id": section, "title": TITLES[section], "rows": rows})
    return sections


def dormant_rows(assessment: Assessment, interview: Interview, language: str) -> list[Page]:
    """The answers that are kept although nothing needs them any more."""
    return _rows(assessment, interview, language, None, Standing.DORMANT)


def _rows(
    assessment: Assessment,
    interview: Interview,
    language: str,
    section: str | None,
    *standings: Standing,
) -> list[Page]:
    answers = {answer.question_id: answer for answer in assessment.answers.all()}
    questions = interview.evaluation.catalogue.entries.questions
    return [
        _row(assessment, questions[name], answers.get(name), standing, language)
        for name, standing in interview.standings.items()
        if standing in standings and section in (None, questions[name].section)
    ]


def _row(
    assessment: Assessment,
    question: Question,
    answer: Answer | None,
    standing: Standing,
    language: str,
) -> Page:
    inquiry = getattr(answer, "inquiry", None)
    return {
        "id": question.id,
        "key": answer.pk if answer else None,
        "question": question.text.in_language(language),
        "standing": str(standing),
        "answer": said(question, answer, language) if answer else "",
        "note": answer.note if answer else "",
        "age": _age(answer, assessment) if answer else "",
        "asked": {"whom": inquiry.whom, "reason": inquiry.reason} if inquiry else None,
        "url": reverse("assessments:question", args=[assessment.use_case_id, question.id]),
    }


def _age(answer: Answer, assessment: Assessment) -> str:
    """How old an answer is, where it was old when this assessment began."""
    if assessment.created_at - answer.answered_at < OLD:
        return ""
    return age_in_words(answer.answered_at.date(), timezone.localdate())


def said(question: Question, answer: Answer, language: str) -> str:
    """What the answer says, in words; one that no longer fits its question is not known."""
    return answer_in_words(question, fact_in(question, answer.value), language)


def fact_in(question: Question, value: Any) -> Value | None:
    try:
        return None if value is None else read_answer(question, value)
    except (TypeError, ValueError):
        return None


def hidden_sections(assessment: Assessment, interview: Interview, language: str) -> list[Page]:
    """The questions that do not matter, each group with the answer that makes it so."""
    sections = []
    for section in SECTIONS:
        groups: dict[str | None, list[str]] = {}
        hidden = interview.of(Standing.IRRELEVANT, section)
        for name in hidden + interview.of(Standing.DORMANT, section):
            groups.setdefault(interview.grounds(name).question, []).append(name)
        if groups:
            reasons = [
                _group(assessment, interview, because, names, language)
                for because, names in groups.items()
            ]
            sections.append({"title": TITLES[section], "groups": reasons})
    return sections


def _group(
    assessment: Assessment,
    interview: Interview,
    because: str | None,
    names: list[str],
    language: str,
) -> Page:
    catalogue = interview.evaluation.catalogue
    page: Page = {
        "questions": [catalogue.question(name).text.in_language(language) for name in names],
        "because": None,
    }
    if because:
        question = catalogue.question(because)
        value = interview.evaluation.answer(because)
        page["because"] = {
            "question": question.text.in_language(language),
            "answer": answer_in_words(question, value, language),
            "url": reverse("assessments:question", args=[assessment.use_case_id, because]),
        }
    return page
