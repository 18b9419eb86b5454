"""The document as HTML, in the language of its snapshot."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation


def to_html(snapshot: dict[str, Any]) -> str:
    """The whole document as one page of HTML."""
    with translation.override(snapshot["language"]):
        return render_to_string("reports/document/document.html", {"snapshot": snapshot})
