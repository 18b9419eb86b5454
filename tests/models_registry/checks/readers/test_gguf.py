import contextlib
import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.gguf import read_metadata
from tests.models_registry.checks.making import gguf, text

VALUES = {
    "general.architecture": "llama",
    "llama.block_count": 2,
    "llama.flag": True,
    "tokenizer.ggml.tokens": [f"word{n}" for n in range(500)],
}
TENSORS = {"token_embd.weight": ("Q4_K", [256, 10]), "output_norm.weight": ("F32", [256])}


def read(content, size=None):
    return read_metadata(io.BytesIO(content), size=size or len(content), name="m.gguf")


def refusal(content, size=None):
    with pytest.raises(Refused) as caught:
        read(content, size)
    return caught.value.reason


def head(tensors=0, keys=0, version=3):
    return b"GGUF" + struct.pack("<IQQ", version, tensors, keys)


def test_metadata_and_tensors_are_read():
    found = read(gguf(VALUES, TENSORS))
    assert found.values["general.architecture"] == "llama"
    assert found.values["llama.block_count"] == 2
    assert found.values["llama.flag"] is True
    words = found.values["tokenizer.ggml.tokens"]
    assert (words.count, words.first[1], len(words.first)) == (500, "word1", 64)
    assert [(each.name, each.dtype, each.shape, each.size) for each in found.tensors] == [
        ("token_embd.weight", "Q4_K", (256, 10), 1440),
        ("output_norm.weight", "F32", (256,), 1024),
    ]


def test_the_data_need_not_be_there():
    content = gguf(VALUES, TENSORS)
    end = read(content).end
    assert read(content[:end], size=len(content)).tensors == read(content).tensors


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GGML", "gguf_broken"),
        (b"GG", "header_beyond_file"),
        (head(version=1), "gguf_version"),
        (head(version=0x03000000), "gguf_version"),
        (head(tensors=1 << 60), "header_too_large"),
        (head(keys=1 << 60), "header_too_large"),
        (head(keys=1), "header_beyond_file"),
        (head(keys=1) + struct.pack("<Q", 1 << 62), "gguf_broken"),
        (head(keys=1) + text("a") + struct.pack("<I", 99), "gguf_broken"),
        (head(keys=1) + text("a") + struct.pack("<IQ", 8, 1 << 62), "header_beyond_file"),
        (head(keys=1) + text("a") + struct.pack("<IIQ", 9, 0, 1 << 62), "header_beyond_file"),
        (head(keys=1) + text("a") + struct.pack("<IIQ", 9, 8, 1 << 62), "header_beyond_file"),
        (head(keys=1) + text("a") + struct.pack("<I", 9) * 50, "gguf_broken"),
        (head(keys=2) + (text("a") + struct.pack("<II", 4, 1)) * 2, "json_key_twice"),
        (head(tensors=1) + text("a") + struct.pack("<I", 99), "gguf_broken"),
        (head(tensors=1) + text("a") + struct.pack("<IQIQ", 1, 1 << 62, 0, 0), "gguf_broken"),
        (head(tensors=1) + text("a") + struct.pack("<IQIQ", 1, 4, 77, 0), "gguf_broken"),
        (
            head(tensors=1) + text("a") + struct.pack("<IQIQ", 1, 5, 2, 0),
            "header_contradicts_itself",
        ),
        (head(tensors=1) + text("a") + struct.pack("<IQIQ", 1, 4, 0, 0), "tensor_beyond_file"),
    ],
)
def test_hostile_files_are_refused(content, reason):
    assert refusal(content) == reason


def test_a_list_longer_than_any_real_one_is_refused():
    count = 3_000_000
    content = head(keys=1) + text("a") + struct.pack("<IIQ", 9, 8, count) + bytes(8 * count)
    assert refusal(content) == "header_too_large"


def test_overlapping_tensors_are_refused():
    tensor = struct.pack("<IQIQ", 1, 8, 0, 0)
    assert refusal(head(tensors=2) + (text("a") + tensor) * 2 + bytes(200)) == "tensors_overlap"


@pytest.mark.parametrize("alignment", [0, 7, 1 << 40])
def test_an_impossible_alignment_is_refused(alignment):
    assert refusal(gguf({"general.alignment": alignment}, {})) == "gguf_broken"


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    content = bytearray(gguf(VALUES | {"tokenizer.ggml.tokens": ["a", "b"]}, TENSORS))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, min(len(content) - 1, 400)))
        content[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Refused):
        read(bytes(content))


@given(st.binary(max_size=300))
def test_any_bytes_after_the_magic_are_read_or_refused(content):
    with contextlib.suppress(Refused):
        read(head(2, 2) + content)
