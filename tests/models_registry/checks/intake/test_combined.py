"""Several files as one material: paths, clashes, and what is refused."""

import hashlib
import io
import zipfile

import pytest

from models_registry.checks.intake.combined import Supplied, combined


def zip_of(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def supplied(name, content, **more):
    sha256 = hashlib.sha256(content).hexdigest()
    return Supplied(name, name, sha256, len(content), lambda: io.BytesIO(content), **more)


def paths(found):
    return [entry.path for entry in found.material.entries()]


def test_the_one_archive_keeps_its_paths_and_single_files_lie_beside():
    archive = zip_of(**{"config.json": "{}", "docs/card.md": "# Card"})
    with combined([supplied("LICENSE", b"MIT"), supplied("model.zip", archive)]) as found:
        assert paths(found) == ["LICENSE", "config.json", "docs/card.md"]
        assert found.refusals == []
        card = found.material.entries()[2]
        assert found.material.read(card, at_most=100) == b"# Card"
        assert card.sha256 == hashlib.sha256(b"# Card").hexdigest()


def test_of_several_archives_each_gets_a_folder():
    files = [supplied(name, zip_of(a=name)) for name in ("one.zip", "two.zip")]
    files.append(supplied("deep.one.zip", zip_of(a="three")))
    with combined(files) as found:
        assert paths(found) == ["deep.one/a", "one/a", "two/a"]


def test_two_archives_of_one_name_do_not_meet():
    files = [supplied("m.zip", zip_of(a="1")), supplied("m.zip", zip_of(a="2"))]
    with combined(files) as found:
        assert paths(found) == ["m-2/a", "m/a"]


def test_a_single_file_gives_way_to_the_archive():
    files = [supplied("README.md", b"two"), supplied("m.zip", zip_of(**{"README.md": "one"}))]
    with combined(files) as found:
        assert paths(found) == ["README.md", "attached-2/README.md"]
        assert found.material.read(found.material.entries()[0], at_most=9) == b"one"


def test_a_hostile_file_is_named_and_the_others_are_read():
    bomb = zip_of(**{"../etc/passwd": "x"})
    files = [
        supplied("bomb.zip", bomb),
        supplied("weights.bin", b"\x80\x02", quarantined="name_unusable"),
        supplied("LICENSE", b"MIT"),
        supplied("a\x00b", b"x"),
    ]
    with combined(files) as found:
        assert paths(found) == ["LICENSE"]
        refused = {name: refusal.reason for name, refusal in found.refusals}
    assert refused == {
        "weights.bin": "name_unusable",
        "bomb.zip": "path_outside",
        "a\x00b": "name_with_hidden_characters",
    }


def test_an_archive_with_a_damaged_entry_is_refused_as_a_whole():
    content = bytearray(zip_of(**{"a.txt": "hello hello"}))
    content[content.index(b"hello")] ^= 1
    with combined([supplied("m.zip", bytes(content)), supplied("b.txt", b"b")]) as found:
        assert paths(found) == ["b.txt"]
        assert [refusal.reason for _, refusal in found.refusals] == ["entry_damaged"]


def test_a_file_that_is_gone_stops_the_run():
    def gone():
        raise FileNotFoundError("x")

    with (
        pytest.raises(FileNotFoundError),
        combined([Supplied("a", "a", "0" * 64, 1, gone)]),
    ):
        pass
