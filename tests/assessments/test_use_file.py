"""Files that people wrote, and files that somebody wrote to break us."""

import re
from contextlib import suppress

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.law_in_use import catalogue
from assessments.use_file import MAX_BYTES, UseFileError, read_use, read_use_file
from tests.assessments.factories import EXAMPLES

GOOD = {
    "use": {"name": "Post room", "purpose": "Sorts letters by department."},
    "system": {"name": "Sorter"},
    "answers": {"subject_kind": "system"},
}


def read(content):
    if isinstance(content, dict):
        content = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    if isinstance(content, str):
        content = content.encode()
    return read_use(content, catalogue(), name="use.yaml")


def faults(content):
    with pytest.raises(UseFileError) as refused:
        read(content)
    return str(refused.value)


def changed(**parts):
    """The good file with some parts replaced; a part of None is left out."""
    return {name: part for name, part in (GOOD | parts).items() if part is not None}


def test_the_least_file_is_enough():
    use = read(GOOD)
    assert (use.name, use.system, use.models) == ("Post room", "Sorter", ())
    assert use.facts == {"subject_kind": "system"}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_can_be_read(path):
    assert read_use_file(path, catalogue()).answers


def test_empty_fields_count_as_missing():
    use = read(changed(use=GOOD["use"] | {"unit": None, "member_states": None}, notes=None))
    assert (use.unit, use.member_states, use.notes) == ("", (), {})
    system = GOOD["system"] | {"version": None, "supplier": ""}
    assert read(changed(system=system)).system_version == ""


def test_line_breaks_and_every_script_may_stand():
    use = read(changed(use={"name": "Ταξινόμηση 👩‍💻", "purpose": "One\n\ttwo\u00a0three"}))
    assert use.name == "Ταξινόμηση 👩‍💻"
    assert use.purpose == "One\n\ttwo\u00a0three"


def test_a_byte_order_mark_does_no_harm():
    assert read(b"\xef\xbb\xbf" + yaml.safe_dump(GOOD).encode()).name == "Post room"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "line 1: describe the use under 'use' and 'answers'"),
        ("[]", "line 1: describe the use"),
        ("Just words.", "line 1: describe the use"),
        ("use: [", "line 2: .*mend the YAML here"),
        ("use:\n  name: a: b", "line 2: .*mend the YAML here"),
        ("use: {name: x}\n---\nuse: {name: y}", "line 2: a second document starts here"),
        ("a: &x 1\nb: *x", "line 1: anchors and aliases are not read"),
        ("a: !!python/object:os.system x", "line 1: the tag .* is not read"),
        ("use:\n  name: Chat\n  name: Mail", "line 3: the key 'name' stands here twice"),
        ("answers:\n  x: yes", "line 2: 'yes' can be read two ways"),
        ("? [a]\n: b", "line 1: a key must be text"),
        ("1: x", "line 1: a key must be text"),
        ("answers: {training_compute: 1e999}", "line 1: the number 1e999 is too large"),
        ("\x00", "line 1: this is not YAML"),
    ],
    ids=lambda text: re.sub(r"\W+", " ", text)[:30],
)
def test_what_is_no_readable_yaml_is_told_with_its_line(content, message):
    assert re.search(f"use.yaml, {message}", faults(content))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"use": None}, "'use' needs 'name'; add it"),
        ({"use": {"name": "x"}}, "'use' needs 'purpose'; add it"),
        ({"use": {"name": "", "purpose": " "}}, "'use' needs 'purpose'; add it"),
        ({"use": "x"}, "'use' needs one line for each entry"),
        ({"use": GOOD["use"] | {"name": 5}}, "'name' needs text; put it in quotes"),
        ({"use": GOOD["use"] | {"name": ["x"]}}, "'name' needs text"),
        ({"use": GOOD["use"] | {"name": {"a": "b"}}}, "'name' needs text"),
        ({"use": GOOD["use"] | {"name": "n" * 201}}, "'name' is longer than 200 characters"),
        ({"use": GOOD["use"] | {"purpose": "n" * 4001}}, "'purpose' is longer than 4000"),
        ({"use": GOOD["use"] | {"name": "a\0b"}}, "'name' holds a control character"),
        ({"use": GOOD["use"] | {"unit": "\x1b[31mred"}}, "'unit' holds a control character"),
        ({"use": GOOD["use"] | {"colour": "x"}}, "'colour' is not known here; use affected_per"),
        ({"use": GOOD["use"] | {"member_states": "DE"}}, r"Member States as in \[DE, FR\]"),
        ({"use": GOOD["use"] | {"member_states": ["UK"]}}, "Member States as in"),
        ({"use": GOOD["use"] | {"member_states": [["DE"]]}}, "Member States as in"),
        ({"use": GOOD["use"] | {"member_states": {"DE": 1}}}, "Member States as in"),
        ({"system": {"version": "1"}}, "'system' needs 'name'"),
        ({"system": GOOD["system"] | {"version": 4.20}}, "'version' needs text; put it in quotes"),
        ({"system": ["Sorter"]}, "'system' needs one line for each entry"),
        ({"system": None}, "name the 'system' that is used, or the one model"),
        ({"system": None, "models": [{"name": "A"}, {"name": "B"}]}, "name the 'system'"),
        ({"models": {"name": "x"}}, "'models' needs a list"),
        ({"models": ["x"]}, "'models' needs a list"),
        ({"models": [{"access": "gated"}]}, "'models' needs 'name'"),
        ({"models": [{"name": "x", "access": "stolen"}]}, "'access' is one of open_weights"),
        ({"models": [{"name": "x", "access": ["gated"]}]}, "'access' needs text"),
        ({"models": [{"name": "x", "training_compute": "big"}]}, "needs a number from 0"),
        ({"models": [{"name": "x", "training_compute": -1}]}, "needs a number from 0"),
        ({"models": [{"name": "x", "training_compute": True}]}, "needs a number from 0"),
        ({"models": [{"name": "x"}, {"name": "x"}]}, "this model stands here twice"),
        ({"organisation": {"turnover_eur": 1e39}}, "'turnover_eur' needs a number from 0"),
        ({"organisation": {"name": 7}}, "'name' needs text"),
        ({"answers": None}, "'answers' is missing; give the facts"),
        ({"answers": []}, "'answers' needs one line for each entry"),
        ({"answers": {"subject_knd": "system"}}, "did you mean 'subject_kind'"),
        ({"answers": {"subject_kind": "spaceship"}}, "subject_kind: answer one of"),
        ({"answers": {"subject_kind": {"a": 1}}}, "subject_kind: answer one of"),
        ({"notes": {"subject_kind": 5}}, "'subject_kind' needs text"),
        ({"notes": {"use_areas": "x"}}, "the note on 'use_areas' needs an answer"),
        ({"notes": {"subject_kind": "n" * 4001}}, "longer than 4000"),
        ({"notes": "x"}, "'notes' needs one line for each entry"),
        ({"decision": {"by": "me"}}, "'decision' is not known here"),
    ],
    ids=lambda value: re.sub(r"\W+", " ", str(value))[:40],
)
def test_what_does_not_fit_is_told_in_words(parts, message):
    assert re.search(rf"use.yaml, line \d+: .*{message}", faults(changed(**parts)))


