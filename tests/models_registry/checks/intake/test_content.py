import io
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.intake.content import QUARANTINED, Kind, kind_by_content, kind_of
from tests.models_registry.checks.making import gguf, material_of, safetensors, zipped


def kind(content, name="anything.txt"):
    material = material_of({name: content})
    return kind_of(material, material.entries()[0])


def torch_archive():
    return zipped([("archive/data.pkl", pickle.dumps([1])), ("archive/version", b"3")])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Kind.EMPTY),
        (safetensors({"a": ("F32", [2])}), Kind.SAFETENSORS),
        (gguf({}, {}), Kind.GGUF),
        (pickle.dumps({"a": 1}, 2), Kind.PICKLE),
        (pickle.dumps(io.BytesIO, 0), Kind.PICKLE),
        (b"cos\nsystem\n(S'echo'\ntR.", Kind.PICKLE),
        (torch_archive(), Kind.TORCH_ARCHIVE),
        (zipped([("README.md", "has data.pkl in it")]), Kind.ZIP),
        (zipped([("[Content_Types].xml", "x")]), Kind.OFFICE),
        (b"\x93NUMPY\x01\x00v\x00{'descr': '|O', }", Kind.NUMPY_OBJECTS),
        (b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', }", Kind.NUMPY),
        (b"\x89HDF\r\n\x1a\n", Kind.HDF5),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"\x7fELF\x02", Kind.PROGRAM),
        (b"MZ\x90\x00", Kind.PROGRAM),
        (b"MZ stands for nothing here", Kind.TEXT),
        (b'{"a": [1, 2]}', Kind.JSON),
        (b"{not json", Kind.TEXT),
        (b"license: mit\ntags: [a]\n", Kind.YAML),
        (b"# Title\n\nNote: this is prose, not\nstructure\n", Kind.TEXT),
        (b"<!-- x --><!DOCTYPE html><html>", Kind.HTML),
        (b"<?xml version='1.0'?><a/>", Kind.XML),
        (b"-----BEGIN CERTIFICATE-----\n", Kind.PEM),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", Kind.LFS_POINTER),
        ("Grüße".encode(), Kind.TEXT),
        (bytes(range(256)), Kind.UNKNOWN),
    ],
)
def test_content_tells_what_a_file_is(content, expected):
    assert kind(content) == expected


def test_the_name_does_not_matter():
    assert kind(pickle.dumps([1]), "model.safetensors") == Kind.PICKLE
    assert kind(safetensors({"a": ("F32", [2])}), "pytorch_model.bin") == Kind.SAFETENSORS


def test_what_can_run_is_quarantined():
    assert {Kind.PICKLE, Kind.TORCH_ARCHIVE, Kind.PROGRAM} <= QUARANTINED
    assert Kind.SAFETENSORS not in QUARANTINED


@pytest.mark.parametrize(
    "content",
    [
        b"\n" * 65536,
        b" \n#" * 20000,
        b"<!--" * 16000,
        b"<!-- -->" * 8000,
        b"[" * 65536,
        b"a:\n" * 20000,
    ],
    ids=["lines", "comments", "open", "closed", "brackets", "keys"],
)
def test_no_text_takes_long(content):
    started = time.process_time()
    kind(content)
    assert time.process_time() - started < 1


@given(st.binary(max_size=400), st.integers(0, 1 << 62))
def test_any_content_is_of_some_kind(content, size):
    assert kind_by_content(content, size=size) in Kind
