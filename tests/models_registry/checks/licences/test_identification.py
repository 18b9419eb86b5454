"""What is recognised, and above all what is not."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_registry.checks.licences.identification import Likeness
from models_registry.checks.licences.references import references
from models_registry.checks.licences.text import read_text
from tests.models_registry.checks.licences.samples import (
    APACHE,
    BSD,
    DISPLAY,
    HEADED_MIT,
    KIMI,
    MIT,
    identified,
    ids,
    text_of,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [(MIT, "mit"), (HEADED_MIT, "mit"), (BSD, "bsd-3-clause"), (APACHE, "apache-2.0"),
     (KIMI, "moonshot-modified-mit-k2")],
)  # fmt: skip
def test_a_known_text_is_recognised(text, name):
    assert ids(text) == [name]


def _html(text: str) -> str:
    paragraphs = text.replace("&", "&amp;").replace('"', "&quot;").split("\n\n")
    body = "".join(f"<p class='x'>{p}</p>\n" for p in paragraphs)
    return f"<html><head><style>p {{color: red}}</style></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "noise",
    [
        lambda text: text.upper(),
        lambda text: re.sub(r"\s+", " ", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace('"', "\u201d").replace(" - ", " \u2013 "),
        lambda text: "\n".join(f"# {line}" for line in text.splitlines()),
        lambda text: "\n".join(f"// {line}" for line in text.splitlines()),
        lambda text: "/*\n" + "\n".join(f" * {line}" for line in text.splitlines()) + "\n */",
        lambda text: "> " + text.replace("\n\n", "\n\n> "),
        lambda text: text.replace(" the ", " **the** "),
        lambda text: text.replace("\u0020of ", "\u00a0of "),
        lambda text: text.replace("software", "soft\u00adware"),
        lambda text: "\ufeff" + text,
        _html,
    ],
)
@pytest.mark.parametrize(("text", "name"), [(HEADED_MIT, "mit"), (APACHE, "apache-2.0")])
def test_layout_and_typography_do_not_matter(noise, text, name):
    assert ids(noise(text)) == [name]


def test_utf_16_is_read():
    assert ids(HEADED_MIT.encode("utf-16")) == ["mit"]


def test_names_that_each_licensor_fills_in_do_not_matter():
    named = BSD.replace("the ORGANIZATION", "Example Lab").replace(
        "THE COPYRIGHT HOLDERS AND CONTRIBUTORS", "EXAMPLE LAB AND FRIENDS"
    )
    numbered = named.replace("Redistributions of", "1. Redistributions of")
    assert ids(f"BSD 3-Clause License\n\nCopyright (c) 2026, Example Lab\n\n{numbered}") == [
        "bsd-3-clause"
    ]


def test_what_is_filled_in_must_not_ask_for_anything():
    asking = BSD.replace("the ORGANIZATION", "any firm unless it shall pay")
    assert ids(asking) == []


RIDERS = [
    DISPLAY,
    "You may not use the Software in the European Union.",
    "For research purposes only.",
    "Commercial users need a separate licence.",
    "Copyright (c) 2026 Example Lab. You shall display Example.",
    "Copyright 2026 by Example for non commercial use",
    "All rights reserved except for research.",
    "Version 2",
    "Additional terms: see TERMS.",
]


@pytest.mark.parametrize("rider", RIDERS)
@pytest.mark.parametrize("place", ["before", "after"])
def test_one_passage_more_and_a_modified_mit_is_never_mit(rider, place):
    text = f"{rider}\n\n{HEADED_MIT}" if place == "before" else f"{HEADED_MIT}\n\n{rider}"
    assert "mit" not in ids(text)


def test_a_rider_shows_in_what_is_left_over():
    text = HEADED_MIT + "\nWhoever earns well from it sends the authors a postcard every year.\n"
    found = identified(text)
    assert found.likeness is Likeness.NEAR
    assert [reference.id for reference in found.found] == ["mit"]
    assert [text[s.start : s.end] for s in found.leftovers] == [
        "Whoever earns well from it sends the authors a postcard every year"
    ]


@pytest.mark.parametrize(
    "edited",
    [
        KIMI.replace('"Kimi K2"', '"Kimi K2 Thinking"'),
        KIMI.replace('"Kimi K2"', '"Other Model"'),
        KIMI.replace("100 million", "10 million"),
        KIMI.replace("monthly active users, or more than 20 million US dollars", "users, or"),
        KIMI.replace("prominently\n", ""),
        KIMI + "This licence ends in 2030.",
    ],
)
def test_an_edited_kimi_clause_is_neither_kimi_nor_mit(edited):
    found = identified(edited)
    assert found.likeness is Likeness.NEAR
    assert found.references == ()


def test_two_licences_in_one_file_are_both_told():
    assert sorted(ids(f"{APACHE}\n\n====\n\n{HEADED_MIT}")) == ["apache-2.0", "mit"]


def test_a_title_of_another_licence_is_no_harmless_title():
    assert ids(f"Apache License\n\n{MIT}") == []


def test_a_truncated_text_is_near_and_says_how_much_is_missing():
    found = identified(APACHE[: len(APACHE) * 2 // 3])
    assert found.likeness is Likeness.NEAR
    assert found.nearest is not None
    assert found.nearest.reference.id == "apache-2.0"
    assert 0.5 < found.nearest.of_reference < 0.9
    assert found.nearest.of_text > 0.95


@pytest.mark.parametrize(
    "text", ["", "   \n", "MIT", "See LICENSE", "Terms\n" * 50, "Permission is hereby granted"]
)
def test_what_is_no_licence_text_stays_unknown(text):
    assert identified(text).likeness is Likeness.UNKNOWN


def test_bytes_that_are_no_text_are_not_read():
    assert read_text(b"PK\x03\x04\0\0") is None


WORDS = {name: list(re.finditer(r"\w+", text)) for name, text in (("mit", MIT), ("bsd", BSD))}


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0), st.sampled_from(["", "not", "shall", "zebra"]))
def test_no_single_word_can_be_changed_unnoticed(number, word):
    found = WORDS["mit"][number % len(WORDS["mit"])]
    changed = MIT[: found.start()] + word + MIT[found.end() :]
    if text_of(changed).words != text_of(MIT).words:
        assert ids(changed) == []


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0), st.sampled_from(RIDERS))
def test_no_rider_can_be_put_anywhere_unnoticed(number, rider):
    place = WORDS["mit"][number % len(WORDS["mit"])].start()
    assert ids(f"{MIT[:place]}\n{rider}\n{MIT[place:]}") == []


def test_every_reference_is_told_from_every_other():
    known = references()
    assert len({reference.segments for reference in known.all}) == len(known.all)
    assert len({reference.id for reference in known.all}) == len(known.all)


def test_hostile_texts_take_no_long_time():
    for text in ("<script " * 60_000, "a " * 200_000, "(" * 400_000, "not " * 100_000 + "EU"):
        started = time.perf_counter()
        identified(text)
        assert time.perf_counter() - started < 5


EUPL = (Path(__file__).parents[4] / "LICENSE").read_text(encoding="utf-8")


def test_a_licence_with_its_appendix_is_exactly_that_licence():
    body, mark, _ = EUPL.partition("Appendix\n\n")
    assert mark
    for text in (EUPL, body):
        found = identified(text)
        assert (found.likeness, [one.id for one in found.found]) == (Likeness.EXACT, ["eupl-1.2"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("— CeCILL v. 2.0, v. 2.1", "— any licence that forbids commercial use"),
        ("Appendix\n\n‘", "Military use is excluded.\n\nAppendix\n\n‘"),
        ("covered Source Code", "covered Source Code and the model"),
    ],
)
def test_no_change_hides_in_an_appendix(old, new):
    assert old in EUPL
    assert identified(EUPL.replace(old, new)).likeness is Likeness.NEAR
