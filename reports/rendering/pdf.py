"""HTML to PDF, tagged and with the snapshot inside."""

from io import BytesIO
from typing import Any

import pikepdf


def to_pdf(html: str, *, snapshot: dict[str, Any], attachment: str) -> bytes:
    """The document as PDF; the same snapshot gives the same bytes."""
    # Imported here: it costs a second, and web processes never need it.
    from weasyprint import HTML

    content: bytes = HTML(string=html).write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return content


def count_pages(content: bytes) -> int:
    """The number of pages; 0 where the file cannot be opened."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return 0
