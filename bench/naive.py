"""The same report laid out without a thought: each part one plain table over the whole width.

Typefaces, links and tags are the same as ours, so that only the layout differs.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

Told = dict[str, Any]
STYLE = """
@import "faces.css";
@page { size: A4; margin: 20mm; @bottom-right { content: counter(page) " / " counter(pages); } }
html { font: 9.5pt/1.45 "Drawbridge Sans", "Drawbridge Sans Ext", sans-serif; }
h2 { font-family: "Drawbridge Serif", serif; }
table { width: 100%; border-collapse: collapse; margin-bottom: 8pt; }
th, td { border: 0.5pt solid #999; padding: 3pt; text-align: left; vertical-align: top; }
"""


def naive_html(snapshot: Told) -> str:
    """What the report says, as tables that size their columns by what stands in them."""
    parts = "".join(_table(title, rows) for title, rows in _parts(snapshot))
    return f'<html lang="{snapshot["language"]}"><title>Report</title><body>{parts}</body></html>'


def _table(title: str, rows: Iterable[Iterable[Any]]) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{conditional_escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<h2>{escape(title)}</h2><table>{body}</table>"


def _parts(snapshot: Told) -> Iterator[tuple[str, Iterable[Iterable[Any]]]]:
    result, law = snapshot["result"], snapshot["law"]
    yield "Document", snapshot["document"].items()
    yield "Use", (snapshot["use"] | snapshot["organisation"]).items()
    yield "Models", [model.values() for model in snapshot["models"]]
    yield "Sources", [(s["title"], s["identifier"], s["status"]) for s in law["sources"]]
    yield "Milestones", [(m["day"], m["title"], m["text"], _cites(m)) for m in law["milestones"]]
    for outcome in (*result["outcomes"], *result["roles"]):
        yield outcome["title"], _steps(outcome["because"], "")
    yield "Readings", [(r["title"], r["text"], r["option_text"]) for r in result["readings"]]
    yield "Open questions", [(q["question"], q["why"], q["who"]) for q in result["open_questions"]]
    yield (
        "Fines",
        [(f["title"], f["text"], f["amount"], f["imposed_by"]) for f in snapshot["fines"]],
    )
    yield "Obligations", [_short(snapshot, duty) for duty in result["duties"]]
    yield "Answers", [_answer(answer) for answer in snapshot["answers"]]
    yield "Obligations in full", [_full(snapshot, duty) for duty in result["duties"]]


def _cites(told: Told) -> str:
    return ", ".join(cite["text"] for cite in told["cites"])


def _links(told: Told) -> SafeString:
    cites = ((cite["url"], cite["text"]) for cite in told["cites"])
    return format_html_join(", ", '<a href="{}">{}</a>', cites)


def _steps(steps: list[Told], above: str) -> Iterator[tuple[Any, ...]]:
    for n, step in enumerate(steps, start=1):
        number = f"{above}{n}"
        facts = "; ".join(f"{fact['question']} {fact['answer']}" for fact in step["answers"])
        yield number, step["text"], _links(step), facts
        yield from _steps(step["steps"], f"{number}.")


def _short(snapshot: Told, duty: Told) -> tuple[Any, ...]:
    finding = snapshot["findings"].get(duty["id"], {})
    roles, day = ", ".join(duty["roles"]), duty["applies_from"]
    status, strength = finding.get("status", "not_assessed"), finding.get("strength", "none")
    return duty["id"], duty["title"], _cites(duty), roles, day, status, strength, duty["fine"]["id"]


def _full(snapshot: Told, duty: Told) -> tuple[Any, ...]:
    evidence = "; ".join(duty["evidence"])
    return duty["id"], duty["title"], duty["text"], evidence, _links(duty), duty["note"]


def _answer(answer: Told) -> tuple[Any, ...]:
    said = answer["answer"] if answer["state"] == "answered" else answer["state"]
    return answer["question"], said, answer["note"], _cites(answer), answer["by"], answer["at"]
