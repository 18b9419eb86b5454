import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.packing import MANIFEST, PackMaterial, from_zip, write_pack
from models_registry.checks.results import Strength, Verdict
from models_registry.checks.running import running
from models_registry.checks.weights import CHECKS
from tests.models_registry.checks.making import (
    MIXTURE_ACTIVE,
    MIXTURE_TOTAL,
    as_bytes,
    context,
    gguf,
    material_of,
    mixture,
    zipped,
)


def packed(files):
    out = io.BytesIO()
    write_pack(material_of(files), out)
    return out.getvalue()


def opened(content, **options):
    return PackMaterial(io.BytesIO(content), **options)


def results(material):
    return {each.check: each for each in running(context(material), (CHECKS,))}


def repacked(content, change):
    """The pack with its list of files changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files[MANIFEST])
    change(manifest)
    return zipped([*(files | {MANIFEST: json.dumps(manifest)}).items()])


def test_a_pack_holds_headers_and_small_files_and_no_weights():
    files = mixture(**{"README.md": "# A model"})
    material = opened(packed(files))
    entries = {each.path: each for each in material.entries()}
    assert entries["README.md"].held == entries["README.md"].size
    weights = entries["model.safetensors"]
    assert weights.size == len(files["model.safetensors"])
    assert weights.size - weights.held == 2 * MIXTURE_TOTAL


def test_a_gguf_file_is_packed_up_to_its_tensors():
    content = gguf({"general.architecture": "llama"}, {"token_embd.weight": ("F32", [8, 100])})
    (entry,) = opened(packed({"m.gguf": content})).entries()
    assert entry.size - entry.held >= 3200


def test_the_hash_of_weights_is_only_told_until_they_were_seen():
    content = packed(mixture())
    told = {each.path: each for each in opened(content).entries()}["model.safetensors"]
    assert not told.hash_seen_here
    seen = opened(content, seen=frozenset([told.sha256])).entries()
    assert all(each.hash_seen_here for each in seen)


def test_checks_of_a_pack_count_but_prove_less():
    found = results(opened(packed(mixture())))
    assert found["W01"].reason == "complete_as_listed"
    assert found["W02"].values["counted"] == MIXTURE_TOTAL
    assert found["W02"].values["active"] == MIXTURE_ACTIVE
    assert found["W02"].strength is Strength.DOCUMENTED
    assert (found["W04"].verdict, found["W04"].reason) == (Verdict.PARTIAL, "only_told")
    assert found["W04"].strength is Strength.ASSERTED


def test_once_the_weights_were_seen_a_pack_proves_as_much_as_they():
    content = packed(mixture())
    seen = frozenset(each.sha256 for each in opened(content).entries())
    found = results(opened(content, seen=seen))
    assert found["W02"].strength is Strength.VERIFIED
    assert found["W04"].strength is Strength.VERIFIED


def test_the_same_files_make_the_same_pack():
    assert packed(mixture()) == packed(mixture())


def test_a_pack_is_told_from_other_archives():
    assert isinstance(from_zip(io.BytesIO(packed(mixture()))), PackMaterial)
    assert isinstance(from_zip(io.BytesIO(zipped([("a", "b")]))), ArchiveMaterial)


def file_of(manifest, name):
    return next(each for each in manifest["files"] if each["path"] == name)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda m: m.update(drawbridge_pack=2), "pack_version"),
        (lambda m: m.update(files={}), "pack_broken"),
        (lambda m: m["files"].pop(), "pack_broken"),
        (lambda m: m["files"].append(m["files"][0]), "pack_broken"),
        (lambda m: m["files"].append(1), "pack_broken"),
        (lambda m: file_of(m, "config.json").update(held=3), "pack_broken"),
        (lambda m: file_of(m, "config.json").update(size=-1), "pack_broken"),
        (lambda m: file_of(m, "config.json").update(size=True), "pack_broken"),
        (lambda m: file_of(m, "config.json").update(sha256="no"), "pack_broken"),
        (lambda m: file_of(m, "config.json").update(sha256="00" * 32), "hash_untrue"),
        (lambda m: file_of(m, "config.json").update(path="../config.json"), "path_outside"),
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(change, reason):
    content = repacked(packed(mixture()), change)
    with pytest.raises(Refused, match=reason):
        opened(content)


def test_an_archive_without_a_list_is_no_pack():
    with pytest.raises(Refused, match="pack_broken"):
        opened(zipped([("a", "b")]))


def test_the_command_packs_a_folder(tmp_path, capsys):
    folder = tmp_path / "model"
    folder.mkdir()
    for name, content in mixture().items():
        (folder / name).write_bytes(as_bytes(content))
    (folder / "out").symlink_to("/etc/hostname")
    call_command("pack_model", str(folder))
    with (tmp_path / "model.drawbridge.zip").open("rb") as file:
        assert len(PackMaterial(file).entries()) == 2
    said = capsys.readouterr()
    assert "2 files listed" in said.out
    assert "no plain file: out" in said.err
    assert [each.name for each in tmp_path.iterdir()] != []
    assert not list(tmp_path.glob(".pack-*"))


def test_the_command_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="could not be made"):
        call_command("pack_model", str(tmp_path / "nothing"))
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "a\nb").write_text("")
    with pytest.raises(CommandError, match="control characters"):
        call_command("pack_model", str(folder))
    assert not list(tmp_path.glob("*.zip"))
