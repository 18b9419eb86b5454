import collections
import io
import os
import pickle
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.readers.pickles import listed

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


class Evil:
    def __reduce__(self):
        return os.system, ("echo",)


def names(content):
    return listed(io.BytesIO(content))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_plain_values_call_nothing_harmful(protocol):
    found = names(pickle.dumps({"a": [1, 2.5, "x", b"y", None, (1,)]}, protocol))
    assert (found.harmful(), found.followed) == ((), True)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_call_is_listed_without_being_made(protocol):
    found = names(pickle.dumps([1, Evil()], protocol))
    assert any(name.endswith(" system") for name in found.harmful())


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_what_weights_need_is_harmless(protocol):
    found = names(pickle.dumps(collections.OrderedDict(a=collections.OrderedDict(b=1)), protocol))
    assert found.names == {"collections OrderedDict"}
    assert found.harmful() == ()


def test_a_name_taken_from_memory_is_followed():
    # Both texts are pushed early, remembered, and fetched right before they are joined.
    content = b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x9400h\x00h\x01\x93."
    assert names(content).harmful() == ("posix system",)


@pytest.mark.parametrize(
    "content",
    [
        # A text made by another call; two values swapped by an opcode that is not followed.
        b"\x80\x04\x8c\x05posix\x8c\x06systemN0\x93.",
        b"\x80\x04h\x05h\x06\x93.",
        b"\x80\x04\x8c\x06system\x93.",
    ],
)
def test_what_cannot_be_followed_counts_as_harmful(content):
    assert names(content).harmful()


def test_a_number_of_a_registry_counts_as_harmful():
    assert names(b"\x80\x02\x82\x01.").harmful() == ("? EXT1",)


def test_a_second_pickle_is_looked_at_too():
    found = names(pickle.dumps(1) + pickle.dumps(Evil()))
    assert found.harmful()


@pytest.mark.parametrize(
    "content", [b"", b"\x80\x04", b"garbage", pickle.dumps([1])[:-1], b"\x80\x04\xff."]
)
def test_a_broken_pickle_is_not_taken_for_clean(content):
    assert not names(content).followed


def test_a_claimed_length_takes_no_memory():
    content = b"\x80\x04\x8e" + (1 << 40).to_bytes(8, "little") + b"x"
    tracemalloc.start()
    assert not names(content).followed
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_endless_opcodes_come_to_an_end():
    content = io.BytesIO(b"\x80\x04" + b"N0" * 1_000 + b"N.")
    assert not listed(content, most_opcodes=1_000).followed
    content.seek(0)
    assert listed(content, most_opcodes=3_000).followed


@given(st.binary(max_size=300))
def test_any_bytes_are_listed(content):
    listed(io.BytesIO(content))
