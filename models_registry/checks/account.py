"""An examination as plain data in one language, for JSON, for pages and for printing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from law.wording import cites_in_words
from models_registry.checks.coverage.openness import openness
from models_registry.checks.coverage.openness_telling import told_openness
from models_registry.checks.coverage.telling import coverage_told, never_told
from models_registry.checks.examining import Compute, Examination, LicenceFound
from models_registry.checks.exemption_telling import ToldStep, notes, told_steps
from models_registry.checks.intake.hashing import merkle_root
from models_registry.checks.licences.catalogue import Argument, Arguments, licences
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.material import Entry
from models_registry.checks.results import Fact, Result, Value, Verdict
from models_registry.checks.sovereignty.deployment import of_examination
from models_registry.checks.sovereignty.telling import sovereignty_told
from models_registry.checks.telling import told
from models_registry.checks.words import Told, Words, proof_told, strength_told, verdict_told

__all__ = ["FORMAT", "Told", "Words", "account_of", "verdict_counts"]

FORMAT = "drawbridge.model-check/1"
_MOST_FILES = 2000
_GUIDELINES = "Guidelines"
_WORDED_UNITS = ("tokens", "hours")
# These name entries of the catalogue; the part on the licence tells them in words.
_TOLD_WITH_LICENCE = frozenset({"licence_effects", "licence_reasons", "licence_arguments"})
_YES_NO: Mapping[str, Value] = {"yes": True, "no": False}


def account_of(found: Examination, language: str) -> Told:
    """Everything in the words of a language; ids, numbers and verdicts are the same in each."""
    words = Words(found.context.catalogue, language)
    account: Told = {
        "format": FORMAT,
        "language": words.language,
        "as_of": found.context.on.isoformat(),
        "catalogue": found.context.catalogue.digest,
        "material": _material(found.context.material.entries()),
        "claims": {name: _plain(value) for name, value in sorted(found.context.claims.items())},
        "verdicts": verdict_counts(found.results),
        "licence": _licence(found.licence, words),
        "exemption": _exemption(found, words),
        "compute": [_compute(one, words) for one in found.compute],
        "crossings": _crossings(found, words),
        "facts": [
            _fact(fact, words) for fact in found.facts if fact.name not in _TOLD_WITH_LICENCE
        ],
        "coverage": coverage_told(found, words),
        "sovereignty": sovereignty_told(of_examination(found), words),
        **never_told(found, words),
        "measurements": [_measurement(fact) for fact in found.results_claimed],
        "openness": told_openness(openness(found.context), words),
        "groups": [_group(*each, words) for each in _by_group(found)],
    }
    whole: Told = _writable(account)
    return whole


def _writable(value: Any) -> Any:
    # A stranger's file can hold halves of characters, which no file of text may hold, and NUL,
    # which no column may.
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, dict):
        return {key: _writable(part) for key, part in value.items()}
    return [_writable(part) for part in value] if isinstance(value, list) else value


def _material(entries: tuple[Entry, ...]) -> Told:
    known = [entry for entry in entries if entry.sha256]
    return {
        "files": len(entries),
        "bytes": sum(entry.size for entry in entries),
        "root": merkle_root((entry.path, entry.sha256) for entry in known),
        "hashed": len(known),
        "listed": [
            {
                "path": entry.path,
                "bytes": entry.size,
                "sha256": entry.sha256,
                "seen_here": bool(entry.sha256) and entry.hash_seen_here,
            }
            for entry in entries[:_MOST_FILES]
        ],
    }


def verdict_counts(results: Iterable[Result]) -> dict[str, int]:
    """How many came to each verdict."""
    counted = Counter(result.verdict for result in results)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def _by_group(found: Examination) -> list[tuple[str, list[Result]]]:
    checks = found.context.catalogue.checks
    return [
        (group, list(results))
        for group, results in groupby(found.results, key=lambda result: checks[result.check].group)
    ]


def _group(name: str, results: list[Result], words: Words) -> Told:
    return {
        "id": name,
        "title": words.of(f"group_{name}"),
        "verdicts": verdict_counts(results),
        "checks": [_check(result, words) for result in results],
    }


def _check(result: Result, words: Words) -> Told:
    entry = words.catalogue.checks[result.check]
    return {
        "id": result.check,
        "title": words.text(entry.title),
        "verdict": result.verdict.value,
        "verdict_word": words.of(f"verdict_{result.verdict}"),
        **strength_told(result.strength, words),
        "strongest": entry.strongest.name.lower(),
        "asymmetry": entry.asymmetry,
        "reason": words.catalogue.reason(result, words.language),
        "reason_id": result.reason,
        "supports": {frame: list(items) for frame, items in entry.supports.items()},
        "act_words": [
            cite["text"] for cite in cites_in_words(entry.supports.get("act", ()), words.language)
        ],
        "proofs": [proof_told(proof) for proof in result.proofs],
    }


def _fact(fact: Fact, words: Words) -> Told:
    return {
        "name": fact.name,
        "title": words.fact(fact.name),
        "value": _plain(fact.value),
        "value_words": _in_words(fact, words),
        "unit": fact.unit,
        **strength_told(fact.strength, words),
        "check": fact.check,
        "proof": proof_told(fact.proof) if fact.proof else None,
    }


def _measurement(fact: Fact) -> Told:
    task, metric, value = fact.value if isinstance(fact.value, tuple) else ("", "", fact.value)
    return {
        "task": task,
        "metric": metric,
        "value": value,
        "strength": fact.strength.name.lower(),
        "check": fact.check,
        "proof": proof_told(fact.proof) if fact.proof else None,
    }


def _in_words(fact: Fact, words: Words) -> str:
    if fact.name.endswith("_verdict") and fact.value in set(LicenceVerdict):
        return words.of(f"licence_{fact.value}")
    plain = _YES_NO.get(fact.value, fact.value) if isinstance(fact.value, str) else fact.value
    value = told(plain, words.language)
    unit = words.of(f"unit_{fact.unit}") if fact.unit in _WORDED_UNITS else fact.unit
    return f"{value} {unit}".strip()


def _licence(found: LicenceFound, words: Words) -> Told:
    known = licences(words.catalogue)
    finding = found.finding
    nearest = finding.identification.nearest if finding else None
    return {
        "verdict": verdict_told(found.verdict, words),
        "plan_on": verdict_told(found.plan_on, words),
        "from_text": finding is not None,
        "names": [words.text(title) for title in found.titles],
        "nearest": nearest.reference.name if nearest and not found.names else "",
        "reasons": [words.text(known.reasons[name]) for name in found.reasons],
        "guidelines": list(finding.paragraphs) if finding else [],
        "effects": [
            words.text(known.effects[effect].title)
            for effect in (finding.effects if finding else ())
        ],
        "arguments": [_arguments(known.arguments[name], words) for name in found.arguments],
    }


def _arguments(row: Arguments, words: Words) -> Told:
    return {
        "title": words.text(row.title),
        "for": [_argument(one, words) for one in row.for_meeting],
        "against": [_argument(one, words) for one in row.against_meeting],
        "assessment": words.text(row.assessment),
        "settles": [words.text(one) for one in row.settles],
    }


def _argument(one: Argument, words: Words) -> Told:
    return {
        "text": words.text(one.text),
        "guidelines": list(one.paragraphs),
        "recitals": list(one.recitals),
    }


def _exemption(found: Examination, words: Words) -> Told:
    exemption, catalogue = found.exemption, words.catalogue
    return {
        "verdict": verdict_told(exemption.verdict, words),
        "at_best": verdict_told(exemption.at_best, words),
        "at_worst": verdict_told(exemption.at_worst, words),
        "if_general_purpose": verdict_told(exemption.if_general_purpose, words),
        "representative": verdict_told(exemption.representative, words),
        "steps": [_step(step, words) for step in told_steps(exemption, catalogue, words.language)],
        "notes": list(notes(catalogue, words.language).values()),
    }


def _step(step: ToldStep, words: Words) -> Told:
    return {
        "id": step.id,
        "title": step.title,
        "verdict": {"value": step.verdict.value, "word": words.of(f"step_{step.verdict}")},
        "reason": step.reason,
        "act": list(step.act),
        "act_words": [cite["text"] for cite in cites_in_words(step.act, words.language)],
        "recitals": list(step.recitals),
        "guidelines": list(step.guidelines),
        "questions": [{"id": name, "question": question} for name, question in step.questions],
    }


def _compute(one: Compute, words: Words) -> Told:
    return {
        "basis": one.basis,
        "flop": one.flop,
        "lower_bound": one.lower_bound,
        "active_parameters": one.active,
        "training_tokens": one.tokens,
        "margins": [
            {
                "threshold": margin.threshold,
                "flop": margin.flop,
                "ratio": margin.ratio,
                "reached": margin.reached,
                "near": margin.near,
                "cite": _cite(margin.threshold, words),
            }
            for margin in one.margins
        ],
    }


def _crossings(found: Examination, words: Words) -> list[Told]:
    rows = words.catalogue.section("thresholds")
    return [
        {
            "threshold": name,
            "flop": float(rows[name]["flop"]),
            "training_tokens": tokens,
            "cite": _cite(name, words),
        }
        for name, tokens in found.crossings
    ]


def _cite(threshold: str, words: Words) -> str:
    cite = str(words.catalogue.section("thresholds")[threshold]["cite"])
    named, mark, paragraph = cite.partition(f"{_GUIDELINES} ")
    return f"{words.of('guidelines')} {paragraph}" if mark and not named else words.cite(cite)


def _plain(value: Value) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
