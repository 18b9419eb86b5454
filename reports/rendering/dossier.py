"""The model dossier: an account of a model's checks on paper, the account itself inside."""

import hashlib
import json
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from law.wording import day_in_words
from models_registry.checks.catalogue import load
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.lines import (
    completeness_line,
    compute_lines,
    crossing_lines,
    known_line,
    licence_line,
    mean_line,
    next_class_line,
    place_of,
    say,
    size_in_words,
    strengths,
    strengths_line,
)
from models_registry.checks.telling import told
from models_registry.checks.words import Told, Words
from reports.rendering.cleaning import printable
from reports.rendering.pdf import with_data
from reports.snapshot import PRODUCT

ATTACHMENT = "model-check.json"
_FILES = 300
_PROOFS = 3
_STATES = {
    "pass": "is-met",
    "partial": "is-partly_met",
    "fail": "is-not_met",
    "error": "is-not_met",
}
_GATES = {"clear": "is-met", "stops": "is-not_met"}
_COMPONENTS = {
    "included": "is-met",
    "unlicensed": "is-partly_met",
    "not_open": "is-partly_met",
    "missing": "is-not_met",
}
_PARTS = {
    "summary": "dossier_summary",
    "licence": "licence_heading",
    "exemption": "exemption_heading",
    "compute": "compute_heading",
    "facts": "facts_heading",
    "checks": "checks_heading",
    "coverage": "coverage_heading",
    "openness": "openness_heading",
    "sovereignty": "sovereignty_heading",
    "never": "never_heading",
    "material": "dossier_material",
    "limits": "dossier_limits",
}


