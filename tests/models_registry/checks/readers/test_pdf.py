import io
import time

import pikepdf
import pytest

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.documents import of_pdf
from models_registry.checks.readers.pdf import read_pdf
from tests.models_registry.checks.making import material_of
from tests.models_registry.checks.paper import pdf, pdf_of_streams

PAGE = "1.1 Provider of the model\nExample Lab of Example Town makes this model.\nA second line."


def read(content, path="a.pdf"):
    material = material_of({path: content})
    return read_pdf(material, material.entries()[0])


def refused(content):
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.reason


def encrypted(content, *, user):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
    return out.getvalue()


def test_pages_come_with_their_text_and_title():
    found = read(pdf(PAGE, PAGE.replace("1.1", "1.2"), title="System Card", compress=True))
    assert (found.count, found.title) == (2, "System Card")
    document = of_pdf(found, path="a.pdf", sha256="ab")
    assert [section.title for section in document.sections] == [
        "1.1 Provider of the model",
        "1.2 Provider of the model",
    ]
    assert [line.page for line in document.lines] == [1, 1, 1, 2, 2, 2]
    assert document.proof(document.lines[4]).page == 2


def test_a_password_is_told_but_an_empty_one_hinders_nobody():
    assert refused(encrypted(pdf(PAGE), user="secret")) == "pdf_encrypted"
    assert read(encrypted(pdf(PAGE), user="")).count == 1


def test_pictures_of_pages_are_told():
    assert refused(pdf_of_streams(b"q 1 0 0 1 0 0 cm Q", b"")) == "pdf_scan"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"no pdf", b"", pdf(PAGE)[:60]])
def test_a_broken_file_is_told(content):
    assert refused(content) in ("pdf_broken", "pdf_scan")


@pytest.mark.slow
def test_a_bomb_ends_its_own_process_and_nothing_else():
    started = time.monotonic()
    bomb = pdf_of_streams(b"BT (" + b"a" * (1 << 30) + b") Tj ET", compress=True)
    assert refused(bomb) == "pdf_hostile"
    assert time.monotonic() - started < 60


def test_a_page_that_is_its_own_parent_is_told():
    content = pdf(PAGE).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    assert refused(content) in ("pdf_hostile", "pdf_broken", "pdf_scan")


def test_only_the_beginning_of_a_file_is_not_read():
    material = material_of({"a.pdf": pdf(PAGE)})
    entry = material.entries()[0]
    cut = type(entry)(entry.path, entry.size + 1, held=entry.held)
    with pytest.raises(Refused):
        read_pdf(material, cut)
