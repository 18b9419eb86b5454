"""One question: its answers as cards, its panel, and what each answer would add."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.answer_forms import NO, NONE, UNKNOWN, YES, AnswerForm
from law.citations import parse_citation
from law.conditions import Value
from law.entries import Question, Text, Tier
from law.interview import SECTIONS, Interview, rules_looking_at
from law.wording import cites_in_words, word

Page = dict[str, Any]
MOST_RULES, MOST_TEXTS = 5, 2
# A longer list is one of names, each with the same questions behind it.
LONG = 12
NOTHING_AT_STAKE = (Tier.MINIMAL, Tier.OUT_OF_SCOPE, Tier.NOT_A_SYSTEM)


def question_page(
    question: Question, form: AnswerForm, interview: Interview, language: str
) -> Page:
    """Everything about the question itself, in one language."""
    return {
        "id": question.id,
        "kind": question.kind,
        "unit": question.unit,
        "text": question.text.in_language(language),
        "help": question.help.in_language(language),
        "is_long": len(question.options) > LONG,
        "choices": _choices(question, form, interview, language),
        "panel": panel_sections(question, interview, language),
        "terms": _terms(question, interview, language),
    }


def _choices(
    question: Question, form: AnswerForm, interview: Interview, language: str
) -> list[Page]:
    chosen = form.chosen
    several = question.kind == "several_of"
    without = interview.before(question.id)
    rows: list[Page] = [
        {
            "value": value,
            "label": label,
            "hint": hint,
            "adds": _adds(question, value, without, language),
        }
        for value, label, hint in _options(question, language)
    ]
    for number, row in enumerate(rows):
        row |= {
            # The first one takes the focus from the summary of errors.
            "id": "id_value" if number == 0 else f"id_value_{number}",
            "checked": row["value"] in chosen,
            "unknown": row["value"] == UNKNOWN,
            "alone": several and row["value"] in (NONE, UNKNOWN),
        }
    return rows


def _options(question: Question, language: str) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    if question.kind == "yes_no":
        rows += [(YES, word("yes", language), ""), (NO, word("no", language), "")]
    for option in question.options:
        hint = option.hint.in_language(language) if option.hint else ""
        rows.append((option.id, option.label.in_language(language), hint))
    if question.kind == "several_of":
        rows.append((NONE, word("none", language), ""))
    rows.append((UNKNOWN, _("I don’t know"), _("Stays open; you can ask somebody.")))
    return rows


def _adds(question: Question, chosen: str, without: Interview, language: str) -> str:
    """Which questions this answer alone would bring that nobody sees without it."""
    if question.kind in ("number", "date") or chosen == UNKNOWN or len(question.options) > LONG:
        return ""
    catalogue = without.evaluation.catalogue
    brought = without.after(question.id, _value(question, chosen)).shown - without.shown
    if not brought:
        return ""
    found = [entry for entry in catalogue.entries.questions.values() if entry.id in brought]
    first = min(found, key=lambda entry: SECTIONS.index(entry.section))
    text = ngettext(
        "Adds the question: %(first)s", "Adds %(n)d questions, the first: %(first)s", len(found)
    )
    return text % {"n": len(found), "first": first.text.in_language(language)}


def _value(question: Question, chosen: str) -> Value:
    if question.kind == "yes_no":
        return chosen == YES
    if question.kind == "several_of":
        return frozenset() if chosen == NONE else frozenset({chosen})
    return chosen


def panel_sections(question: Question, interview: Interview, language: str) -> list[Page]:
    """Why it is asked, the law with its addresses, an example on either side, and who knows."""

    def say(text: Text) -> str:
        return text.in_language(language)

    rules = rules_looking_at(interview.evaluation, question.id)
    near = {_provision(cite) for cite in question.cite}
    told = {
        say(rule.text): None
        for rule in rules
        if rule.kind == "outcome"
        and rule.text
        and rule.tier not in NOTHING_AT_STAKE
        and not near.isdisjoint(map(_provision, rule.cite))
    }
    readers = interview.evaluation.catalogue.readers(question.id)
    concepts = [say(r.title) for r in rules if r.kind == "concept" and r.id in readers]
    law = {
        "title": _("The law"),
        "cites": cites_in_words(question.cite, language),
        # A question that opens a whole field decides too much for a few sentences to stand for it.
        "decides": [
            *(concepts if len(concepts) <= MOST_RULES else []),
            *(told if len(told) <= MOST_TEXTS else []),
        ],
    }
    return [
        {"title": _("Why we ask"), "text": say(question.why)},
        law,
        {"title": _("An example inside"), "text": say(question.inside)},
        {"title": _("An example outside"), "text": say(question.outside)},
        {"title": _("Who usually knows"), "text": say(question.who)},
    ]


def _provision(cite: str) -> str:
    """The paragraph of an article, or the point of an annex or definition, of a citation."""
    citation = parse_citation(cite)
    return str(replace(citation, path=citation.path[:1]))


def _terms(question: Question, interview: Interview, language: str) -> list[Page]:
    glossary = interview.evaluation.catalogue.entries.glossary
    return [
        {
            "term": glossary[name].term.in_language(language),
            "text": glossary[name].text.in_language(language),
            "cites": cites_in_words(glossary[name].cite, language),
        }
        for name in question.terms
    ]
