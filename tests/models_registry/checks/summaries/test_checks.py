import time

import pytest

from models_registry.checks import documents, summaries
from tests.models_registry.checks.making import context
from tests.models_registry.checks.paper import pdf
from tests.models_registry.checks.telling_cases import (
    CLOSED,
    FAIL,
    NOT_APPLICABLE,
    NOT_CHECKABLE,
    OPEN,
    PARTIAL,
    PASS,
    Case,
    judge,
    result,
    untold,
)

GROUPS = (documents.CHECKS, summaries.CHECKS)
ROWS = {
    "0": {"Version of the summary": "1.0", "Date of last update": "10/2026"},
    "1.1 Provider": {"Provider name": "Example Lab", "Contact": "ask@example.org"},
    "1.2 Model": {
        "Model names": "Tiny-7B",
        "Dependencies": "none",
        "Date placed on the Union market": "01/2026",
    },
    "1.3 Data": {
        "Modalities": "text",
        "Training data size": "1 billion to 10 trillion tokens",
        "Types of content": "articles",
        "Latest acquisition": "06/2025",
        "Is the model continuously trained": "No",
        "Languages": "all of the Union",
    },
    "2.1 Public data sets": {"Public data sets used": "Yes", "List of large data sets": "a corpus"},
    "2.2.1 Licensed data": {"Commercially licensed": "No"},
    "2.2.2 Private data": {"Other private data": "No"},
    "2.3 Crawling": {
        "Were crawlers used": "Yes",
        "Crawler names": "ExampleBot",
        "Behaviour": "obeys robots.txt",
        "Period": "2024",
        "Content collected": "news",
        "Domains": "see domains.csv",
    },
    "2.4 User data": {"Interactions with the model": "No", "Other services": "No"},
    "2.5 Synthetic data": {"Synthetic data used": "Yes", "Models used to generate it": "Tiny-1B"},
    "2.6 Other": {"Other sources": "N/A"},
    "3.1 Opt-out": {"Measures": "robots.txt; complaints to ask@example.org"},
    "3.2 Illegal content": {"Measures": "a filter"},
}


def summary(without=(), **changes):
    lines = ["# Public Summary of Training Content"]
    for section, fields in ROWS.items():
        if section != "0":
            lines += ["", f"## {section}", ""]
        for label, value in fields.items():
            if label not in without:
                key = label.replace(" ", "_")
                lines.append(f"| {label} | {changes.get(key, value)} |")
    return "\n".join(lines)


def files(*without, **changes):
    return {"summary/training_content_summary.md": summary(without, **changes)}


