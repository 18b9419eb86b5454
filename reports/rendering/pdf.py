"""HTML to PDF: tagged, archivable, the snapshot inside, and the same bytes every time."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

from reports.rendering.watermark import watermark_of, watermarks
from reports.snapshot import PRINT_FOLDER

ATTACHMENT_NAME = "assessment.json"
_VARIANT = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}


def to_pdf(html: str, *, snapshot: dict[str, Any], attachment: str) -> bytes:
    """A report as PDF with its snapshot in it, and its state across the pages until it is final."""
    return with_data(
        html,
        data=attachment,
        name=ATTACHMENT_NAME,
        schema=snapshot["schema"],
        day=snapshot["document"]["created"],
        watermark=watermark_of(snapshot),
    )


def with_data(
    html: str, *, data: str, name: str, schema: str, day: str, watermark: str = ""
) -> bytes:
    """A document as PDF with its data attached under a name, dated by a day as in ISO 8601."""
    # Imported here: it costs a second and 60 MB, and web processes never make a PDF.
    from weasyprint import HTML, Attachment

    from reports.rendering.fetcher import PackagedFiles

    fonts, style = _style()
    fetcher = PackagedFiles(drawn=watermarks(watermark))
    created = datetime.fromisoformat(day).replace(tzinfo=UTC)
    attachment = Attachment(
        string=data,
        name=name,
        description=schema,
        relationship="Data",
        created=created,
        modified=created,
        url_fetcher=fetcher,
    )
    options = {
        **_VARIANT,
        "attachments": [attachment],
        "pdf_identifier": sha256(data.encode()).digest()[:16],
    }
    page = HTML(string=html, base_url=PRINT_FOLDER.as_uri() + "/", url_fetcher=fetcher)
    with _clock_at(created):
        document = page.render(font_config=fonts, stylesheets=[style], **options)
        _claim_accessibility(document.metadata)
        content: bytes = document.write_pdf(finisher=_list_attachment_once, **options)
    return content


@cache
def _style() -> tuple[Any, Any]:
    """The parsed stylesheet with its fonts, which a worker reads and unpacks once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from reports.rendering.fetcher import PackagedFiles

    fetcher, fonts = PackagedFiles(), FontConfiguration()
    # The unpacked fonts lie in a folder that WeasyPrint removes when nobody holds them any more.
    atexit.register(_style.cache_clear)
    style = CSS(filename=PRINT_FOLDER / "print.css", font_config=fonts, url_fetcher=fetcher)
    return fonts, style


@contextmanager
def _clock_at(moment: datetime) -> Iterator[None]:
    """fontTools stamps each font with the time of day, unless this variable names another."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _claim_accessibility(metadata: Any) -> None:
    """Adds the PDF/UA identifier beside that of PDF/A, for which WeasyPrint has no option."""
    generate = metadata.generate_rdf_metadata
    claim = (PRINT_FOLDER / "pdfua.xml").read_bytes()

    def with_claim(*args: Any) -> bytes:
        rdf: bytes = generate(*args)
        # Inside the same rdf:RDF: a second block would be lost when the file is sealed.
        return rdf.replace(b"</rdf:RDF>", claim + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_claim


def _list_attachment_once(document: Any, pdf: Any) -> None:
    """WeasyPrint 70 names each associated file twice in the catalog."""
    files = pdf.catalog["AF"]
    files[:] = list(dict.fromkeys(files))


def count_pages(content: bytes) -> int:
    """The number of pages; 0 where the file cannot be opened."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return 0
