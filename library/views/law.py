"""The law as the catalogue holds it, to read; nothing here is changed."""

from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.law_in_use import catalogue
from law.citing import provision_of
from law.outline import act_outline
from library.law_in_words import (
    chapter_page,
    chapters,
    duty_page,
    glossary_page,
    provision_page,
    question_page,
    rule_page,
)

Row = TypeVar("Row")


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    return render(request, "library/contents.html", {"chapters": chapters()})


@require_safe
def chapter(request: HttpRequest, number: str) -> HttpResponse:
    title = _known(act_outline().chapters, number)
    return render(request, "library/chapter.html", {"chapter": chapter_page(number, title)})


@require_safe
def duty(request: HttpRequest, duty_id: str) -> HttpResponse:
    row = _known(catalogue().entries.duties, duty_id)
    return render(request, "library/duty.html", {"duty": duty_page(row)})


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    row = _known(catalogue().entries.rules, rule_id)
    return render(request, "library/rule.html", {"rule": rule_page(row)})


@require_safe
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    row = _known(catalogue().entries.questions, question_id)
    return render(request, "library/question.html", {"question": question_page(row)})


@require_safe
def provision(request: HttpRequest, slug: str) -> HttpResponse:
    name = provision_of(slug.lower())
    if name is None:
        raise Http404
    return render(request, "library/provision.html", {"provision": provision_page(name)})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "library/glossary.html", {"terms": glossary_page()})


def _known(rows: dict[str, Row], name: str) -> Row:
    if name not in rows:
        raise Http404
    return rows[name]
