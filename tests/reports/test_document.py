"""The report as HTML: what it says, how it is built, and that foreign text stays text."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from assessments.law_in_use import catalogue
from reports.rendering import to_html
from reports.rendering.cleaning import printable
from reports.rendering.figures import stacked, timeline
from reports.rendering.front import watermark_word
from reports.snapshot import PRINT_FOLDER, canonical
from tests.assessments.factories import DAY
from tests.reports.documents import a_snapshot, an_assessed_snapshot, chrome, in_state

FORBIDDEN = {
    "en": r"complian(t|ce)|certified|approved by the EU|100 ?%|\bfully\b|\bensures?\b|guarantee",
    "de": r"konforme?n?\b|zertifiziert|genehmigt|100 ?%|vollständig|stellt sicher|"
    r"gewährleiste|garantie",
}


class Outline(HTMLParser):
    """Tags with their attributes in order, and the ids and internal links among them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.links = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        href = given.get("href") or ""
        self.links += [href[1:]] if href.startswith("#") else []


def text_of(html):
    body = html.partition("<body>")[2]
    return " ".join(unescape(re.sub("<[^>]+>", " ", body)).split())


@pytest.fixture(scope="module")
def recruitment():
    return to_html(a_snapshot())


@pytest.fixture(scope="module", params=["en", "de"])
def assessed(request):
    snapshot = an_assessed_snapshot(language=request.param)
    return snapshot, to_html(snapshot)


def test_the_summary_counts_what_the_snapshot_holds(recruitment):
    snapshot = an_assessed_snapshot()
    owed = [d for d in snapshot["result"]["duties"] if d["kind"] == "duty" and not d["open"]]
    found = [snapshot["findings"][duty["id"]] for duty in owed]
    met, partly, bad, unknown = (
        sum(f["status"] == status for f in found)
        for status in ("met", "partly_met", "not_met", "not_assessed")
    )
    verified = sum(f["status"] == "met" and f["strength"] == "verified" for f in found)
    critical = sum(f["severity"] == "critical" for f in found)
    said = text_of(to_html(snapshot))
    assert (
        f"Of {len(owed)} obligations that apply, {met} are met, {partly} partly met, {bad} not met "
        f"and {unknown} not assessed. Of the met ones, {verified} are verified. "
        f"Gaps found: {partly + bad}, of which critical: {critical}."
    ) in said
    assert "Decision: none has been recorded." in said


def test_nothing_assessed_is_said_and_not_shown_as_good(recruitment):
    assert "No obligation has been assessed yet, so no gap could be found." in text_of(recruitment)


def test_the_verification_code_is_the_beginning_of_the_digest():
    snapshot = a_snapshot("spam_filter")
    digest = canonical(snapshot).sha256
    html = to_html(snapshot)
    assert f'<p class="code">{digest[:12]}</p>' in html
    assert f"<title>Verification code {digest[:12]}</title>" in html
    assert digest in html
    assert f'data-footer-left="Revision 1 · code {digest[:12]}"' in html


def test_every_link_leads_somewhere(assessed):
    outline = Outline(assessed[1])
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.links) <= set(outline.ids)


def test_every_obligation_leads_from_the_matrix_to_its_full_text_and_its_law(assessed):
    snapshot, html = assessed
    outline = Outline(html)
    for duty in snapshot["result"]["duties"]:
        assert duty["id"] in outline.links
        assert duty["id"] in outline.ids
    urls = {tag[1].get("href") for tag in outline.tags if tag[0] == "a"}
    assert {c["url"] for duty in snapshot["result"]["duties"] for c in duty["cites"]} <= urls


def test_every_answer_stands_in_the_annex(recruitment):
    said = text_of(recruitment)
    for question in catalogue().entries.questions.values():
        assert " ".join(question.text.en.split()) in said


def test_headings_go_down_one_level_at_a_time(assessed):
    levels = [int(tag[1]) for tag, _ in Outline(assessed[1]).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_is_built_from_what_reads_aloud(assessed):
    tags = Outline(assessed[1]).tags
    assert not {"dl", "style", "script", "font", "center"} & {tag for tag, _ in tags}
    assert all("scope" in attrs for tag, attrs in tags if tag == "th")
    assert all(attrs.get("alt") for tag, attrs in tags if tag == "img")
    assert not any("style" in attrs for _, attrs in tags)
    assert "data:" not in assessed[1]
    for svg in re.findall(r"<svg.*?</svg>", assessed[1], re.DOTALL):
        assert re.search(r"<title>[^<]+</title>", svg)


def test_each_language_speaks_for_itself():
    english, german = (to_html(a_snapshot("spam_filter", language)) for language in ("en", "de"))
    assert '<html lang="en">' in english
    assert "Executive summary" in english
    assert '<html lang="de">' in german
    assert "Zusammenfassung" in german
    assert "23. November 2026" in german
    assert "Executive summary" not in german


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_document_promises_nothing(language):
    said = text_of(chrome(language))
    assert not re.findall(FORBIDDEN[language], said, re.IGNORECASE)


def test_whatever_is_not_decided_is_marked_as_such():
    for state, word in (
        ("draft", "Draft"),
        ("in_review", "In review"),
        ("superseded", "Superseded"),
    ):
        snapshot = in_state(state, example="spam_filter")
        assert f'<span class="strip-state">{word}</span>' in to_html(snapshot)
        assert watermark_word(snapshot) == word
    assert watermark_word(in_state("decided", example="spam_filter")) == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "EUR 15 000 000 or 3 % of worldwide turnover"), ("de", "oder 3 % des")],
)
def test_a_ceiling_that_hangs_on_an_unknown_turnover_is_told_all_the_same(language, words):
    snapshot = a_snapshot("recruitment", language)
    fine = next(fine for fine in snapshot["fines"] if fine["max_eur"] == 15_000_000)
    fine |= {"amount": None, "basis": "turnover_unknown"}
    assert words in to_html(snapshot).replace("\N{NO-BREAK SPACE}", " ")


