"""A catalogue with a fault is refused, and each fault is named with its file, its entry and why."""

import runpy
import shutil
from pathlib import Path

import pytest

from law import check, load
from law.loading import CatalogueError

HERE = Path(__file__).parent
SOUND = HERE / "sound.yaml"
BAD = sorted(HERE.glob("bad/*/*.yaml"))


@pytest.fixture
def folder(tmp_path):
    """A folder with the sound catalogue, to put a bad file beside it."""
    shutil.copy(SOUND, tmp_path)
    return tmp_path


def _words(path):
    first, _, _ = path.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# Says: ").split(" | ")


def _faults(folder):
    with pytest.raises(CatalogueError) as raised:
        load(folder)
    return raised.value.faults


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_fault(folder, path):
    shutil.copy(path, folder)
    faults = _faults(folder)
    wanted = [path.name, *_words(path)]
    assert any(all(word in fault for word in wanted) for fault in faults), faults


@pytest.mark.parametrize("kind", ["shape", "meaning"])
def test_all_faults_of_all_files_are_listed_at_once(folder, kind):
    bad = [path for path in BAD if path.parent.name == kind]
    for number, path in enumerate(bad):
        # Ids of their own, so that the files do not disturb each other.
        text = path.read_text(encoding="utf-8").replace("AIA-002-1", f"AIA-002-{number}")
        for name in ("broken", "reads_it", "second"):
            text = text.replace(name, f"{name}_{number}")
        (folder / path.name).write_text(text, encoding="utf-8")
    message = "\n".join(_faults(folder))
    missing = [path.name for path in bad if path.name not in message]
    assert not missing, f"not mentioned: {missing}"


def test_the_sound_catalogue_has_no_fault(folder):
    catalogue = load(folder)
    assert catalogue.digest
    assert [rule.id for rule in catalogue.outcomes] == ["minimal"]


def test_a_fault_is_placed_where_it_stands_though_another_kind_of_entry_has_the_same_id(folder):
    role = SOUND.read_text(encoding="utf-8").replace("{shapes: {includes: round}}", "is_green")
    (folder / SOUND.name).write_text(role, encoding="utf-8")
    (folder / "glossary.yaml").write_text(
        "glossary:\n- id: provider\n  cite: [Art 3(3)]\n"
        "  term: {en: Provider, de: Anbieter}\n  text: {en: Makes it., de: Stellt es her.}\n",
        encoding="utf-8",
    )
    faults = [fault for fault in _faults(folder) if "is_green" in fault]
    assert len(faults) == 1
    assert faults[0].startswith("sound.yaml, line ")


def test_a_clause_may_be_a_bare_question(folder):
    clauses = load(folder).duty_slots[0].clause_names
    assert clauses[1] == "is_blue"


def test_the_message_names_every_fault_on_a_line_of_its_own(folder):
    (folder / "one.yaml").write_text("rules: []\n", encoding="utf-8")
    (folder / "two.yaml").write_text("a: b: c\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"cannot be read:\n- one\.yaml.*\n- two\.yaml"):
        load(folder)


def test_a_file_that_is_not_utf_8_is_a_fault_like_any_other(folder):
    (folder / "latin.yaml").write_bytes("# Verordnung über KI\n".encode("latin-1"))
    assert _faults(folder) == ["latin.yaml, line 1: this is not UTF-8; save it as UTF-8"]


def test_the_digest_follows_the_files(folder):
    before = load(folder).digest
    assert load(folder).digest == before
    copy = folder / SOUND.name
    copy.write_text(copy.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert load(folder).digest != before


def test_the_check_says_what_it_found(capsys):
    assert check.main() == 0
    said = capsys.readouterr().out
    assert "The catalogue is in order" in said
    assert "questions" in said
    assert "outcomes" in said


def test_the_check_can_be_run_by_itself(capsys):
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(check.__file__, run_name="__main__")
    assert ended.value.code == 0
    assert "in order" in capsys.readouterr().out


def test_the_check_lists_the_faults_and_fails(capsys, monkeypatch):
    def broken():
        raise CatalogueError(["a.yaml, line 3, x: a fault"])

    monkeypatch.setattr(check, "load", broken)
    assert check.main() == 1
    assert "- a.yaml, line 3, x: a fault" in capsys.readouterr().err