def test_a_fault_names_the_line_where_it_stands():
    text = "use:\n  name: Chat\n  purpose: Talks.\nsystem:\n  name: Bot\n  colour: red\n"
    assert faults(text + "answers:\n  subject_kind: car\n").splitlines() == [
        "use.yaml, line 6: 'colour' is not known here; use name, supplier, version.",
        "use.yaml, line 8: subject_kind: answer one of model, system, or unknown.",
    ]


def test_a_message_carries_no_escape_sequence_and_bears_to_be_read():
    said = faults('"\\e[2J' + "x" * 900 + '": 1')
    assert "\x1b" not in said
    assert max(map(len, said.splitlines())) < 400


def test_a_thousand_faults_do_not_fill_the_screen():
    said = faults(changed(use=GOOD["use"] | {f"k{n}": 1 for n in range(1000)}))
    assert len(said.splitlines()) == 51
    assert said.endswith("... and 950 faults more.")


def test_a_flood_of_answers_is_refused_quickly():
    said = faults(changed(answers={f"k{n}": 1 for n in range(20_000)}))
    assert "'answers' holds far more entries than there are questions" in said


def test_deep_brackets_and_long_runs_end_in_words():
    assert "use.yaml, line 1:" in faults("answers: " + "[" * 100_000)
    assert "nested too deeply" in faults("answers: " + "[" * 99 + "]" * 99)


def test_more_than_a_megabyte_is_refused_before_it_is_read():
    assert faults(b"#" * (MAX_BYTES + 1)) == "use.yaml: more than 1 MB; describe one use per file."
    padded = yaml.safe_dump(GOOD).encode()
    assert read(padded + b"#" * (MAX_BYTES - len(padded))).name == "Post room"


def test_a_file_that_never_ends_is_not_read_to_its_end(tmp_path):
    endless = tmp_path / "endless.yaml"
    endless.symlink_to("/dev/zero")
    with pytest.raises(UseFileError, match="more than 1 MB"):
        read_use_file(endless, catalogue())


def test_what_is_not_utf_8_is_told():
    assert faults("use: {name: Büro}".encode("latin-1")) == (
        "use.yaml: not UTF-8 text; save it as UTF-8."
    )


@pytest.mark.parametrize("place", ["missing.yaml", "."])
def test_a_path_that_cannot_be_read_is_told(tmp_path, place):
    with pytest.raises(UseFileError, match=r"cannot be read \(.+\); check the path"):
        read_use_file(tmp_path / place, catalogue())


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
ODD = st.dictionaries(
    st.sampled_from(["use", "system", "models", "organisation", "answers", "notes", "x"]),
    ANYTHING
    | st.dictionaries(
        st.sampled_from(["name", "purpose", "member_states", "subject_kind", "access"]), ANYTHING
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD)
def test_no_value_anywhere_ends_in_a_trace(parts):
    with suppress(UseFileError):
        read(yaml.safe_dump(GOOD | parts, allow_unicode=True).encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_trace(content):
    with pytest.raises(UseFileError):
        read(content)