def dossier_pdf(account: Told, *, name: str, made_on: date) -> bytes:
    """The dossier with the account attached; the same bytes for the same account and day."""
    attachment = json.dumps(account, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    html = dossier_html(account, name=name, made_on=made_on, attachment=attachment)
    return with_data(
        html, data=attachment, name=ATTACHMENT, schema=account["format"], day=made_on.isoformat()
    )


def dossier_html(account: Told, *, name: str, made_on: date, attachment: str = "") -> str:
    """The dossier as one page of HTML in the language of the account."""
    view = _view(account, name, made_on, hashlib.sha256(attachment.encode()).hexdigest()[:12])
    return render_to_string("reports/dossier/dossier.html", view)


def _view(account: Told, name: str, made_on: date, code: str) -> dict[str, Any]:
    words = Words(load(), account["language"])
    shown = printable(account)
    language = words.language
    _mark(shown)
    for group in shown["groups"]:
        for check in group["checks"]:
            check["state"] = _STATES.get(check["verdict"], "")
            check["shown"] = [_proof(one, words) for one in check["proofs"][:_PROOFS]]
            check["support_line"] = _supports(check, words)
    return {
        "told": shown,
        "words": {key: words.of(key) for key in words.catalogue.section("words")},
        "parts": _parts(words),
        "name": printable(name),
        "code": code,
        "code_line": say(words, "dossier_code", code=code),
        "qr": _qr(code),
        "product": {"name": PRODUCT, "version": settings.PRODUCT_VERSION},
        "made_on": made_on.isoformat(),
        "made": day_in_words(made_on, language),
        "as_of": day_in_words(date.fromisoformat(account["as_of"]), language),
        "language_word": words.of(f"language_{language}"),
        "verdict_heads": [words.of(f"verdict_{key}") for key in account["verdicts"]],
        "groups": [
            {"title": group["title"], "counts": list(group["verdicts"].values())}
            for group in shown["groups"]
        ],
        "claims": _claims(shown, words),
        "coverage": _coverage(shown, words),
        "openness_line": say(words, "openness_reached", reached=shown["openness"]["class_word"]),
        "next_class_line": next_class_line(shown["openness"], words),
        "dimensions": _dimensions(shown, words),
        **_sentences(shown, words),
        **_files(shown, words),
    }


def _mark(shown: Told) -> None:
    """The margin that each result has, and the classes as the framework writes them."""
    for gate in shown["sovereignty"]["gates"]:
        gate["mark"] = _GATES.get(gate["state"], "")
    for one in shown["openness"]["components"]:
        one["mark"] = _COMPONENTS[one["state"]]
        one["roman"] = "I" * one["class"]


def _sentences(shown: Told, words: Words) -> dict[str, Any]:
    licence, exemption = shown["licence"], shown["exemption"]

    return {
        "licence_line": licence_line(licence, words),
        "verdict_line": say(words, "licence_verdict", verdict=licence["verdict"]["word"]) + ".",
        "plan_line": say(words, "licence_plan", verdict=licence["plan_on"]["word"]) + ".",
        "exemption_line": say(words, "exemption_verdict", verdict=exemption["verdict"]["word"]),
        "span_line": say(
            words,
            "exemption_span",
            best=exemption["at_best"]["word"],
            worst=exemption["at_worst"]["word"],
        ),
        "representative_line": say(
            words, "exemption_representative", verdict=exemption["representative"]["word"]
        )
        + ".",
        "compute": [
            {"line": line, "margins": margins} for line, margins in compute_lines(shown, words)
        ],
        "crossings": crossing_lines(shown, words),
    }


def _files(shown: Told, words: Words) -> dict[str, Any]:
    material = shown["material"]
    listed = material["listed"][:_FILES]
    more = material["files"] - len(listed)
    return {
        "files": [
            {
                "path": file["path"],
                "size": size_in_words(file["bytes"], words.language),
                "hash": _hash(file, words),
            }
            for file in listed
        ],
        "file_count": told(material["files"], words.language),
        "total_size": size_in_words(material["bytes"], words.language),
        "more_files": say(words, "dossier_more_files", more=more) if more else "",
    }


def _hash(file: Told, words: Words) -> str:
    if not file["sha256"]:
        return words.of("dossier_not_hashed")
    told_only = "" if file["seen_here"] else f" ({words.of('dossier_hash_told')})"
    return f"{file['sha256']}{told_only}"


def _claims(shown: Told, words: Words) -> list[dict[str, str]]:
    return [
        {"title": words.fact(name), "value": _claimed(name, value, words)}
        for name, value in shown["claims"].items()
    ]


def _claimed(name: str, value: Any, words: Words) -> str:
    licence = licences(words.catalogue).by_id.get(str(value)) if name == "licence" else None
    if licence:
        return words.text(licence.title)
    if name == "access" and f"access_{value}" in words.catalogue.section("words"):
        return words.of(f"access_{value}")
    return told(_value(value), words.language)


def _value(value: Any) -> Any:
    return tuple(_value(one) for one in value) if isinstance(value, list) else value


def _proof(proof: Told, words: Words) -> dict[str, str]:
    return {"where": place_of(proof, words), "quote": " ".join(proof["quote"].split())}


def _supports(check: Told, words: Words) -> str:
    guidelines = [f"§{number}" for number in check["supports"].get("guidelines", ())]
    items = [*check["act_words"], *guidelines]
    return say(words, "dossier_supports", items=", ".join(items)) if items else ""


def _parts(words: Words) -> dict[str, dict[str, Any]]:
    return {
        key: {"id": f"part-{key}", "number": number, "title": words.of(title)}
        for number, (key, title) in enumerate(_PARTS.items(), 1)
    }


def _coverage(shown: Told, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "title": frame["title"],
            "complete_line": completeness_line(frame, words),
            "short": completeness_line(frame, words, "coverage_short"),
            "strengths_line": strengths_line(frame["assurance"], words),
            "strengths": strengths(frame["assurance"], words),
            # Each point of the form is one topic and needs no column of its own.
            "cited": any(item["cite"] for item in frame["items"]),
            "rows": frame["items"],
        }
        for frame in shown["coverage"]
    ]


def _dimensions(shown: Told, words: Words) -> list[dict[str, Any]]:
    told_here = shown["sovereignty"]
    return [
        {
            "number": one["number"],
            "title": one["title"],
            "mean": mean_line(one, told_here["highest"], words),
            "known": known_line(one, words),
            "criteria": [_criterion(each, words) for each in one["criteria"]],
        }
        for one in told_here["dimensions"]
    ]


def _criterion(told_one: Told, words: Words) -> Told:
    low, high, state = told_one["low"], told_one["high"], told_one["state"]
    if low is None:
        return told_one | {"span": "–", "because_line": told_one["state_word"]}
    span = str(low) if low == high else f"{low}–{high}"
    meaning = f" {words.of('or')} ".join(told_one["levels"])
    bounded = f"{told_one['state_word']}: " if state == "bounded" else ""
    return told_one | {"span": span, "because_line": f"{bounded}{meaning}"}


def _qr(code: str) -> SafeString:
    drawing = segno.make(code, error="m")
    svg = drawing.svg_inline(border=0, dark="#17212b", title=code, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn by segno from twelve hexadecimal digits
