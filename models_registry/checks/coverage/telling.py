"""Coverage and what stays beyond any check, as plain data in one language."""

from collections.abc import Mapping

from models_registry.checks.coverage.annexes import Coverage, Frame, Item, coverage
from models_registry.checks.coverage.limits import limits
from models_registry.checks.coverage.topics import Evidence
from models_registry.checks.examining import Examination
from models_registry.checks.exemption_material import circumstances_of
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength
from models_registry.checks.words import Told, Words, proof_told, strength_told

_EXEMPT = {LicenceVerdict.MEETS: True, LicenceVerdict.FAILS: False}


def coverage_told(found: Examination, words: Words) -> list[Told]:
    """Each frame with its two figures and its points."""
    known = circumstances_of(found.context)
    frames = (
        coverage(
            found.context,
            frame,
            # What is only likely stays open: who plans, plans on the duty.
            exempt=_EXEMPT.get(found.exemption.verdict),
            systemic_risk=known.systemic_risk,
            general_purpose=known.general_purpose or known.systemic_risk,
        )
        for frame in Frame
    )
    return [_frame(one, words) for one in frames]


def never_told(found: Examination, words: Words) -> Told:
    """``never_verifiable`` no check can reach; ``never_notes`` are to be read with it."""
    told = limits(found.context)
    return {
        "never_verifiable": [words.text(one) for one in told.beyond],
        "never_notes": [words.text(one) for one in told.notes],
    }


def _frame(one: Coverage, words: Words) -> Told:
    topics = [topic for item in one.items for topic in item.topics.values()]
    return {
        "id": one.frame.value,
        "title": words.of(f"frame_{one.frame}"),
        "completeness": one.completeness,
        "asked": len(topics),
        "there": sum(topic is not None for topic in topics),
        "assurance": _by_name(one.assurance),
        "items": [_item(item, one.frame, words) for item in one.items],
    }


def _by_name(counts: Mapping[Strength, int]) -> dict[str, int]:
    return {strength.name.lower(): number for strength, number in counts.items()}


def _item(item: Item, frame: Frame, words: Words) -> Told:
    return {
        "id": item.id,
        "cite": item.cite,
        "title": words.cite(item.cite) if item.cite else _topic(item.id, words),
        "covered": item.covered.value,
        "covered_word": words.of(f"covered_{item.covered}"),
        **strength_told(item.strength, words),
        "owed": item.owed.value,
        "owed_word": words.of(f"owed_{item.owed}"),
        "topics": [_told_topic(name, one, words) for name, one in item.topics.items()],
    }


def _told_topic(name: str, found: Evidence | None, words: Words) -> Told:
    return {
        "id": name,
        "title": _topic(name, words),
        "there": found is not None,
        **strength_told(found.strength if found else Strength.NONE, words),
        "check": found.check if found else "",
        "to_confirm": bool(found and found.to_confirm),
        "proof": proof_told(found.proof) if found and found.proof else None,
    }


def _topic(name: str, words: Words) -> str:
    return words.text(words.catalogue.section("coverage_topics")[name]["text"])
