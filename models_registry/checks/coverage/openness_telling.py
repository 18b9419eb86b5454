"""The class of the Model Openness Framework as plain data in one language."""

from typing import Any

from models_registry.checks.catalogue import Catalogue, Row
from models_registry.checks.coverage.openness import Component, Openness, Terms
from models_registry.checks.results import term

Told = dict[str, Any]


def told_openness(found: Openness, catalogue: Catalogue, language: str) -> Told:
    """What was reached, how far the rest is, and the seventeen components with their licences."""
    rows = catalogue.section("mof_components")
    return {
        "class": found.reached,
        "class_word": catalogue.worded(term(f"mof_class_{found.reached}"), language),
        "progress": {str(number): share for number, share in found.progress.items()},
        "licence": _terms(found.terms),
        "components": [_component(one, rows[one.id], language) for one in found.components],
    }


def _component(one: Component, row: Row, language: str) -> Told:
    return {
        "id": one.id,
        # Its name in the framework, by which other programmes know it.
        "name": row["text"]["en"],
        "title": row["text"][language],
        "kind": one.kind,
        "class": one.mof_class,
        "required": one.required,
        "state": one.state.value,
        "type_appropriate": one.type_appropriate,
        "strength": one.strength.name.lower(),
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