def test_markup_in_answers_stays_text():
    snapshot = a_snapshot("spam_filter")
    hostile = (
        '<script>alert(1)</script><img src="http://example.org/x"> {{ organisation }} & {% x %}'
    )
    snapshot["use"] |= {"name": hostile, "purpose": hostile}
    snapshot["organisation"]["name"] = hostile
    snapshot["document"]["number"] = '"><b>'
    for answer in snapshot["answers"]:
        answer |= {"note": hostile, "by": hostile, "at": "2026-11-20T10:00:00+00:00"}
    outline = Outline(to_html(snapshot))
    assert "script" not in {tag for tag, _ in outline.tags}
    assert [attrs["src"] for tag, attrs in outline.tags if tag == "img"] == ["mark.svg"]


def test_control_characters_and_marks_of_direction_are_left_out_of_print():
    assert printable("a\x00b\x08c\x0bd\ud800e\ufffe\u202ef\u2066g\tö\n") == "abcdefg\tö\n"
    assert printable({"a": ["\x01x", 1, None]}) == {"a": ["x", 1, None]}


def test_an_endless_word_may_break_but_an_address_stays_whole():
    word, url = "a" * 100_000, "https://example.org/" + "b" * 200
    shown = printable({"note": word, "url": url})
    assert shown["url"] == url
    assert shown["note"].replace("\u200b", "") == word
    assert max(map(len, shown["note"].split("\u200b"))) == 40


def test_the_record_keeps_what_print_leaves_out():
    snapshot = a_snapshot("spam_filter")
    snapshot["use"]["name"] = "a\u202eb"
    before = canonical(snapshot).sha256
    assert before[:12] in to_html(snapshot)
    assert canonical(snapshot).sha256 == before


def test_a_rule_is_reasoned_once(recruitment):
    said = text_of(recruitment)
    assert re.search(r"Reasoned in line 1\.\d", said)
    numbers = re.findall(r'<span class="step-number">([\d.]+)</span>', recruitment)
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_what_would_change_the_result_is_few_and_each_question_once(recruitment):
    table = recruitment.partition('<table class="grid pivots">')[2].partition("</table>")[0]
    questions = re.findall(r'<th scope="row">(.*?)</th>', table)
    assert 1 <= len(questions) <= 5
    assert len(questions) == len(set(questions))


def test_an_open_class_is_told_as_a_span():
    snapshot = a_snapshot("spam_filter")
    snapshot["result"] |= {"headline": "open", "at_worst": "prohibited", "at_best": "minimal"}
    said = text_of(to_html(snapshot))
    assert "The class is still open" in said
    assert "it lies between “Minimal risk” and “Prohibited practice”" in said


def test_a_report_can_do_without_a_system_an_organisation_and_a_log():
    snapshot = a_snapshot("spam_filter", system=None, models=[], trail=None)
    snapshot["organisation"]["name"] = ""
    said = text_of(to_html(snapshot))
    assert "An organisation that is not named assessed" in said
    assert "No system has been named." in said
    assert "made from a file, without a database" in said


def test_the_integrity_sheet_prints_the_chain():
    snapshot = a_snapshot("spam_filter", trail={"count": 214, "head": "9f" * 32})
    said = text_of(to_html(snapshot))
    assert "Event log, entries 214" in said
    assert "9f" * 32 in said


def test_the_stylesheet_keeps_to_what_lays_out_quickly():
    style = (PRINT_FOLDER / "print.css").read_text()
    assert "anywhere" not in style
    assert "table-layout: auto" not in style
    assert re.search(r"\ntable {[^}]*table-layout: fixed", style)
    assert not re.search(r"display: (grid|flex)", style)
    assert len(style) < 20_000


def test_the_bar_is_as_wide_as_its_parts():
    parts = stacked([("met", 1), ("partly_met", 0), ("not_met", 2), ("not_assessed", 3)])
    assert [part.status for part in parts] == ["met", "not_met", "not_assessed"]
    assert sum(float(part.width) for part in parts) == pytest.approx(482, abs=0.2)
    assert stacked([("met", 0)]) == []


def test_labels_on_the_timeline_do_not_meet():
    days = [
        (DAY.replace(year=year, month=month), 1) for year in (2026, 2027) for month in (1, 2, 3)
    ]
    drawing = timeline(days, [], today=DAY)
    by_level = {}
    for mark in drawing.marks:
        by_level.setdefault(mark.label_y, []).append(float(mark.x))
    for places in by_level.values():
        assert all(after - before >= 40 for before, after in pairwise(places))
