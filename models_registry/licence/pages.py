"""The licence of a model: what it is, what it asks, both sides of what is contested."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from models_registry.checks.account import Words
from models_registry.checks.catalogue import load
from models_registry.checks.licences.catalogue import Arguments, licences
from models_registry.checks.lines import licence_line
from models_registry.evidence.discretion import discretion_for
from models_registry.models import AIModel, CheckRun, LicenceDecision
from models_registry.pages import address
from models_registry.runs.newest import newest_run, standing_decision
from models_registry.runs.pages import (
    STANDINGS,
    account_in,
    check_line,
    standing,
    tag,
    words,
)
from models_registry.services.deciding import may_be_decided

Page = dict[str, Any]

MAY_DECIDE = (Role.ADMIN, Role.OFFICER, Role.APPROVER)
_HISTORY = 50


def licence_page(model: AIModel, member: Membership) -> Page:
    """Everything about the licence, from the newest run or else from the register."""
    run, said = newest_run(model), words()
    page: Page = {
        "model": {"name": str(model), "url": address(model)},
        "declared": _declared(model, said),
        "run": _of_run(run, said, member) if run else None,
        "decision": _decision(standing_decision(model), run),
        "history": _history(model),
        "may_decide": may_decide(model, member, run),
        "decide_url": reverse("models_registry:licence-detail", args=[model.pk]),
        "withdraw_url": "",
    }
    if page["decision"] and member.has_role(*MAY_DECIDE):
        page["withdraw_url"] = reverse("models_registry:licence-withdraw", args=[model.pk])
    return page


def may_decide(model: AIModel, member: Membership, run: CheckRun | None) -> bool:
    if run is None or model.retired_at or not member.has_role(*MAY_DECIDE):
        return False
    return may_be_decided(run)


def licence_text_of(model: AIModel) -> str:
    """The hash of the text that a decision made now would be about."""
    run = newest_run(model)
    return str(run.summary.get("licence_text", "")) if run else ""


def _of_run(run: CheckRun, said: Words, member: Membership) -> Page:
    account = discretion_for(member, run).account(account_in(run))
    licence, exemption = account["licence"], account["exemption"]
    checks: list[Page] = next(
        (group["checks"] for group in account["groups"] if group["id"] == "licence"), []
    )
    return {
        "url": reverse("models_registry:run-detail", args=[run.pk]),
        "as_of": run.as_of,
        "line": _line_of(licence, said),
        "from_text": licence["from_text"],
        "text_sha256": run.summary.get("licence_text", ""),
        "verdict": standing(licence["verdict"]),
        "plan_on": standing(licence["plan_on"]),
        "plan_differs": licence["plan_on"]["value"] != licence["verdict"]["value"],
        "reasons": licence["reasons"],
        "guidelines": ", ".join(f"§{paragraph}" for paragraph in licence["guidelines"]),
        "effects": licence["effects"],
        "arguments": licence["arguments"],
        "checks": [check_line(check, said) for check in checks],
        "is_open": may_be_decided(run),
        "exemption": _exemption(exemption),
        # What the run went by, should a decision have been made since.
        "decision": (run.summary.get("decision") or {}).get("id", ""),
    }


def _line_of(licence: Page, said: Words) -> str:
    if licence["from_text"] and not licence["names"] and not licence["nearest"]:
        return _("The licence text is none that the catalogue knows. Its clauses were read.")
    return licence_line(licence, said)


def _exemption(exemption: Page) -> Page:
    best, worst = exemption["at_best"], exemption["at_worst"]
    return {
        "verdict": standing(exemption["verdict"]),
        "at_best": standing(best) if best["value"] != worst["value"] else None,
        "at_worst": standing(worst),
        "representative": standing(exemption["representative"]),
        "steps": [
            {
                **step,
                "tag": tag(STANDINGS[step["verdict"]["value"]], step["verdict"]["word"]),
                "cites": ", ".join([*step["act_words"], *(f"§{p}" for p in step["guidelines"])]),
            }
            for step in exemption["steps"]
        ],
        "notes": exemption["notes"],
    }


def _declared(model: AIModel, said: Words) -> Page | None:
    """What the catalogue says of the licence that the register names."""
    known = licences(load())
    row = known.by_id.get(model.licence_id)
    if row is None:
        return {"name": model.licence, "verdict": None} if model.licence else None
    arguments = known.arguments.get(row.arguments)
    return {
        "name": row.name,
        "verdict": tag(STANDINGS[row.verdict], said.of(f"licence_{row.verdict}")),
        "reasons": [said.text(known.reasons[name]) for name in row.reasons],
        "effects": [said.text(known.effects[effect].title) for effect in row.effects],
        "guidelines": ", ".join(f"§{paragraph}" for paragraph in row.paragraphs),
        "arguments": [_arguments(arguments, said)] if arguments else [],
        "verified": row.verified,
    }


def _arguments(row: Arguments, said: Words) -> Page:
    return {
        "title": said.text(row.title),
        "for": [
            {"text": said.text(one.text), "guidelines": list(one.paragraphs)}
            for one in row.for_meeting
        ],
        "against": [
            {"text": said.text(one.text), "guidelines": list(one.paragraphs)}
            for one in row.against_meeting
        ],
        "assessment": said.text(row.assessment),
        "settles": [said.text(one) for one in row.settles],
    }


def _decision(decision: LicenceDecision | None, run: CheckRun | None) -> Page | None:
    if decision is None:
        return None
    text = run.summary.get("licence_text", "") if run else ""
    return _line(decision) | {"text_changed": run is not None and text != decision.text_sha256}


def _history(model: AIModel) -> list[Page]:
    rows = LicenceDecision.objects.filter(model=model, withdrawn_at__isnull=False)
    return [_line(row) for row in rows.select_related("decided_by")[:_HISTORY]]


def _line(decision: LicenceDecision) -> Page:
    who = decision.decided_by
    return {
        "plan_on": decision.get_plan_on_display(),
        "reason": decision.reason,
        "by": who.name or who.email,
        "on": decision.decided_on,
        "text": decision.text_sha256[:12],
        "withdrawn": decision.withdrawn_at,
    }
