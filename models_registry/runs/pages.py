"""Runs of checks as the pages show them: on the model's page, in the list, and one as a whole."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership
from jobs.models import LOOK_AGAIN_SECONDS
from jobs.running import queue_position
from models_registry.checks.account import Words
from models_registry.checks.catalogue import load
from models_registry.checks.keeping import values_from_data
from models_registry.checks.lines import compute_lines, crossing_lines, licence_line, place_of
from models_registry.checks.telling import told
from models_registry.evidence.discretion import Discretion, discretion_for
from models_registry.models import AIModel, CheckRun
from models_registry.pages import MAY_REGISTER, address
from models_registry.runs.filters import RunFilters
from models_registry.runs.newest import attached_files, has_changed_since, latest_run, newest_run

Page = dict[str, Any]

_PROOFS = 8
# Tone and icon of a tag; the word comes from the account, so that no colour stands alone.
VERDICTS = {
    "pass": ("good", "check"),
    "partial": ("warn", "half"),
    "fail": ("bad", "cross"),
    "not_applicable": ("open", "dash"),
    "not_checkable": ("open", "question"),
    "error": ("bad", "warning"),
}
STANDINGS = {
    "meets": ("good", "check"),
    "likely_meets": ("good", "half"),
    "contested": ("warn", "warning"),
    "likely_fails": ("bad", "triangle-open"),
    "fails": ("bad", "cross"),
    "unknown": ("open", "question"),
    "not_applicable": ("open", "dash"),
}
_LEFT_TO_DO = ("fail", "error", "partial")
_FOLDED = ("not_checkable", "pass", "not_applicable")
# Checks that hold what is said against what is there.
_COMPARING = ("L03", "W09", "W13", "D11", "D15", "T04", "B04", "B07", "R02")


def account_in(run: CheckRun, language: str | None = None) -> Page:
    """What the run told in the reader's language, or else in English."""
    code = (language or get_language() or "en")[:2]
    found: Page = run.accounts.get(code) or run.accounts.get("en") or {}
    return found


def words() -> Words:
    """The catalogue's words in the reader's language."""
    return Words(load(), (get_language() or "en")[:2])


def checks_part(model: AIModel, member: Membership) -> Page:
    """Where the checks of a model stand, for its page."""
    latest, found = latest_run(model), newest_run(model)
    may = member.has_role(*MAY_REGISTER) and not model.retired_at
    has_files = bool(attached_files(model))
    moving = latest is not None and latest.is_moving
    stale = bool(found and not moving and has_changed_since(found, model))
    return {
        "state": run_state(latest, member) if latest else None,
        "looks_again": LOOK_AGAIN_SECONDS if moving else None,
        "found": _summary(found, discretion_for(member, found)) if found else None,
        "is_stale": stale,
        "has_files": has_files,
        "request_url": _of_model("run-request", model) if may and has_files and not moving else "",
        "list_url": _of_model("run-list", model),
        "licence_url": _of_model("licence-detail", model),
        "run": found,
    }


def run_state(run: CheckRun, member: Membership) -> Page:
    """Where one run stands in the queue or in its work, and what may be done about it."""
    may = member.has_role(*MAY_REGISTER)
    waiting = run.state == CheckRun.State.QUEUED
    return {
        "state": run.state,
        "position": queue_position(run) if waiting else None,
        "step": run.get_step_display() if run.step else "",
        "done": run.checks_done,
        "total": run.checks_total,
        "reason": run.get_failure_display() if run.failure else "",
        "refusals": refusals_of(run, discretion_for(member, run)),
        "retry_url": _of_run("run-retry", run) if may and run.may_run_again else "",
        "cancel_url": _of_run("run-cancel", run) if may and waiting else "",
        "url": _of_run("run-detail", run),
    }


def _summary(run: CheckRun, discretion: Discretion) -> Page:
    account, said = account_in(run), words()
    return {
        "url": _of_run("run-detail", run),
        "as_of": run.as_of,
        "finished": run.finished_at,
        "counts": verdict_counts(account["verdicts"], said),
        "licence_line": licence_line(account["licence"], said),
        "licence": standing(account["licence"]["verdict"]),
        "plan_on": _differing(account["licence"]),
        "exemption": standing(account["exemption"]["verdict"]),
        "contradictions": contradictions(account),
        "coverage": [coverage_line(row) for row in account.get("coverage", ())],
        "refusals": refusals_of(run, discretion),
    }


