import json
import shutil

import pytest

from law.citations import parse_citation, provision_index
from models_registry.checks.catalogue import FOLDER, Catalogue, CatalogueError, load
from models_registry.checks.results import Result, Verdict
from models_registry.checks.running import GROUPS
from models_registry.checks.telling import placeholders, told

CATALOGUE = load()


@pytest.mark.parametrize("name", CATALOGUE.sections())
def test_every_section_can_be_read(name):
    assert CATALOGUE.section(name)


def test_every_check_that_runs_is_described():
    assert {name for group in GROUPS for name, _ in group} <= CATALOGUE.checks.keys()


def test_every_check_stands_in_the_group_of_its_letter():
    letters = {}
    for entry in CATALOGUE.checks.values():
        letters.setdefault(entry.group, set()).add(entry.id[0])
    assert all(len(found) == 1 for found in letters.values())


def test_every_provision_that_a_check_supports_exists():
    known = provision_index().provisions
    cited = {item for entry in CATALOGUE.checks.values() for item in entry.supports.get("act", ())}
    assert {item for item in cited if str(parse_citation(item)) not in known} == set()


def test_both_languages_ask_for_the_same_values():
    differing = [
        (entry.id, key)
        for entry in CATALOGUE.checks.values()
        for key, text in entry.reasons.items()
        if placeholders(text.en) != placeholders(text.de)
    ]
    assert differing == []


def test_a_reason_is_told_in_words_with_its_values():
    result = Result("W03", Verdict.PASS, "found", values={"bin": "5–15B"})
    assert CATALOGUE.reason(result, "en") == "The model lies in the range 5–15B."
    assert CATALOGUE.reason(result, "de") == "Das Modell liegt in der Klasse 5–15B."


def test_a_reason_common_to_all_checks_is_told_too():
    result = Result("W03", Verdict.ERROR, "fault_of_ours")
    assert "says nothing about the model" in CATALOGUE.reason(result, "en")


def test_what_the_material_says_is_no_pattern():
    result = Result("W03", Verdict.PASS, "found", values={"bin": "{secret}{0.__class__}"})
    assert CATALOGUE.reason(result, "en").endswith("{secret}{0.__class__}.")


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (1026408232448, "1,026,408,232,448", "1.026.408.232.448"),
        (3.02e24, "3.02 × 10^24", "3,02 × 10^24"),
        (0.5, "0.5", "0,5"),
        (None, "not stated", "nicht angegeben"),
        (("a", "b"), "a, b", "a, b"),
        (tuple("abcdefghij"), "a, b, c, d, e, f, g, h, and 2 more", None),
    ],
)
def test_values_are_told_as_the_language_writes_them(value, english, german):
    assert told(value, "en") == english
    assert german is None or told(value, "de") == german


def test_the_digest_changes_with_a_word(tmp_path):
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy)
    assert Catalogue(copy).digest == CATALOGUE.digest
    path = copy / "size_bins.yaml"
    path.write_text(path.read_text().replace("5–15B", "5–16B"))
    assert Catalogue(copy).digest != CATALOGUE.digest


def test_every_fault_is_listed_with_its_line(tmp_path):
    (tmp_path / "schema").mkdir()
    row = {
        "type": "object",
        "required": ["size"],
        "properties": {"size": {"type": "integer"}},
    }
    (tmp_path / "schema" / "things.json").write_text(json.dumps(row))
    (tmp_path / "things.yaml").write_text("things:\n- id: one\n  size: no number\n")
    twice = "things:\n- id: two\n  size: 1\n- id: two\n  size: 2\n"
    (tmp_path / "things_more.yaml").write_text(twice)
    with pytest.raises(CatalogueError) as caught:
        Catalogue(tmp_path).section("things")
    assert [fault.partition(":")[0] for fault in caught.value.faults] == [
        "things.yaml, line 3, things/0/size",
        "things_more.yaml, line 4",
    ]
