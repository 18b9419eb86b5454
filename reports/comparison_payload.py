"""What the page of a comparison shows, frozen for its document."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import translation

from models_registry.comparison.chosen import Chosen
from models_registry.comparison.pages import comparison_page
from reports.snapshot import Canonical, canonical

Payload = dict[str, Any]

FORMAT = "drawbridge.comparison/1"
# Addresses and names of elements belong to the page alone.
_OF_THE_PAGE = ("url", "id")


def frozen(
    chosen: Sequence[Chosen], *, differences_only: bool, language: str, on: date
) -> Canonical:
    """The comparison of that day in that language, as text that is the same for the same page."""
    with translation.override(language):
        shown = comparison_page(chosen, differences_only=differences_only)
    return canonical(
        {
            "format": FORMAT,
            "language": language,
            "as_of": on.isoformat(),
            "differences_only": differences_only,
            "hidden": shown["hidden"],
            "columns": [_without_addresses(column) for column in shown["columns"]],
            "sections": [
                _without_addresses(section) | {"id": section["id"]} for section in shown["sections"]
            ],
        }
    )


def read_payload(text: str) -> Payload:
    payload: Payload = json.loads(text)
    return payload


def _without_addresses(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_addresses(part) for key, part in value.items() if key not in _OF_THE_PAGE
        }
    if isinstance(value, list):
        return [_without_addresses(part) for part in value]
    return value
