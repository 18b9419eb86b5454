"""D01 to D04 and D16 to D20: what a card or a system card tells those who would use the model."""

import re

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.parts import (
    documents_of,
    first_line,
    part_of,
    proofs,
    sections_of,
)
from models_registry.checks.results import Proof, Result, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import Library, absent, library

_FEWEST_WORDS = 300
_DESCRIBING = (Role.CARD, Role.SYSTEM_CARD, Role.REPORT, Role.ANNEX_PACK)
_VERSION = re.compile(
    r"\b(?:transformers|vllm|sglang|torch|pytorch|cuda|python|tensorrt-llm|llama\.cpp|mlx|ollama"
    r"|sdk|api)\b\s*(?:version\s*)?(?:[=~><]=?=?|v)?\s*\d+(?:\.\d+)+",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"\b(?:transformers|vllm|sglang|pytorch|tensorrt-llm|llama\.cpp|sdk|rest api|api key)\b",
    re.IGNORECASE,
)
_HARDWARE = re.compile(
    r"\b(?:[AHB][12]00|H20|RTX ?\d{4}|MI3\d\d|TPU|GPUs?|VRAM|\d+ ?GB (?:of )?(?:memory|RAM))\b"
)
_PINNED = re.compile(r"^[\w.-]+\s*(?:==|~=)\s*\d", re.MULTILINE)
_MOST_REQUIREMENTS = 256 << 10


def d01_card(context: Context) -> Result:
    """A card or a system card, long enough to say something, its front matter readable."""
    found = context.once(library)
    described = found.of(Role.CARD, Role.SYSTEM_CARD)
    if not described:
        return absent(context, "D01", *_DESCRIBING)
    longest = max(described, key=lambda document: document.words)
    verdict, reason = _judged(found, longest.words)
    place = longest.whole
    facts = (said("D01", "model_card", True, place),)
    path, words = longest.path, longest.words
    return documented("D01", verdict, reason, place, facts=facts, path=path, words=words)


def _judged(found: Library, words: int) -> tuple[Verdict, str]:
    if words < _FEWEST_WORDS:
        return Verdict.PARTIAL, "short"
    if found.card is None:
        return Verdict.PASS, "system_card"
    if found.card.front.fault:
        return Verdict.PARTIAL, "front_matter_broken"
    return (Verdict.PASS, "card") if found.card.front.keys else (Verdict.PARTIAL, "no_front_matter")


def d02_usage_information(context: Context) -> Result:
    """Modalities, capabilities and limitations: the least that has to be public."""
    found = {name: part_of(context, name) for name in ("modalities", "capabilities", "limitations")}
    card = context.once(library).card
    if card and not found["modalities"] and card.many("pipeline_tag"):
        found["modalities"] = card.proof("pipeline_tag", card.one("pipeline_tag"))
    return _counted(context, "D02", found, (3, 2), ("all", "some", "too_little"), "described")


def d03_uses(context: Context) -> Result:
    """What the model is for, and what it is not for."""
    found = {name: part_of(context, name) for name in ("intended_use", "restricted_use")}
    return _counted(context, "D03", found, (2, 1), ("both", "one", "neither"), "described")


def d04_integration(context: Context) -> Result:
    """An example, the versions of software and the hardware that it takes."""
    documents = documents_of(context)
    pinned = _requirements(context)
    found = {
        "example": _example(context),
        "software": pinned or first_line(documents, _SOFTWARE),
        "hardware": first_line(documents, _HARDWARE),
    }
    version = pinned or _first_anywhere(context, _VERSION)
    there = tuple(term(name) for name, proof in found.items() if proof)
    shown = proofs(version, *found.values())
    if not shown:
        return absent(context, "D04", *_DESCRIBING)
    facts = (said("D04", "integration_described", True, shown[0]),)
    whole = version and found["example"]
    verdict, reason = (Verdict.PASS, "pinned") if whole else (Verdict.PARTIAL, "mentioned")
    return documented("D04", verdict, reason, *shown, facts=facts, there=there)


def d17_risks(context: Context) -> Result:
    """What is told of bias and risks, and whether anything of it was measured."""
    place = part_of(context, "risks")
    if place is None:
        return absent(context, "D17", *_DESCRIBING)
    figure = _measured(context)
    facts = (said("D17", "risks_described", True, place),)
    verdict, reason = (Verdict.PASS, "measured") if figure else (Verdict.PARTIAL, "described")
    return documented("D17", verdict, reason, figure, place, facts=facts)


def _counted(
    context: Context,
    check: str,
    found: dict[str, Proof | None],
    needed: tuple[int, int],
    reasons: tuple[str, str, str],
    ending: str,
) -> Result:
    """How many of the parts are there: all, enough, or too few."""
    there = [name for name, proof in found.items() if proof]
    if not there:
        return absent(context, check, *_DESCRIBING, reason=reasons[2])
    facts = tuple(said(check, f"{name}_{ending}", True, found[name]) for name in there)
    full, some = needed
    number = 0 if len(there) >= full else 1 if len(there) >= some else 2
    verdict = (Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL)[number]
    missing = tuple(term(name) for name in found if name not in there)
    shown = found.values()
    return documented(check, verdict, reasons[number], *shown, facts=facts, missing=missing)


def _example(context: Context) -> Proof | None:
    for document in documents_of(context):
        for line in document.lines:
            if line.code and line.text.strip().strip("`~"):
                return document.proof(line)
    return None


def _first_anywhere(context: Context, pattern: re.Pattern[str]) -> Proof | None:
    found = (document.find(pattern) for document in documents_of(context))
    return next((place for _, place in filter(None, found)), None)


def _requirements(context: Context) -> Proof | None:
    for entry in context.material.named("requirements*.txt", "pyproject.toml", "environment.y*ml"):
        text = context.material.read(entry, at_most=_MOST_REQUIREMENTS).decode(errors="replace")
        if pinned := _PINNED.search(text):
            line = text.count("\n", 0, pinned.start()) + 1
            return Proof(entry.path, pinned[0][:300], line, sha256=entry.sha256)
    return None


_FIGURE = re.compile(r"\d+(?:[.,]\d+)? ?%|\b0[.,]\d{2,}|\|\s*\d+(?:[.,]\d+)?\s*(?:\||$)")


def _measured(context: Context) -> Proof | None:
    for document, section in sections_of(context, "risks"):
        for line in section.lines[1:]:
            if not line.code and _FIGURE.search(line.plain):
                return document.proof(line)
    return None
