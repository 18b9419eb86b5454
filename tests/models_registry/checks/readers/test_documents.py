import re
import time

import pytest

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.cards import card_of
from models_registry.checks.readers.documents import of_text
from models_registry.checks.readers.loose_yaml import read_loosely, text_at
from models_registry.checks.readers.source_text import read_source
from models_registry.checks.roles import Role
from models_registry.checks.supplied import library
from tests.models_registry.checks.making import context
from tests.models_registry.checks.paper import pdf

CARD = """---
license: mit
language:
- de
- en
model-index:
- name: Tiny
  results:
  - metrics: [{type: acc, value: 0.5}]
---
# Tiny-7B

Intro.

## Limitations

It knows *little*.

### Of languages
Only `two`.

Uses
----
```
# no heading
```
"""


def document(text, form="markdown"):
    return of_text(read_source(text.encode(), path="a.md", at_most=1 << 20), form=form)


def test_a_card_has_a_front_with_lines_and_sections():
    card = card_of(context({"README.md": CARD}))
    assert card.many("language") == ("de", "en")
    assert card.front.line("model-index", 0, "results", 0, "metrics") == 9
    assert text_at(card.front.keys, "license") == "mit"
    made = of_text(card.text, form="markdown", body=card.body)
    assert [s.title for s in made.sections] == ["Tiny-7B", "Limitations", "Of languages", "Uses"]
    (section,) = made.sections_named(re.compile("limitation", re.I))
    assert " ".join(section.text.split()) == "It knows little. ### Of languages Only two."
    _, proof = made.find(re.compile("knows"))
    assert (proof.line, proof.quote) == (17, "It knows *little*.")


def test_a_page_of_html_has_headings_rows_and_lines():
    text = (
        "<html><body>\n<h2>1.1 Provider</h2>\n<table><tr><td>Name</td><td>Ex &amp; Co</td></tr>\n"
    )
    text += "</table><script>var a = 1 < 2;</script><p>The <b>end</b></p></body></html>"
    made = document(text, "html")
    assert [(line.text, line.number, line.level) for line in made.lines] == [
        ("1.1 Provider", 2, 2),
        ("Name | Ex & Co", 3, 0),
        ("The end", 4, 0),
    ]


def test_what_stands_before_a_fault_is_kept():
    found = read_loosely("a: 1\nb: [x, *y]\nc: [")
    assert found.keys == {"a": "1", "b": ["x", None], "c": []}
    assert found.fault


def test_the_first_of_two_equal_keys_holds():
    assert read_loosely("a: 1\na: 2").keys == {"a": "1"}
    assert read_loosely("").keys == {}
    assert read_loosely("[a]: b\nc: d").keys == {"c": "d"}


@pytest.mark.parametrize(
    "content",
    ["[" * 500_000, "a: " + "{" * 100_000, "- a\n" * 400_000, "&a [*a, *a]\n" * 50_000, "a: !!x y"],
)
def test_hostile_yaml_takes_little_time(content):
    started = time.process_time()
    read_loosely(content)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "content",
    [
        "# a\n" * 200_000,
        "<h1" * 300_000,
        "[" * 500_000,
        "| a " * 250_000,
        "<p>" * 300_000,
        "1.1.1.1 A\n" * 100_000,
        "**" * 500_000,
        "<script>" * 120_000,
        "&lt;" * 250_000,
    ],
)
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_hostile_texts_take_little_time(content, form):
    started = time.process_time()
    made = document(content, form)
    assert made.words >= 0
    assert len(made.sections) >= 0
    assert len(made.text) >= 0
    assert time.process_time() - started < 4


def test_documents_are_known_by_name_title_or_claim():
    files = {
        "README.md": CARD,
        "card.pdf": pdf("Example System Card\n" + "word " * 30, title="Example System Card"),
        "dpa.md": "# Data Processing Agreement\n",
        "x.txt": "SOC 2\n=====\n",
        "data/README.md": "# Corpus",
        "other/README.md": "---\ntask_categories: [x]\n---\n",
        "unknown.md": "text",
        "LICENSE.md": "# License Agreement",
        "broken.pdf": "%PDF-",
    }
    made = context(files, document_roles=(("unknown.md", "mandate"),))
    found = library(made)
    assert {document.path: role for role, document in found.documents} == {
        "README.md": Role.CARD,
        "card.pdf": Role.SYSTEM_CARD,
        "dpa.md": Role.DATA_TERMS,
        "x.txt": Role.SOC_2,
        "unknown.md": Role.MANDATE,
    }
    assert [card.entry.path for card in found.data_cards] == ["data/README.md", "other/README.md"]
    assert [(entry.path, refused.reason) for entry, _, refused in found.unread] == [
        ("broken.pdf", "pdf_broken")
    ]


def test_after_two_hostile_pdfs_no_more_are_tried(monkeypatch):
    tried = []

    def hostile(_, entry):
        tried.append(entry.path)
        raise Refused("pdf_hostile", name=entry.path)

    monkeypatch.setattr("models_registry.checks.supplied.read_pdf", hostile)
    found = library(context({f"{number}.pdf": "x" for number in range(5)}))
    assert tried == ["0.pdf", "1.pdf"]
    assert [refused.reason for _, _, refused in found.unread][2:] == ["pdf_left_unread"] * 3
