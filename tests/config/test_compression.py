import gzip

from django.template.loader import render_to_string
from django.utils import translation

from config.drawing import cited, drawn
from tests.reports.factories import a_done_report

TAG = "components/class_tag.html"


def test_a_page_is_compressed_for_browsers_that_say_so(signed_in, ana):
    browser = signed_in(ana)
    plain = browser.get("/uses/")
    packed = browser.get("/uses/", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "<h1>" in gzip.decompress(packed.content).decode()
    assert len(packed.content) < len(plain.content) / 2


def test_a_report_keeps_its_length(signed_in, ana, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = a_done_report(ana)
    address = f"/reports/{report.pk}/download"
    answer = signed_in(ana).get(address, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(b"".join(answer))


def test_what_is_made_once_says_what_its_template_says_in_each_language():
    for language in ("en", "de", "en"):
        with translation.override(language):
            included = render_to_string(TAG, {"tier": "minimal"})
            assert drawn(TAG, tier="minimal") == included
            assert drawn(TAG, tier="prohibited") != included


def test_citations_are_told_as_their_template_tells_them():
    cites = [{"text": "Art 5(1)", "url": "https://example.org/5"}, {"text": "<b>", "url": ""}]
    included = render_to_string("components/citations.html", {"cites": cites})
    assert cited(cites) == included.strip()
    assert cited([]) == ""
