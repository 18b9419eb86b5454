"""The profile of a deployment as plain data in one language."""

from models_registry.checks.catalogue import Row
from models_registry.checks.results import Strength
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.gates import GateState
from models_registry.checks.sovereignty.levels import HIGHEST, Level, NotApplicable, Scored
from models_registry.checks.sovereignty.profile import Mean, Profile, profile_of
from models_registry.checks.words import Told, Words, strength_told


def sovereignty_told(given: Deployment, words: Words) -> Told:
    """Dimensions with their criteria, and the gates; never a total."""
    profile = profile_of(given)
    rows = words.catalogue.section("sovereignty_dimensions")
    return {
        "highest": HIGHEST,
        "dimensions": [_dimension(row, profile, words) for row in rows.values()],
        "gates": [_gate(gate, words) for gate in profile.gates],
    }


def _dimension(dimension: Row, profile: Profile, words: Words) -> Told:
    rows = words.catalogue.section("sovereignty_criteria")
    own = {name: row for name, row in rows.items() if row["dimension"] == dimension["id"]}
    levels = [profile.criteria[name] for name in own]
    return {
        "id": dimension["id"],
        "number": dimension["number"],
        "title": words.text(dimension["title"]),
        "asked": sum(not isinstance(level, NotApplicable) for level in levels),
        "known": sum(isinstance(level, Level) and level.known for level in levels),
        **_mean(profile.dimensions[dimension["id"]]),
        "criteria": [_criterion(row, profile.criteria[name], words) for name, row in own.items()],
    }


def _mean(mean: Mean) -> Told:
    return {
        "low": mean.low,
        "high": mean.high,
        "coverage": mean.coverage,
        "strengths": {each.name.lower(): number for each, number in mean.strengths.items()},
    }


def _criterion(row: Row, scored: Scored, words: Words) -> Told:
    state = _state(scored)
    level = scored if isinstance(scored, Level) else None
    told = {
        "id": row["id"],
        "title": words.text(row["title"]),
        "state": state,
        "state_word": words.of(f"criterion_{state}"),
        "low": level.low if level else None,
        "high": level.high if level else None,
        "levels": [words.text(row["levels"][number]) for number in _numbers(level)],
        "origin": level.origin.value if level else "",
        "origin_word": words.of(f"origin_{level.origin}") if level else "",
        "because": list(scored.because) if scored else [],
    }
    return told | strength_told(level.strength if level else Strength.NONE, words)


def _numbers(level: Level | None) -> list[int]:
    return sorted({level.low, level.high}) if level else []


def _state(scored: Scored) -> str:
    if isinstance(scored, NotApplicable):
        return "not_applicable"
    if scored is None:
        return "unknown"
    # Between further bounds it counts for nothing.
    return "known" if scored.known else "bounded"


def _gate(gate: GateState, words: Words) -> Told:
    row = words.catalogue.section("sovereignty_gates")[gate.id]
    return {
        "id": gate.id,
        "title": words.text(row["title"]),
        "text": words.text(row["text"]),
        "guidelines": list(row["guidelines"]),
        "state": gate.state.value,
        "state_word": words.of(f"gate_{gate.state}"),
    }
