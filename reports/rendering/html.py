"""The document as HTML, in the language of its snapshot."""

from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.rendering.view import document_view


def to_html(snapshot: dict[str, Any]) -> str:
    """The whole document as one page of HTML."""
    with translation.override(snapshot["language"]):
        view = document_view(snapshot)
        view["qr"] = _qr(view["code"])
        return render_to_string("reports/document/document.html", view)


def _qr(code: str) -> SafeString:
    """The verification code for a camera; the code itself stands beside it."""
    title = _("Verification code %(code)s") % {"code": code}
    drawing = segno.make(code, error="m")
    svg = drawing.svg_inline(border=0, dark="#17212b", title=title, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn by segno from twelve hexadecimal digits
