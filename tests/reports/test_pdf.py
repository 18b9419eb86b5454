"""The report as PDF: tagged, archivable, carrying its data, and the same bytes every time."""

import json
import os
import re
from io import BytesIO

import pikepdf
import pypdf
import pytest

from reports.rendering import count_pages, to_html, to_pdf
from reports.snapshot import PRINT_FOLDER, canonical
from tests.reports.documents import a_snapshot

pytestmark = pytest.mark.slow


def made(snapshot):
    return to_pdf(to_html(snapshot), snapshot=snapshot, attachment=canonical(snapshot).text)


@pytest.fixture(scope="module")
def snapshot():
    return a_snapshot("spam_filter", "de")


@pytest.fixture(scope="module")
def content(snapshot):
    return made(snapshot)


@pytest.fixture
def document(content):
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(content):
    return pypdf.PdfReader(BytesIO(content)).pages


def test_it_names_itself_and_its_language(document):
    assert document.Root.Lang == "de"
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo["/Title"]).startswith("Bericht zum Vorbereitungsstand")
    with document.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
    assert "1 Zusammenfassung" in titles
    assert "C Integritätsblatt" in titles


def test_it_is_produced_as_archivable_and_accessible(document):
    rdf = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in rdf
    assert 'pdfuaid:part="1"' in rdf
    assert rdf.count("<rdf:RDF") == 1
    assert "/OutputIntents" in document.Root


def test_it_carries_the_snapshot_as_it_was_hashed(document, snapshot):
    assert list(document.attachments) == ["assessment.json"]
    data = document.attachments["assessment.json"].get_file().read_bytes()
    assert data.decode() == canonical(snapshot).text
    assert json.loads(data) == snapshot
    assert len(document.Root.AF) == 1
    assert document.Root.AF[0].AFRelationship == "/Data"


def test_the_same_snapshot_gives_the_same_bytes(content, snapshot, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert made(snapshot) == content
    assert os.environ["SOURCE_DATE_EPOCH"] == "1"


def test_every_page_says_where_it_belongs(pages, snapshot):
    code = canonical(snapshot).sha256[:12]
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Prüfcode {code}" in text
        assert f"Seite {number} von {len(pages)}" in text


def test_only_the_matrix_lies_across(pages):
    across = [page.mediabox.width > page.mediabox.height for page in pages]
    first, last = across.index(True), len(across) - across[::-1].index(True)
    assert all(across[first:last])
    assert pages[first].extract_text().count("7 Pflichten") == 1
    assert "8 Feststellungen" in pages[last].extract_text()


def test_every_page_of_a_draft_says_so_across_it(document, snapshot):
    assert all(len(backdrop(page)) > 1000 for page in document.pages)
    final = snapshot | {"document": snapshot["document"] | {"state": "decided"}}
    with pikepdf.open(BytesIO(made(final))) as opened:
        assert all(len(backdrop(page)) < 200 for page in opened.pages)


def backdrop(page):
    """What is drawn on a page before all else, which is no part of its text."""
    parts = iter(pikepdf.parse_content_stream(page))
    before = []
    for part in parts:
        if part.operator == pikepdf.Operator("Do"):
            break
        before.append((str(part.operator), [str(operand) for operand in part.operands]))
    assert ("BMC", ["/Artifact"]) in before
    assert not {"BDC", "Tj", "TJ"} & {operator for operator, _ in before}
    return page.resources.XObject[part.operands[0]].read_bytes()


def test_the_watermark_is_no_text(pages):
    """Else it would lie in the midst of every sentence that somebody copies."""
    assert pages[0].extract_text().count("ENTWURF") == 1, "the strip on the cover"
    assert not any("ENTWURF" in page.extract_text() for page in pages[1:])


def test_the_margins_are_not_read_aloud(document):
    page = document.pages[2]
    read = set(read_aloud(document.Root.StructTreeRoot.K[0], page))
    shown = {
        int(part.operands[1].MCID)
        for part in pikepdf.parse_content_stream(page)
        if part.operator == pikepdf.Operator("BDC") and "/MCID" in part.operands[1]
    }
    assert read < shown
    assert len(shown - read) == 4


def read_aloud(element, page):
    """The numbers of the marked content that the structure tree reaches on the page."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            if element.Pg.objgen == page.objgen:
                yield int(kid)
        elif isinstance(kid, pikepdf.Dictionary):
            yield from read_aloud(kid, page)


def test_every_figure_has_words(document):
    figures = [
        found
        for found in document.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"
    ]
    assert len(figures) == 5
    assert all(str(figure.get("/Alt", "")) for figure in figures)


def test_every_font_is_ours_and_inside(document):
    names = {
        str(found.FontName)
        for found in document.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
    }
    assert names
    assert all(re.match(r"/[A-Z]{6}\+Drawbridge-S(ans|erif)", name) for name in names)


def test_text_beyond_latin_keeps_its_letters(snapshot):
    words = "Příliš žluťoučký kůň Ελληνικά γλώσσα Български език Żółć Őrült"
    foreign = a_snapshot("spam_filter", use=snapshot["use"] | {"purpose": words})
    reader = pypdf.PdfReader(BytesIO(made(foreign)))
    assert words in " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_hostile_text_is_printed_and_loads_nothing():
    snapshot = a_snapshot("spam_filter")
    hostile = '<img src="http://192.0.2.1/x"><style>@import "file:///etc/passwd";</style>\x00\u202e'
    snapshot["use"] |= {"name": hostile, "purpose": hostile + "a" * 100_000}
    snapshot["answers"][0] |= {"state": "answered", "note": "lorem ipsum " * 8_000}
    content = made(snapshot)
    assert count_pages(content) > 40
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    assert '<img src="http://192.0.2.1/x">' in text.replace("\n", "")


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/a.css",
        "https://192.0.2.1/a.css",
        "ftp://192.0.2.1/a.css",
        "data:text/css,a{}",
        "file:///etc/passwd",
        "file://192.0.2.1/a.css",
        (PRINT_FOLDER / ".." / "models.py").as_uri(),
        (PRINT_FOLDER / ".." / ".." / "static" / "css" / "app.css").as_uri(),
        (PRINT_FOLDER / "%2e%2e" / "models.py").as_uri(),
        "mark.svg",
    ],
)
def test_documents_load_nothing_but_packaged_files(url):
    from reports.rendering.fetcher import PackagedFiles

    with pytest.raises(ValueError, match="packaged files only"):
        PackagedFiles().fetch(url)


def test_links_out_of_the_print_folder_are_not_followed(tmp_path, monkeypatch):
    from reports.rendering import fetcher

    secret = tmp_path / "secret.css"
    secret.write_text("a{}")
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / "print.css").symlink_to(secret)
    monkeypatch.setattr(fetcher, "PRINT_FOLDER", folder)
    with pytest.raises(ValueError, match="packaged files only"):
        fetcher.PackagedFiles().fetch((folder / "print.css").as_uri())


def test_the_packaged_files_are_served():
    from reports.rendering.fetcher import PackagedFiles

    assert b"<svg" in PackagedFiles().fetch((PRINT_FOLDER / "mark.svg").as_uri()).read()


def test_a_file_that_cannot_be_opened_has_no_pages(content):
    assert count_pages(content) > 15
    assert count_pages(b"") == 0
    assert count_pages(b"%PDF-1.7 and nothing more") == 0
