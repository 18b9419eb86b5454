"""What a report costs: ``python -m bench.report``, in a folder and a database of its own.

Times are CPU seconds in a warm process, the best of several runs taken in turn, since whatever
else the machine does can only lengthen them.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench.folder import own_folder

EXAMPLES = ("medical_device", "recruitment")
ROUNDS = 5
REPORTS = 100
ON = date(2026, 11, 23)


@contextmanager
def own_database() -> Iterator[None]:
    """A folder that is thrown away, with the examples in its database."""
    with own_folder():
        from django.core.management import call_command

        with Path(os.devnull).open("w") as nowhere:
            call_command("load_examples", stdout=nowhere)
        yield


def main() -> None:
    """Print times, memory and queries with their aims."""
    with own_database():
        # First, because the others would set the peak.
        watch_memory(snapshot_with_queries("recruitment")[1])
        for example in EXAMPLES:
            queries, snapshot = snapshot_with_queries(example)
            met = _verdict(queries <= 30)
            print(f"{example}: {queries} queries for one snapshot (aim at most 30, {met})")
            time_pages(snapshot)


def snapshot_with_queries(example: str) -> tuple[int, dict[str, Any]]:
    """The content of a report of the example's assessment, and how often the database was asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from assessments.law_in_use import catalogue
    from assessments.models import Assessment
    from assessments.selectors import with_answers
    from assessments.use_file import read_use_file
    from reports.selectors import described_assessment
    from reports.snapshot import canonical, read_snapshot, snapshot_of

    path = Path(__file__).parent.parent / "examples" / f"{example}.yaml"
    name = read_use_file(path, catalogue()).name
    with CaptureQueriesContext(connection) as asked:
        assessment = with_answers(Assessment.objects.all()).get(use_case__name=name)
        described = described_assessment(assessment, on=ON)
        text = canonical(snapshot_of(described, language="en")).text
    return len(asked), read_snapshot(text)


def time_pages(snapshot: dict[str, Any]) -> None:
    """Ours beside WeasyPrint alone on the same page, and beside the report as plain tables."""
    from bench.naive import STYLE, naive_html
    from reports.rendering import count_pages, to_html
    from reports.snapshot import PRINT_FOLDER

    html, style = to_html(snapshot), (PRINT_FOLDER / "print.css").read_text()
    works: dict[str, Callable[[], bytes]] = {
        "ours": lambda: make(snapshot),
        "bare": lambda: set_by_weasyprint(html, style),
        "naive": lambda: set_by_weasyprint(naive_html(snapshot), STYLE),
    }
    spent = _in_turn(works)
    for name, label in (
        ("ours", "HTML from the snapshot, PDF, data attached"),
        ("bare", "WeasyPrint alone on the same HTML"),
        ("naive", "the same content as plain tables"),
    ):
        pages = count_pages(works[name]())
        print(f"{name:6} {spent[name]:6.2f} s  {pages:3} pages  {label}")
    bare, naive = spent["ours"] / spent["bare"], spent["ours"] / spent["naive"]
    print(f"ours : bare  x{bare:.2f} (aim at most 1.20, {_verdict(bare <= 1.2)})")
    print(f"ours : naive x{naive:.2f} (aim at most 0.70, {_verdict(naive <= 0.7)})")


def set_by_weasyprint(html: str, style: str) -> bytes:
    """The page as its documentation has it, and nothing of ours around it."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from reports.snapshot import PRINT_FOLDER

    base, fonts = PRINT_FOLDER.as_uri() + "/", FontConfiguration()
    sheet = CSS(string=style, base_url=base, font_config=fonts)
    content: bytes = HTML(string=html, base_url=base).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3a", pdf_tags=True
    )
    return content


def make(snapshot: dict[str, Any]) -> bytes:
    """The report from its snapshot, as the worker makes it."""
    from reports.rendering import to_html, to_pdf
    from reports.snapshot import canonical

    attachment = canonical(snapshot).text
    return to_pdf(to_html(snapshot), snapshot=snapshot, attachment=attachment)


def _in_turn(works: dict[str, Callable[[], bytes]]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(ROUNDS):
        # In turn, so that whatever else the machine does falls on all alike.
        for name, work in works.items():
            start = time.process_time()
            work()
            spent[name].append(time.process_time() - start)
    return {name: min(times) for name, times in spent.items()}


def watch_memory(snapshot: dict[str, Any]) -> None:
    """The memory of one worker over many reports."""
    peaks = []
    for _ in range(REPORTS):
        make(snapshot)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    half, full = peaks[REPORTS // 2 - 1], peaks[-1]
    print(
        f"peak memory after 1, {REPORTS // 2} and {REPORTS} reports: {peaks[0]:.0f}, {half:.0f}, "
        f"{full:.0f} MB (aim: the second half adds at most 2 %, {_verdict(full <= half * 1.02)})"
    )


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    main()
