import hashlib
import io
import os
import tracemalloc
import zipfile

import pytest

from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.files import FilesMaterial
from models_registry.checks.intake.folder import FolderMaterial
from models_registry.checks.intake.hashing import hashed, merkle_root
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from tests.models_registry.checks.making import material_of, zipped


def paths(material):
    return [entry.path for entry in material.entries()]


def test_a_folder_lists_its_files_by_path(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("bb")
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("not ours")
    material = FolderMaterial(tmp_path)
    assert paths(material) == ["a.txt", "sub/b.txt"]
    assert material.read(material.entries()[1], at_most=1) == b"b"
    assert [entry.path for entry in material.named("*.TXT", "nothing")] == ["a.txt", "sub/b.txt"]


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("s")
    root = tmp_path / "model"
    root.mkdir()
    (root / "out").symlink_to(secret)
    (root / "real").write_text("r")
    (root / "within").symlink_to(root / "real")
    (root / "loop").symlink_to(root / "loop")
    os.mkfifo(root / "pipe")
    material = FolderMaterial(root)
    assert paths(material) == ["real", "within"]
    assert material.left_out == ("loop", "out", "pipe")


def test_a_snapshot_of_a_download_cache_leads_to_its_blobs(tmp_path):
    snapshot = tmp_path / "models--x" / "snapshots" / "abc"
    blobs = tmp_path / "models--x" / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    (blobs / "1234").write_text("{}")
    (snapshot / "config.json").symlink_to("../../blobs/1234")
    assert paths(FolderMaterial(snapshot)) == ["config.json"]


def test_a_file_that_became_a_link_or_pipe_is_gone(tmp_path):
    (tmp_path / "a").write_text("a")
    material = FolderMaterial(tmp_path)
    (tmp_path / "a").unlink()
    os.mkfifo(tmp_path / "a")
    with pytest.raises(FileNotFoundError):
        material.open(material.entries()[0])
    (tmp_path / "a").unlink()
    (tmp_path / "a").symlink_to("/etc/hostname")
    with pytest.raises(FileNotFoundError):
        material.open(material.entries()[0])


def test_an_archive_loses_the_one_folder_around_everything():
    material = ArchiveMaterial(
        io.BytesIO(zipped([("m/config.json", "{}"), ("m/s/a", "a"), ("__MACOSX/m/._a", "x")]))
    )
    assert paths(material) == ["config.json", "s/a"]
    with material.open(material.entries()[1]) as file:
        assert (file.read(), file.seek(0), file.read()) == (b"a", 0, b"a")


def test_an_archive_is_read_as_a_stream(tmp_path):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("data", "w") as entry:
        for _ in range(48):
            entry.write(os.urandom(1 << 20))
    with path.open("rb") as file:
        tracemalloc.start()
        hashed(ArchiveMaterial(file))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 8 << 20


def test_hashes_are_those_of_the_whole_file():
    material = hashed(material_of({"a": b"one", "b": b"two"}))
    assert [entry.sha256 for entry in material.entries()] == [
        hashlib.sha256(content).hexdigest() for content in (b"one", b"two")
    ]


def test_only_small_files_are_hashed_where_asked():
    material = hashed(material_of({"a": b"one", "b": b"twotwo"}), up_to=3)
    assert [bool(entry.sha256) for entry in material.entries()] == [True, False]


def test_progress_is_told_in_bytes():
    told = []
    hashed(material_of({"a": bytes(3 << 20)}), progress=lambda entry, read: told.append(read))
    assert (sum(told), len(told)) == (3 << 20, 3)


def test_a_hash_that_was_told_must_be_true():
    entry = Entry("a", 3, hashlib.sha256(b"two").hexdigest(), 3, hash_seen_here=False)
    with pytest.raises(Refused, match="hash_untrue"):
        hashed(FilesMaterial([entry], lambda _: io.BytesIO(b"one")))


def test_a_file_that_grew_is_refused():
    entry = Entry("a", 2, held=2)
    with pytest.raises(Refused, match="size_untrue"):
        hashed(FilesMaterial([entry], lambda _: io.BytesIO(b"one")))


def test_the_root_is_the_tree_of_its_leaves():
    def leaf(name, content):
        return hashlib.sha256(b"\0" + name + b"\0" + hashlib.sha256(content).digest()).digest()

    def node(left, right):
        return hashlib.sha256(b"\1" + left + right).digest()

    files = {name: hashlib.sha256(name.encode()).hexdigest() for name in "cab"}
    a, b, c = (leaf(name, name) for name in (b"a", b"b", b"c"))
    assert merkle_root(files.items()) == node(node(a, b), c).hex()
    assert merkle_root([]) == ""


def test_two_files_of_one_name_are_refused():
    with pytest.raises(Refused, match="name_twice"):
        material_of({"a.txt": b"1", "A.txt": b"2"})
