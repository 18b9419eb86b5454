import contextlib
import io
import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.safetensors import read_header, read_index
from tests.models_registry.checks.making import safetensors, with_header


def read(content, size=None):
    return read_header(io.BytesIO(content), size=size or len(content), name="m.safetensors")


def refusal(content, size=None):
    with pytest.raises(Refused) as caught:
        read(content, size)
    return caught.value.reason


def one(**changes):
    row = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} | changes
    return with_header(json.dumps({"a": row}).encode(), 8)


def test_a_header_names_its_tensors():
    content = safetensors({"a": ("F32", [2, 3]), "b": ("BF16", [])}, metadata={"format": "pt"})
    header = read(content)
    assert [(each.name, each.dtype, each.shape, each.end) for each in header.tensors] == [
        ("a", "F32", (2, 3), 24),
        ("b", "BF16", (), 26),
    ]
    assert header.metadata == {"format": "pt"}
    assert header.end == len(content) - 26


def test_the_data_need_not_be_there():
    content = safetensors({"a": ("F32", [1000])}, data=False)
    assert read(content, size=len(content) + 4000).tensors[0].end == 4000


def test_half_bytes_fill_whole_ones():
    assert read(safetensors({"a": ("F4", [4])})).tensors[0].end == 2
    assert refusal(one(dtype="F4", shape=[3])) == "header_contradicts_itself"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "header_beyond_file"),
        (b"\xff" * 8, "header_beyond_file"),
        ((1 << 62).to_bytes(8, "little") + b"{}", "header_beyond_file"),
        (with_header(b""), "header_beyond_file"),
        (with_header(b"[]"), "header_broken"),
        (with_header(b"  {}"), "header_broken"),
        (with_header(b'{"a'), "json_broken"),
        (with_header(b'{"a":' * 5000), "json_too_deep"),
        (with_header(b'{"__metadata__": {"a": 1}}'), "header_broken"),
        (with_header(b'{"__metadata__": []}'), "header_broken"),
        (with_header(b'{"a": []}'), "header_broken"),
        (one(dtype="F128"), "header_broken"),
        (one(dtype=["F32"]), "header_broken"),
        (one(shape=[True, 2]), "header_broken"),
        (one(shape=[-1, -2]), "header_broken"),
        (one(shape=[2.0]), "header_broken"),
        (one(shape="2"), "header_broken"),
        (one(shape=[2] * 50), "header_broken"),
        (one(shape=[1 << 61]), "header_broken"),
        (one(data_offsets=[0]), "header_broken"),
        (one(data_offsets=[0, 8, 9]), "header_broken"),
        (one(data_offsets=[8, 0]), "header_contradicts_itself"),
        (one(more=1), "header_broken"),
        (one(shape=[3]), "header_contradicts_itself"),
        (one(shape=[1 << 30, 1 << 30]), "header_contradicts_itself"),
        (one(shape=[4], data_offsets=[0, 16]), "tensor_beyond_file"),
        (one(data_offsets=[4, 12]), "tensor_beyond_file"),
        (one(shape=[1], data_offsets=[4, 8]), "tensors_leave_gap"),
        (one(shape=[1], data_offsets=[0, 4]), "tensors_leave_gap"),
        (with_header(b'{"a":{},"a":{}}'), "json_key_twice"),
    ],
)
def test_hostile_headers_are_refused(content, reason):
    assert refusal(content) == reason


def test_overlapping_tensors_are_refused():
    rows = {
        name: {"dtype": "U8", "shape": [4], "data_offsets": place}
        for name, place in {"a": [0, 4], "b": [2, 6]}.items()
    }
    assert refusal(with_header(json.dumps(rows).encode(), 6)) == "tensors_overlap"


def test_a_huge_length_takes_no_memory():
    length = 30 << 20
    content = length.to_bytes(8, "little") + b"{"
    tracemalloc.start()
    assert refusal(content, size=1 << 40) == "header_beyond_file"
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_a_header_larger_than_any_real_one_is_refused():
    content = (1 << 30).to_bytes(8, "little") + b"{"
    assert refusal(content, size=1 << 40) == "header_too_large"


@given(st.binary(max_size=200), st.integers(0, 1 << 50))
def test_any_bytes_are_read_or_refused(content, size):
    with contextlib.suppress(Refused):
        read(content, size)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
ROWS = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F32", "BF16", "I64", "X"]) | VALUES,
        "shape": st.lists(st.integers(-2, 1 << 62), max_size=4) | VALUES,
        "data_offsets": st.lists(st.integers(-2, 1 << 62), max_size=3) | VALUES,
    }
)


@given(st.dictionaries(st.text(max_size=5), ROWS | VALUES, max_size=4))
def test_any_header_is_read_or_refused(rows):
    with contextlib.suppress(Refused):
        read(with_header(json.dumps(rows).encode(), 16))


def test_an_index_groups_tensors_by_shard():
    index = read_index(
        b'{"metadata": {"total_size": 12.0}, "weight_map": {"a": "1.s", "b": "2.s", "c": "1.s"}}',
        name="i",
    )
    assert index.shards == {"1.s": {"a", "c"}, "2.s": {"b"}}
    assert index.total_size == 12


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b'{"weight_map": []}',
        b'{"weight_map": {"a": 1}}',
        b'{"weight_map": {"a": ["x"]}}',
    ],
)
def test_an_index_of_another_form_is_refused(content):
    with pytest.raises(Refused, match="index_broken"):
        read_index(content, name="i")


def test_many_tensors_are_read_in_little_time():
    content = safetensors({f"model.layers.{n}.weight": ("F16", [1]) for n in range(50_000)})
    started = time.process_time()
    assert len(read(content).tensors) == 50_000
    assert time.process_time() - started < 5
