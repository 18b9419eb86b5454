"""Rows and results as the pages show them; the words of law come told."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from assessments.cells import class_cell, duties_cell
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Decision
from assessments.standing import tag_of
from assessments.why import because, pivots, walked
from law.entries import Tier
from law.fines import Offender, ceiling_for
from law.wording import cites_in_words
from models_registry.model_access import access_in_words
from models_registry.models import AIModel, UseCase

Page = dict[str, Any]


def register_row(assessment: Assessment, language: str) -> Page:
    """One line of the register, from the summary alone."""
    use = assessment.use_case
    law = catalogue()
    cites = _cites_of(assessment.outcomes, assessment.headline, language)
    return {
        **use_facts(use),
        "url": reverse("assessments:use-detail", args=[use.pk]),
        "roles": [
            law.rule(role).title.in_language(language)
            for role in assessment.roles
            # A summary may name what a newer catalogue has dropped, until it is rebuilt.
            if role in law.entries.rules
        ],
        "tier": assessment.headline,
        "gpai": assessment.gpai,
        "cites": cites,
        "class_cell": class_cell(assessment, cites),
        "duties_cell": duties_cell(assessment),
        "duties_total": assessment.duties,
        "next_date": assessment.next_day,
        "prohibited_since": _prohibited_since(assessment),
        "all_since": assessment.since_day if assessment.duties else None,
        "state": assessment.state,
        "decision": _decision_tag(assessment),
    }


def _decision_tag(assessment: Assessment) -> str:
    """Where its decision stands today; empty before there is one."""
    decision: Decision | None = getattr(assessment, "decision", None)
    if decision is None:
        return ""
    return tag_of(decision, assessment.use_case, timezone.localdate())


def _prohibited_since(assessment: Assessment) -> date | None:
    """For a prohibited use, the first day of its prohibition once that has come."""
    if assessment.headline != Tier.PROHIBITED:
        return None
    law = catalogue()
    rules = [law.rule(name) for name in assessment.outcomes if name in law.entries.rules]
    days = [rule.applies_from for rule in rules if rule.tier == Tier.PROHIBITED]
    return min((day for day in days if day and day <= assessment.as_of), default=None)


def _cites_of(outcomes: Iterable[str], tier: str, language: str) -> list[Page]:
    law = catalogue()
    known = [law.rule(name) for name in outcomes if name in law.entries.rules]
    cites = (cite for rule in known if rule.tier == tier for cite in rule.cite)
    return cites_in_words(tuple(dict.fromkeys(cites)), language)


def use_facts(use: UseCase) -> Page:
    """What the register knows of a use, whatever its class."""
    parts = [part.model for part in use.system.parts.all()] if use.system else []
    models = parts + ([use.model] if use.model else [])
    return {
        "name": use.name,
        "purpose": use.purpose,
        "unit": use.unit,
        "is_example": use.is_example,
        "retired": use.retired_at,
        "system_name": str(use.subject),
        "models": [_model(model) for model in models],
        "references": [],
    }


def _model(model: AIModel) -> Page:
    notes = [access_in_words(model), model.licence]
    return {"name": str(model), "note": ", ".join(note for note in notes if note)}


def result_page(
    assessment: Assessment, told: Mapping[str, Any], language: str, *, with_links: bool = False
) -> Page:
    """The told result arranged for the page of one use; its questions may lead to their pages."""
    findings = {finding.duty_id: finding for finding in assessment.findings.all()}
    headline = told["headline"]
    leading = [o for o in told["outcomes"] if o["tier"] == headline and not o["open"]]
    statuses = assessment.findings_by_status
    page: Page = {
        "tier": headline,
        "gpai": told["gpai"],
        "is_open": headline == "open" or told["gpai"] == "open",
        "at_best": told["at_best"],
        "at_worst": told["at_worst"],
        "cites": _unique(cite for outcome in leading for cite in outcome["cites"]),
        "today": assessment.as_of,
        "law_version": told["law_version"],
        "digest": told["catalogue_digest"],
        "next_date": _day(told["next_day"]),
        "all_since": _all_since(told),
        "because": because(leading),
        "outcomes": [
            _outcome(o) for o in told["outcomes"] if o["tier"] != headline and not o["open"]
        ],
        "pivots": pivots(told),
        "open_questions": [_open_question(question) for question in told["open_questions"]],
        "roles": [
            {"name": role["title"], "possible": role["open"], "cites": role["cites"]}
            for role in told["roles"]
        ],
        "counts": statuses,
        "duties_total": sum(statuses.values()),
        "duty_groups": duty_groups(told, findings, language),
        "duties_certain": any(not duty["open"] for duty in told["duties"]),
        "fine": gravest_fine(told, assessment.organisation, language),
        "readings": [
            {
                "title": r["title"],
                "chosen": r["option_title"],
                "text": r["option_text"],
                "cites": r["cites"],
            }
            for r in told["readings"]
            if r["matters"]
        ],
        "path": _path(told),
        "walked": walked(leading, headline),
    }
    if with_links:
        _lead_to_questions(page, assessment)
    return page


def _lead_to_questions(page: Page, assessment: Assessment) -> None:
    """Gives every question on the page the address where it is answered."""
    reasons = [reason for group in page["because"] for reason in group["reasons"]]
    said = [answer for reason in reasons for answer in reason["answers"]]
    for question in (*page["pivots"], *page["open_questions"], *page["path"], *said):
        where = [assessment.use_case_id, question["id"]]
        question["url"] = reverse("assessments:question", args=where)


def _outcome(outcome: Mapping[str, Any]) -> Page:
    return {**outcome, "applies_from": _day(outcome["applies_from"])}


def _open_question(question: Mapping[str, Any]) -> Page:
    return {
        "id": question["id"],
        "text": question["question"],
        "who": question["who"],
        "decides": question["settles_headline"] > 0,
    }


def duty_groups(told: Mapping[str, Any], findings: Mapping[str, Any], language: str) -> list[Page]:
    """Duties by day: the next first, then later ones, those in force, those only after a change."""
    next_day = told["next_day"]

    def order(duty: Mapping[str, Any]) -> tuple[int, str]:
        day = duty["applies_from"]
        if day is None:
            return 3, ""
        return (2 if duty["bites"] else 0 if day == next_day else 1), day

    duties = sorted((duty for duty in told["duties"] if duty["kind"] == "duty"), key=order)
    groups = []
    for (rank, day), rows in groupby(duties, key=order):
        lines = [_duty(duty, findings.get(duty["id"]), language) for duty in rows]
        groups.append(
            {
                "date": _day(day or None),
                "bites": rank == 2,
                "is_next": rank == 0,
                "count": len(lines),
                "duties": lines,
            }
        )
    return groups


def _all_since(told: Mapping[str, Any]) -> date | None:
    """The last day on which a duty began, where no later one is known and none may be added."""
    duties = [duty for duty in told["duties"] if duty["kind"] == "duty"]
    if told["next_day"] or told["headline"] == "open" or any(duty["open"] for duty in duties):
        return None
    return _day(max((duty["applies_from"] for duty in duties if duty["bites"]), default=None))


def _duty(duty: Mapping[str, Any], finding: Any, language: str) -> Page:
    rules = catalogue().entries.rules
    # A frozen result may name what a newer catalogue has dropped.
    roles = [rules[role].title.in_language(language) for role in duty["roles"] if role in rules]
    return {
        "id": duty["id"],
        "title": duty["title"],
        "url": _page_of(duty["id"]),
        "cites": duty["cites"],
        "roles": roles,
        "possible": duty["open"],
        "status": finding.status if finding else "not_assessed",
        "strength": finding.strength if finding else "none",
        "note": duty["warning"] or (duty["transition"] or {}).get("title", ""),
    }


def _page_of(duty_id: str) -> str:
    # A frozen result may name a duty that the law has dropped since.
    known = duty_id in catalogue().entries.duties
    return reverse("law:duty", args=[duty_id]) if known else ""


def gravest_fine(told: Mapping[str, Any], organisation: Organisation, language: str) -> Page | None:
    """The highest ceiling among the duties that apply, in words."""
    fines = catalogue().entries.fines
    owed = {duty["fine"]["id"] for duty in told["duties"] if not duty["open"]}
    used = [fine for fine in fines.values() if fine.id in owed]
    gravest = max(used, key=lambda fine: fine.max_eur or 0, default=None)
    if gravest is None or not gravest.max_eur:
        return None
    offender = Offender(organisation.kind, organisation.size_class, organisation.turnover)
    ceiling = ceiling_for(gravest, offender)
    if ceiling.amount is not None:
        text = _("EUR %(amount)s") % {"amount": _thousands(int(ceiling.amount))}
    elif ceiling.basis == "turnover_unknown":
        text = _("EUR %(amount)s or %(percent)g %% of worldwide turnover, whichever is higher") % {
            "amount": _thousands(gravest.max_eur),
            "percent": gravest.percent,
        }
    else:
        text = _("set by other rules for public bodies")
    return {"text": text, "cites": cites_in_words(gravest.cite, language)}


def _thousands(amount: int) -> str:
    # A narrow space that does not break: right in both languages.
    return f"{amount:,}".replace(",", "\u202f")


def _path(told: Mapping[str, Any]) -> list[Page]:
    """Every answer that some outcome or role rests on, once."""
    answers: dict[str, Page] = {}
    for result in (*told["outcomes"], *told["roles"]):
        for step in result["because"]:
            answers |= {answer["id"]: answer for answer in step["answers"]}
    return list(answers.values())


def _unique(cites: Iterable[Page]) -> list[Page]:
    return list({cite["id"]: cite for cite in cites}.values())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