POLICY = "# Copyright Policy\nWe honour robots.txt.\n"
DETAILS = ("Crawler names", "Behaviour", "Period", "Content collected", "Domains")
CASES = [
    Case("T01", PASS, "template", files()),
    Case("T01", PARTIAL, "free_form", {"training_data_summary.md": "# Much was read"}),
    Case("T01", FAIL, "none", {}, OPEN),
    Case("T01", FAIL, "none", {}, CLOSED),
    Case("T01", NOT_APPLICABLE, "not_general_purpose", {}, {"general_purpose": False}),
    Case("T02", PASS, "full", files()),
    Case("T02", PARTIAL, "part", files(*DETAILS)),
    Case("T02", FAIL, "thin", {"training_data_summary.md": "# Much was read"}),
    Case("T02", NOT_CHECKABLE, "no_summary"),
    Case("T03", PASS, "sound", files()),
    Case("T03", PARTIAL, "few_gaps", files("Models used to generate it")),
    Case("T03", FAIL, "gaps", files(*DETAILS)),
    Case("T03", NOT_CHECKABLE, "no_summary"),
    Case("T04", PASS, "fits", files(), {"model_name": "Tiny 7B", "training_tokens": 2e12}),
    Case("T04", FAIL, "conflict", files(), {"model_name": "Huge", "training_tokens": 2e12}),
    Case("T04", FAIL, "conflict", files(), {"training_tokens": 2e13}),
    Case("T04", NOT_CHECKABLE, "nothing_to_compare", files()),
    Case("T04", NOT_CHECKABLE, "no_summary"),
    Case("T05", PASS, "fresh", files()),
    Case("T05", PASS, "frozen", files(Date_of_last_update="January 2026")),
    Case(
        "T05",
        PARTIAL,
        "old",
        files("Is the model continuously trained", Date_of_last_update="2026-01-05"),
    ),
    Case(
        "T05",
        FAIL,
        "outdated",
        files(Is_the_model_continuously_trained="Yes", Date_of_last_update="5. Januar 2026"),
    ),
    Case("T05", FAIL, "in_the_future", files(Date_of_last_update="2027-01-05")),
    Case("T05", FAIL, "undated", files("Date of last update")),
    Case("T05", NOT_CHECKABLE, "no_summary"),
    Case("T06", PASS, "usable", {"domains.csv": "domain,bytes\na.example.org,7\n"}),
    Case("T06", PARTIAL, "faulty", {"domains.csv": "a.example.org\nb.example.com\nno domain\n"}),
    Case("T06", FAIL, "unusable", {"domains.csv": "domain\nwhatever\n???\nco.uk\n"}),
    Case("T06", FAIL, "empty", {"domains.csv": "domain\n"}),
    Case("T06", PARTIAL, "only_named", files()),
    Case("T06", FAIL, "none", files("Domains")),
    Case("T06", NOT_APPLICABLE, "not_crawled", files(*DETAILS, Were_crawlers_used="No")),
    Case("T06", NOT_CHECKABLE, "crawling_unknown", files(*DETAILS, "Were crawlers used")),
    Case("T06", NOT_CHECKABLE, "no_summary"),
    Case("T07", PASS, "both", files()),
    Case("T07", PARTIAL, "part", {"copyright_policy.md": POLICY}),
    Case("T07", FAIL, "empty", {"copyright_policy.md": "# Copyright Policy\nWe care."}),
    Case("T07", FAIL, "none", {}, OPEN),
    Case("T07", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_reason_is_given_where_it_should_be(case):
    judge(case, GROUPS)


def test_no_reason_is_left_without_a_case():
    assert untold(CASES, "T") == set()


def test_optional_and_unknown_sections_are_not_counted_among_those_of_the_template():
    more = summary() + "\n## 3.3 Other\n\n| Further measures | none |\n\n## 2.9 More\n\n| A | b |\n"
    found = result(Case("T01", PASS, "template", {"training_content_summary.md": more}), GROUPS)
    assert (found.values["sections"], found.values["of"]) == (11, 11)


def as_html(text):
    rows = []
    for line in text.splitlines():
        if line.startswith("#"):
            rows.append(f"<h2>{line.strip('# ')}</h2>")
        elif line.startswith("|"):
            cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.strip("| ").split("|"))
            rows.append(f"<table><tr>{cells}</tr></table>")
    return "<html><body>" + "\n".join(rows) + "</body></html>"


def as_pdf(text):
    plain = [line.strip("#| ").replace(" | ", ": ") for line in text.splitlines()]
    return pdf("\n".join(filter(None, plain)))


@pytest.mark.parametrize(("name", "turn"), [("s.html", as_html), ("s.pdf", as_pdf)])
def test_a_summary_says_the_same_in_each_form(name, turn):
    made = {f"training_content_summary_{name}": turn(summary())}
    assert result(Case("T02", PASS, "full", made), GROUPS).reason == "full"
    assert result(Case("T03", PASS, "sound", made), GROUPS).reason == "sound"


def test_a_field_may_stand_below_its_label():
    text = summary().replace("| Crawler names | ExampleBot |", "**Crawler names**\n\nExampleBot")
    made = {"training_content_summary.md": text}
    assert result(Case("T02", PASS, "full", made), GROUPS).reason == "full"


@pytest.mark.parametrize("empty", ["TBD", "[to be completed]", "...", "", "[ ]"])
def test_a_placeholder_fills_nothing(empty):
    made = files(Languages=empty)
    found = result(Case("T02", PASS, "full", made), GROUPS)
    assert found.values["missing"] == ("term:summary_languages",)


@pytest.mark.parametrize("answer", ["☒ Yes ☐ No", "[x] Yes [ ] No", "Ja", "yes, partly"])
def test_a_yes_is_known_in_its_forms(answer):
    made = files("Models used to generate it", Synthetic_data_used=answer)
    assert result(Case("T03", PARTIAL, "few_gaps", made), GROUPS).reason == "few_gaps"


def test_our_own_domains_are_found_with_those_below_them():
    made = {"domains.csv": "x.example.org\nexample.org.evil.com\nhttps://www.example.org/\n"}
    case = Case("T06", PASS, "usable", made, {"own_domains": ("example.org",)})
    found = result(case, GROUPS)
    assert [proof.line for proof in found.proofs] == [1, 3]


@pytest.mark.parametrize(
    "content", ["a" * 5_000_000, ",\n" * 500_000, "a.b.c\n" * 500_000, "\0" * 1_000_000]
)
def test_a_hostile_list_takes_little_time(content):
    made = context({"domains.csv": content}, hashing=False)
    started = time.process_time()
    summaries.t06_domains(made)
    assert time.process_time() - started < 5


def test_a_hostile_summary_takes_little_time():
    made = context({"training_data_summary.md": "| a | b |\n" * 100_000}, hashing=False)
    started = time.process_time()
    summaries.checks.t02_complete(made)
    assert time.process_time() - started < 5
