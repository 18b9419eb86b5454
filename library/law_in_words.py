"""Entries of the catalogue as pages show them, in the reader's language, each with its address."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from assessments.law_in_use import catalogue
from law.browsing import Entry, begins_in
from law.citations import parse_citation
from law.citing import slug_of
from law.conditions import Condition
from law.conditions_in_words import Line, condition_in_words
from law.entries import Duty, Question, Rule, Text
from law.outline import act_outline
from law.wording import cites_in_words
from library.law_index import law_index

Page = dict[str, Any]


def spoken() -> str:
    return (get_language() or "en")[:2]


def say(text: Text | None) -> str:
    return text.in_language(spoken()) if text else ""


def address(kind: str, name: str) -> str:
    """Where an entry is read."""
    if kind == "term":
        return f"{reverse('law:glossary')}#{name}"
    if kind == "provision":
        return reverse("law:provision", args=[slug_of(name)])
    page = kind if kind in ("duty", "question") else "rule"
    return reverse(f"law:{page}", args=[name])


def listed(entry: Entry) -> Page:
    """One line of a list."""
    cites = citations(entry.cite)
    title = say(entry.title)
    if entry.kind == "provision":
        title = f"{cites[0]['text']} – {title}"
    return {
        "kind": entry.kind,
        "id": entry.id,
        "title": title,
        "url": address(entry.kind, entry.id),
        "tier": entry.tier,
        "cites": [] if entry.kind == "provision" else cites,
    }


def citations(cites: Iterable[str]) -> list[Page]:
    """Each with its name in words, its page here and its address at EUR-Lex."""
    told = cites_in_words(tuple(cites), spoken())
    return [cite | {"page": address("provision", cite["id"])} for cite in told]


def grouped(entries: Iterable[Entry]) -> list[Page]:
    """Under one heading for each kind, in the order given."""
    groups: dict[str, list[Page]] = {}
    for entry in entries:
        groups.setdefault(entry.kind, []).append(listed(entry))
    return [{"kind": kind, "entries": rows} for kind, rows in groups.items()]


def chapters() -> list[Page]:
    """The chapters of the Act, with how much of the catalogue rests on each."""
    return [
        {
            "number": number,
            "title": say(title),
            "outcomes": len(law_index().by_chapter("outcome").get(number, ())),
            "duties": len(law_index().by_chapter("duty").get(number, ())),
        }
        for number, title in act_outline().chapters.items()
    ]


def chapter_page(number: str, title: Text) -> Page:
    """A chapter with its articles, and under each the classes and duties that begin there."""
    begun: dict[str, list[Entry]] = {}
    for kind in ("outcome", "duty"):
        for entry in law_index().by_chapter(kind).get(number, ()):
            begun.setdefault(begins_in(entry), []).append(entry)
    headings = act_outline().headings.values()
    return {
        "number": number,
        "title": say(title),
        "articles": [
            citations([heading.citation])[0]
            | {
                "title": say(heading.title),
                "groups": grouped(begun.get(heading.citation, ())),
            }
            for heading in headings
            if heading.chapter == number
        ],
    }


def condition(when: Condition) -> Page:
    """A condition in words; its statements lead to the rules and questions they name."""
    return _linked(condition_in_words(catalogue(), when, spoken()))


def _linked(line: Line) -> Page:
    if "parts" in line:
        return line | {"parts": [_linked(part) for part in line["parts"]]}
    return line | {"url": address(line["entry"], line["id"]) if line["entry"] else ""}


def duty_page(duty: Duty) -> Page:
    entries = catalogue().entries
    fine, transition = entries.fines[duty.fine], entries.transitions.get(duty.transition or "")
    return {
        "id": duty.id,
        "kind": duty.kind,
        "title": say(duty.title),
        "text": say(duty.text),
        "note": say(duty.note),
        "cites": citations(duty.cite),
        "roles": [_rule_link(role) for role in duty.roles],
        "condition": condition(duty.when),
        "days": duty.days,
        "transition": _told(transition) if transition else None,
        "evidence": [say(item) for item in duty.evidence],
        "fine": {"title": say(fine.title), "text": say(fine.text), "cites": citations(fine.cite)},
        "open_source": duty.open_source_reach,
        "open_source_cites": citations(duty.open_source_cite),
        "amended_by": duty.amended_by,
    }


def _rule_link(rule_id: str) -> Page:
    rule = catalogue().rule(rule_id)
    return {"title": say(rule.title), "url": address("rule", rule_id)}


def _told(entry: Any) -> Page:
    return {"title": say(entry.title), "text": say(entry.text), "cites": citations(entry.cite)}


def rule_page(rule: Rule) -> Page:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "title": say(rule.title),
        "text": say(rule.text),
        "tier": rule.tier or "",
        "cites": citations(rule.cite),
        "condition": condition(rule.when),
        "text_from": rule.text_from if rule.text_from.year > 1 else None,
        "text_until": rule.text_until,
        "applies_from": rule.applies_from,
        "readers": grouped(law_index().readers_of(rule.id)),
    }


def question_page(question: Question) -> Page:
    glossary = catalogue().entries.glossary
    texts = ("text", "why", "help", "inside", "outside", "who")
    return {
        "id": question.id,
        "kind": question.kind,
        "unit": question.unit,
        **{name: say(getattr(question, name)) for name in texts},
        "options": [say(option.label) for option in question.options],
        "cites": citations(question.cite),
        "terms": [
            {"title": say(glossary[name].term), "url": address("term", name)}
            for name in question.terms
        ],
        "readers": grouped(law_index().readers_of(question.id)),
    }


def provision_page(name: str) -> Page:
    citation = parse_citation(name)
    heading = act_outline().heading(citation)
    return {
        **citations([name])[0],
        "title": say(heading.title),
        "chapter": heading.chapter,
        "chapter_title": say(act_outline().chapters[heading.chapter]),
        "above": [citations([above])[0] for above in _above(name)],
        "groups": grouped(law_index().citing_within(name)),
        "below": [
            citations([below])[0] | {"count": len(law_index().citing_within(below))}
            for below in act_outline().below(name)
        ],
    }


def _above(name: str) -> list[str]:
    """Article and paragraph above a point, the outermost first; some levels have no entry."""
    parts = name.split("(")
    names = ["(".join(parts[:depth]) for depth in range(1, len(parts))]
    return [above for above in names if above in act_outline().places]


def glossary_page() -> list[Page]:
    """The defined terms in the order of the reader's alphabet."""
    rows: Mapping[str, Any] = catalogue().entries.glossary
    terms = [
        {
            "id": term.id,
            "title": say(term.term),
            "text": say(term.text),
            "cites": citations(term.cite),
        }
        for term in rows.values()
    ]
    return sorted(terms, key=lambda term: _alphabetical(term["title"]))


def _alphabetical(text: str) -> str:
    return text.casefold().translate(str.maketrans("äöü", "aou"))
