"""Where a text stands under the exemption: by the catalogue where known, else by its clauses."""

from collections.abc import Iterable
from dataclasses import dataclass

from models_registry.checks.licences.catalogue import EffectEntry, Licence, Licences
from models_registry.checks.licences.clauses import Clause, Effect, clauses_of
from models_registry.checks.licences.identification import Identification, Stretch, identify
from models_registry.checks.licences.references import References
from models_registry.checks.licences.text import LicenceText
from models_registry.checks.licences.verdicts import LicenceVerdict, gravest, together

# A residue this short is a stray heading; a longer one is a text of its own.
RIDER = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """What a licence text is and means.

    ``licences`` are entries of the catalogue, all that the text is; none where it is only near.
    ``reasons`` and ``arguments`` name texts of the catalogue.
    """

    verdict: LicenceVerdict
    confidence: str
    identification: Identification
    licences: tuple[Licence, ...]
    clauses: tuple[Clause, ...]
    effects: tuple[Effect, ...]
    reasons: tuple[str, ...]
    paragraphs: tuple[str, ...]
    arguments: tuple[str, ...]


def assess(text: LicenceText, known: Licences, references: References | None = None) -> Finding:
    """The verdict on a text, with everything that it rests on."""
    identification = identify(text, references)
    clauses = clauses_of(text)
    licences = tuple(
        known.by_id[reference.licence]
        for reference in identification.references
        if reference.licence in known.by_id
    )
    if identification.references and len(licences) == len(identification.references):
        return _by_catalogue(identification, licences, clauses)
    return _by_clauses(identification, licences, clauses, known)


def riders_of(text: LicenceText, finding: Finding) -> tuple[Stretch, ...]:
    """Passages that a near text has beyond the known one, the stray words left out."""
    return tuple(_joined(text, finding.identification.leftovers))


def _joined(text: LicenceText, stretches: tuple[Stretch, ...]) -> list[Stretch]:
    # Lines of one passage are one rider.
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and stretch.first <= joined[-1].last:
            before = joined.pop()
            stretch = Stretch(before.first, stretch.last, before.start, stretch.end)
        joined.append(stretch)
    return [s for s in joined if len(" ".join(text.text[s.start : s.end].split())) > RIDER]


def _by_catalogue(
    identification: Identification, licences: tuple[Licence, ...], clauses: tuple[Clause, ...]
) -> Finding:
    return Finding(
        # Whether a text of two licences offers a choice is not said: the strictest is planned on.
        verdict=together(licence.verdict for licence in licences),
        confidence=min((licence.confidence for licence in licences), key=_CONFIDENCES.index),
        identification=identification,
        licences=licences,
        clauses=clauses,
        effects=_ordered({effect for licence in licences for effect in licence.effects}),
        reasons=_each(reason for licence in licences for reason in licence.reasons),
        paragraphs=_each(p for licence in licences for p in licence.paragraphs),
        arguments=_each(licence.arguments for licence in licences if licence.arguments),
    )


_CONFIDENCES = ("low", "medium", "high")


def _by_clauses(
    identification: Identification,
    licences: tuple[Licence, ...],
    clauses: tuple[Clause, ...],
    known: Licences,
) -> Finding:
    entries = {clause: known.effects[clause.effect] for clause in clauses}
    speaking = {clause: entry for clause, entry in entries.items() if entry.verdict}
    verdicts = [entry.verdict for entry in speaking.values() if entry.verdict]
    return Finding(
        # Without a clause that was found there may still be one that was not.
        verdict=gravest(verdicts) if verdicts else LicenceVerdict.UNKNOWN,
        confidence="low",
        identification=identification,
        licences=licences,
        clauses=clauses,
        effects=_ordered({clause.effect for clause in clauses}),
        reasons=_each(_reason(clause, entry) for clause, entry in speaking.items()),
        paragraphs=_each(p for entry in speaking.values() for p in entry.paragraphs),
        arguments=_each(_argued(clause, entry) for clause, entry in speaking.items()),
    )


def _reason(clause: Clause, entry: EffectEntry) -> str:
    return entry.reason if clause.thresholds else entry.reason_at_any_scale or entry.reason


def _argued(clause: Clause, entry: EffectEntry) -> str:
    # The arguments on scale say nothing of a duty that meets everybody.
    return entry.arguments if clause.thresholds or not entry.reason_at_any_scale else ""


def _ordered(effects: set[Effect]) -> tuple[Effect, ...]:
    return tuple(effect for effect in Effect if effect in effects)


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