def run_lines(runs: Iterable[CheckRun]) -> list[Page]:
    """Earlier runs of a model in a list."""
    said = words()
    return [
        {
            "url": _of_run("run-detail", run),
            "asked": run.created_at,
            "as_of": run.as_of,
            "by": _name(run),
            "state": run.state,
            "files": run.summary.get("files"),
            "root": run.summary.get("root", "")[:12],
            "counts": verdict_counts(run.summary.get("verdicts", {}), said),
        }
        for run in runs
    ]


def run_page(run: CheckRun, member: Membership, asked: Mapping[str, str]) -> Page:
    """One run with everything that was found."""
    model, discretion = run.model, discretion_for(member, run)
    page: Page = {
        "model": {"name": str(model), "url": address(model)},
        "as_of": run.as_of,
        "asked": run.created_at,
        "by": _name(run),
        "state": run_state(run, member),
        "files": _files(run, discretion),
        "kept_back": len(discretion.kept_back),
        "list_url": _of_model("run-list", model),
        "licence_url": _of_model("licence-detail", model),
    }
    if run.state != CheckRun.State.DONE:
        return page
    newest = newest_run(model)
    is_newest = newest is not None and newest.pk == run.pk
    page["is_newest"] = is_newest
    page["is_stale"] = is_newest and has_changed_since(run, model)
    may = member.has_role(*MAY_REGISTER) and not model.retired_at
    page["request_url"] = _of_model("run-request", model) if may else ""
    return page | _found(discretion.account(account_in(run)), RunFilters(asked))


def _found(account: Page, filters: RunFilters) -> Page:
    said = words()
    shown = filters.groups(account["groups"])
    return {
        "filters": filters,
        "counts": verdict_counts(account["verdicts"], said),
        "licence_line": licence_line(account["licence"], said),
        "licence": standing(account["licence"]["verdict"]),
        "plan_on": _differing(account["licence"]),
        "exemption": standing(account["exemption"]["verdict"]),
        "contradictions": contradictions(account),
        "compute": compute_of(account, said),
        "crossings": crossing_lines(account, said),
        "facts": [_fact(fact, said) for fact in account["facts"]],
        "groups": [_group(group, said) for group in shown],
        "shown": sum(len(group["checks"]) for group in shown),
        "total": sum(len(group["checks"]) for group in account["groups"]),
        "coverage": [coverage_line(row) for row in account.get("coverage", ())],
        "openness": account.get("openness"),
        "openness_missing": _openness_missing(account),
        "never": account.get("never_verifiable", ()),
        "never_notes": account.get("never_notes", ()),
        "material": account["material"],
        "claims": [
            {"title": said.fact(name), "value": told(_value(value), said.language)}
            for name, value in account["claims"].items()
        ],
    }


def tag(look: tuple[str, str], word: str) -> Page:
    tone, icon = look
    return {"tone": tone, "icon": icon, "label": word[:1].upper() + word[1:]}


def standing(verdict: Mapping[str, str]) -> Page:
    """A verdict on the licence or the exemption as a tag."""
    return tag(STANDINGS[verdict["value"]], verdict["word"])


def verdict_counts(counts: Mapping[str, int], said: Words) -> list[Page]:
    """How many came to each verdict, those that nothing came to left out."""
    return [
        tag(VERDICTS[name], said.of(f"verdict_{name}")) | {"count": count, "name": name}
        for name, count in counts.items()
        if count
    ]


def contradictions(account: Page) -> list[Page]:
    """Where the documents say something else than the files, or than each other."""
    return [
        {"id": check["id"], "title": check["title"], "reason": check["reason"]}
        for group in account["groups"]
        for check in group["checks"]
        if check["id"] in _COMPARING and check["verdict"] == "fail"
    ]


def coverage_line(row: Page) -> Page:
    """Completeness and assurance of one annex: two figures, never one."""
    assured = dict(row["assurance"])
    good = sum(count for name, count in assured.items() if name in ("verified", "independent"))
    missing = [
        {"title": topic["title"], "cite": item["title"], "owed": item["owed_word"]}
        for item in row["items"]
        for topic in item["topics"]
        if not topic["there"]
    ]
    return {
        "id": row["id"],
        "title": row["title"],
        "there": row["there"],
        "asked": row["asked"],
        "percent": round(100 * row["completeness"]),
        "assurance": assured,
        "verified": good,
        "missing": missing,
    }


