"""D13: a report or paper about the model, and who looked at it before it came out."""

import re

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.parts import documents_of, first_line
from models_registry.checks.results import Proof, Result, Verdict
from models_registry.checks.roles import Role
from models_registry.checks.supplied import absent, library

_ARXIV = re.compile(r"\barxiv(?:\.org/(?:abs|pdf)/|:\s?| preprint arxiv:)(\d{4}\.\d{4,5})", re.I)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{3,80}")
_REVIEWED = re.compile(
    r"@inproceedings|\bbooktitle\s*=|\bproceedings of\b|\b(?:accepted|published) (?:at|in)\b",
    re.IGNORECASE,
)
_BLOG = re.compile(r"\bblog(?: ?post)?\b|/blog/", re.IGNORECASE)


def d13_report(context: Context) -> Result:
    """Reviewed by peers, a preprint or report, or a blog post."""
    found = context.once(library)
    reports = found.of(Role.REPORT)
    arxiv = _raw(context, _ARXIV)
    reviewed = _raw(context, _REVIEWED)
    paper = arxiv or _raw(context, _DOI)
    report = reports[0].whole if reports else None
    facts = tuple(
        said("D13", name, True, place)
        for name, place in (("technical_report", report), ("research_paper", paper or reviewed))
        if place
    )
    if reviewed:
        return documented("D13", Verdict.PASS, "reviewed", reviewed, report, facts=facts)
    if paper or report:
        other = report and not _names_model(context, f"{report.quote} {reports[0].text[:3000]}")
        reason = "other_title" if other else "preprint"
        return documented("D13", Verdict.PARTIAL, reason, report, paper, facts=facts)
    if blog := first_line(documents_of(context), _BLOG):
        return documented("D13", Verdict.FAIL, "blog", blog)
    return absent(context, "D13", Role.REPORT, Role.CARD)


def _raw(context: Context, pattern: re.Pattern[str]) -> Proof | None:
    """References stand in blocks of code and in links, so the text is searched as it is."""
    for document in documents_of(context)[:1]:
        for line in document.lines:
            if pattern.search(line.text):
                return document.proof(line)
    return None


def _names_model(context: Context, text: str) -> bool:
    name = context.claims.get("model_name")
    documents = context.once(library).of(Role.CARD)
    name = name if isinstance(name, str) else documents[0].title if documents else ""
    words = re.findall(r"[a-z]{3,}", name.lower())
    return not words or words[0] in text.lower()
