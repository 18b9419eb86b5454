"""The class of the Model Openness Framework as plain data in one language."""

from models_registry.checks.catalogue import Row
from models_registry.checks.coverage.openness import (
    CLASSES,
    Component,
    Openness,
    Terms,
    missing_for,
)
from models_registry.checks.results import term
from models_registry.checks.words import Told, Words, strength_told


def told_openness(found: Openness, words: Words) -> Told:
    """What was reached, how far the rest is, and the seventeen components with their licences."""
    rows = words.catalogue.section("mof_components")
    return {
        "class": found.reached,
        "class_word": _class(found.reached, words),
        "progress": {str(number): share for number, share in found.progress.items()},
        "next": _next(found, words),
        "licence": _terms(found.terms),
        "components": [_component(one, rows[one.id], words) for one in found.components],
    }


def _next(found: Openness, words: Words) -> Told | None:
    """The class after the one reached, with the components that it lacks."""
    above = [number for number in CLASSES if not found.reached or number < found.reached]
    if not above:
        return None
    missing = missing_for(above[0], found.components, words.catalogue)
    return {
        "class": above[0],
        "class_word": _class(above[0], words),
        "missing": [one.id for one in missing],
    }


def _class(number: int, words: Words) -> str:
    return str(words.catalogue.worded(term(f"mof_class_{number}"), words.language))


def _component(one: Component, row: Row, words: Words) -> Told:
    return {
        "id": one.id,
        # Its name in the framework, by which other programmes know it.
        "name": row["text"]["en"],
        "title": words.text(row["text"]),
        "kind": one.kind,
        "class": one.mof_class,
        "required": one.required,
        "state": one.state.value,
        "state_word": words.of(f"mof_state_{one.state}"),
        "type_appropriate": one.type_appropriate,
        **strength_told(one.strength, words),
        "path": one.proof.path if one.proof else "",
        "licence": _terms(one.terms),
    }


def _terms(terms: Terms | None) -> Told:
    licence = terms.licence if terms else None
    return {
        "id": licence.id if licence else "",
        "name": (licence.spdx or licence.name) if licence else "",
        "path": terms.path if terms else "",
    }