def compute_of(account: Page, said: Words) -> list[Page]:
    """Each figure of compute with its margins in words and its place on a scale."""
    lines = compute_lines(account, said)
    return [
        {"line": line, "margins": margins, "scale": _scale(one), "name": f"compute-{number}"}
        for number, ((line, margins), one) in enumerate(zip(lines, account["compute"], strict=True))
    ]


def _scale(one: Page) -> Page:
    """Powers of ten across; as text, since languages write numbers differently."""
    power = math.log10(one["flop"])
    low, high = min(20, math.floor(power) - 1), max(26, math.ceil(power) + 1)

    def place(value: float) -> str:
        return f"{2 + 94 * (value - low) / (high - low):.2f}%"

    return {
        "x": place(power),
        "ticks": [place(tick) for tick in range(low, high + 1)],
        "limits": [
            {"x": place(math.log10(margin["flop"])), "power": round(math.log10(margin["flop"]))}
            for margin in one["margins"]
        ],
        "end": f"{2 + 94:.2f}%",
    }


def check_line(check: Page, said: Words) -> Page:
    """One check with its verdict as a tag and its proofs with where they stand."""
    return {
        **check,
        "tag": tag(VERDICTS[check["verdict"]], check["verdict_word"]),
        "proofs": [proof_line(proof, said) for proof in check["proofs"][:_PROOFS]],
        "more_proofs": max(0, len(check["proofs"]) - _PROOFS),
        "cites": ", ".join(
            [*check["act_words"], *(f"§{p}" for p in check["supports"].get("guidelines", ()))]
        ),
        "is_open": check["verdict"] in ("fail", "error"),
    }


def proof_line(proof: Page, said: Words) -> Page:
    """The file, the line, page or bytes, and the words that stand there."""
    where = place_of(proof, said)
    if "start" in proof and "line" not in proof:
        span = {"start": proof["start"], "end": proof.get("end", "")}
        where += ", " + _("bytes %(start)s to %(end)s") % span
    return {"where": where, "quote": " ".join(proof["quote"].split()), "sha256": proof["sha256"]}


def refusals_of(run: CheckRun, discretion: Discretion) -> list[Page]:
    """The reader's files that were not read, each with the reason in the reader's language."""
    titles = {row["evidence"]: row.get("title") or row["name"] for row in run.files}
    language = words().language
    return [
        {
            "title": titles.get(row["evidence"], row["evidence"]),
            "reason": load().refusal(row["reason"], values_from_data(row["values"]), language),
        }
        for row in run.refusals
        if discretion.may_read(row["evidence"])
    ]


def _group(group: Page, said: Words) -> Page:
    """What is left to do stands first; the rest is folded, each verdict by itself."""
    lines = {
        verdict: [check_line(one, said) for one in group["checks"] if one["verdict"] == verdict]
        for verdict in (*_LEFT_TO_DO, *_FOLDED)
    }
    return {
        "id": group["id"],
        "title": group["title"],
        "checks": [line for verdict in _LEFT_TO_DO for line in lines[verdict]],
        "folds": [
            {"tag": lines[one][0]["tag"], "checks": lines[one]} for one in _FOLDED if lines[one]
        ],
    }


def _fact(fact: Page, said: Words) -> Page:
    proof = fact.get("proof")
    return {**fact, "proof": proof_line(proof, said) if proof else None}


def _differing(licence: Page) -> Page | None:
    same = licence["plan_on"]["value"] == licence["verdict"]["value"]
    return None if same else standing(licence["plan_on"])


def _openness_missing(account: Page) -> list[str]:
    opened = account.get("openness") or {}
    names = {row["id"]: row["title"] for row in opened.get("components", ())}
    return [names.get(name, name) for name in (opened.get("next") or {}).get("missing", ())]


def _files(run: CheckRun, discretion: Discretion) -> list[Page]:
    refused = {row["evidence"] for row in run.refusals}
    return [
        {**row, "refused": row["evidence"] in refused, "title": row.get("title") or row["name"]}
        for row in discretion.open
    ]


def _value(value: Any) -> Any:
    return tuple(_value(one) for one in value) if isinstance(value, list) else value


def _name(run: CheckRun) -> str:
    who = run.requested_by
    return (who.name or who.email) if who else ""


def _of_model(name: str, model: AIModel) -> str:
    return reverse(f"models_registry:{name}", args=[model.pk])


def _of_run(name: str, run: CheckRun) -> str:
    return reverse(f"models_registry:{name}", args=[run.pk])
