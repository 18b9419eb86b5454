"""YAML is read exactly or not at all, whatever stands in it."""

import pytest

from law.reading import ReadingError, decoded, read_yaml

LAUGHS = "a: &a [x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def _read(text):
    return read_yaml(text, name="some.yaml").data


def test_plain_values_are_what_they_look_like():
    text = "a: 5\nb: -3\nc: 1.5\nd: 2.5e25\ne: true\nf: false\ng: ~\nh: null\ni:\nj: some words\n"
    assert _read(text) == {
        "a": 5, "b": -3, "c": 1.5, "d": 2.5e25, "e": True, "f": False,
        "g": None, "h": None, "i": None, "j": "some words",
    }  # fmt: skip


def test_a_day_and_whatever_is_quoted_stay_text():
    text = "day: 2026-08-02\nno_number: '5'\nno_boolean: \"yes\"\nblock: |\n  true\n"
    assert _read(text) == {
        "day": "2026-08-02", "no_number": "5", "no_boolean": "yes", "block": "true\n",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_document_is_nothing(text):
    assert _read(text) is None


def test_the_line_of_a_value_or_of_what_is_around_it_is_known():
    document = read_yaml("a:\n- b: 1\n  c:\n    d: 2\n", name="some.yaml")
    assert document.line("a", 0, "c", "d") == 4
    assert document.line("a", 0, "missing", "deeper") == 2
    assert document.line("elsewhere") == 1
    assert read_yaml("", name="empty.yaml").line("a") == 1


@pytest.mark.parametrize("value", ["yes", "No", "ON", "off", "y", "N"])
def test_what_can_be_read_two_ways_is_refused(value):
    with pytest.raises(ReadingError, match=rf"'{value}' can be read two ways; write true, false"):
        _read(f"a: {value}\n")


@pytest.mark.parametrize(
    "value", [".nan", ".inf", "-.inf", "0x1F", "0o17", "12:30", "9" * 40, "1__000.", "1e2e3"]
)
def test_what_is_no_plain_number_stays_text(value):
    assert _read(f"a: {value}\n") == {"a": value}


@pytest.mark.parametrize("value", ["1e999", "-1e400", "9e309"])
def test_a_number_beyond_all_numbers_is_refused(value):
    with pytest.raises(ReadingError, match=r"line 1: the number .* is too large"):
        _read(f"a: {value}\n")


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", LAUGHS, "&x a: 1\n", "a: &x {b: *x}\n"])
def test_anchors_and_aliases_are_refused_before_anything_grows(text):
    with pytest.raises(ReadingError, match="anchors and aliases are not read"):
        _read(text)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 50_000 + "x", "{? " * 10_000, "[" * 60 + "]" * 60],
    ids=["lists", "mappings", "blocks", "keys", "well-formed"],
)
def test_deep_nesting_is_refused_and_harms_nothing(text):
    with pytest.raises(ReadingError, match=r"nested too deeply|key must be text"):
        _read(text)


def test_what_is_nested_reasonably_is_read():
    assert _read("[" * 40 + "1" + "]" * 40)


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['true']", "!!binary aGk=", "!own 5", "!!str 5"]
)
def test_tags_are_refused(tag):
    with pytest.raises(ReadingError, match=r"the tag .* is not read; leave it out"):
        _read(f"a: {tag}\n")


@pytest.mark.parametrize("key", ["5", "true", "~", "1.5", "[a]", "{a: 1}", "null"])
def test_a_key_must_be_text(key):
    with pytest.raises(ReadingError, match="a key must be text; quote it"):
        _read(f"? {key}\n: 1\n")


def test_a_key_may_stand_once():
    with pytest.raises(ReadingError, match="line 3: the key 'a' stands here twice"):
        _read("a: 1\nb: 2\na: 3\n")


@pytest.mark.parametrize(
    "text",
    ["a: b: c\n", "a: [1, 2\n", "\ta: 1\n", "a: 'open\n", "a: \x00\n", "a: \x07\n", "%BAD 1\n"],
)
def test_what_is_no_yaml_says_where(text):
    with pytest.raises(ReadingError, match=r"some\.yaml, line \d+: .*mend the YAML here"):
        _read(text)


def test_one_document_per_file():
    with pytest.raises(ReadingError, match="line 2: a second document starts here"):
        _read("a: 1\n---\nb: 2\n")


def test_an_error_keeps_its_parts():
    with pytest.raises(ReadingError) as raised:
        _read("a: 1\nb: yes\n")
    assert (raised.value.name, raised.value.line) == ("some.yaml", 2)


def test_bytes_that_are_no_utf_8_say_on_which_line():
    assert decoded("Prüfung".encode(), "some.yaml") == "Prüfung"
    with pytest.raises(ReadingError, match="line 2: this is not UTF-8"):
        decoded(b"a: 1\nb: \xff\n", "some.yaml")
