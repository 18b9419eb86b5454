"""A comparison of models on paper, wide pages, with what it was made from inside."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from law.wording import day_in_words
from reports.comparison_payload import Payload, read_payload
from reports.rendering.cleaning import printable
from reports.rendering.pdf import with_data
from reports.snapshot import PRODUCT

ATTACHMENT = "model-comparison.json"
_COLOURS = {
    "independent": "#17212b",
    "verified": "#0d5c63",
    "documented": "#86b2b5",
    "asserted": "#c9dcdd",
    "none": "#f3f1ea",
}


def comparison_pdf(payload: str) -> bytes:
    """The document with its payload attached; the same bytes for the same payload."""
    told = read_payload(payload)
    return with_data(
        comparison_html(payload),
        data=payload,
        name=ATTACHMENT,
        schema=told["format"],
        day=told["as_of"],
    )


def comparison_html(payload: str) -> str:
    """The document as one page of HTML in the language of its payload."""
    told = printable(read_payload(payload))
    _draw(told)
    view = {
        "told": told,
        "names": [column["name"] for column in told["columns"]],
        "as_of": day_in_words(date.fromisoformat(told["as_of"]), told["language"]),
        "code": hashlib.sha256(payload.encode()).hexdigest()[:12],
        "product": {"name": PRODUCT, "version": settings.PRODUCT_VERSION},
        "width": len(told["columns"]) + 1,
    }
    return render_to_string("reports/comparison/comparison.html", view)


def _draw(told: Payload) -> None:
    for section in told["sections"]:
        for cell in (
            cell for group in section["groups"] for row in group["rows"] for cell in row["cells"]
        ):
            if "bar" in cell:
                cell["drawing"] = _bar(cell["bar"])
            elif "meter" in cell:
                cell["drawing"] = _span(**cell["meter"])


def _bar(counts: Mapping[str, int]) -> list[dict[str, str]]:
    """Evidence by its strength, in per cent; as text, since languages write numbers differently."""
    whole, start, parts = sum(counts.values()), 0.0, []
    for strength, colour in _COLOURS.items():
        width = 100 * counts.get(strength, 0) / whole if whole else 0
        if width:
            parts.append(_part(start, width, colour))
        start += width
    return parts


def _span(low: float, high: float, whole: float) -> list[dict[str, str]]:
    """What is certain, then what is open; nothing to draw where the whole is nothing."""
    if not whole:
        return []
    certain, possible = 100 * low / whole, 100 * (high - low) / whole
    parts = [(0.0, certain, "#0d5c63"), (certain, possible, "#86b2b5")]
    return [_part(start, width, colour) for start, width, colour in parts if width]


def _part(start: float, width: float, colour: str) -> dict[str, Any]:
    return {"x": f"{start:.2f}", "width": f"{width:.2f}", "colour": colour}
