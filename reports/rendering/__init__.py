"""From a frozen snapshot to a document: ``to_html``, then ``to_pdf``."""

from reports.rendering.html import to_html
from reports.rendering.pdf import count_pages, to_pdf

__all__ = ["count_pages", "to_html", "to_pdf"]
