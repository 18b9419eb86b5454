import time

import pytest

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.bounded_json import read_json


def refusal(content, at_most=1 << 24):
    with pytest.raises(Refused) as caught:
        read_json(content, name="a.json", at_most=at_most)
    return caught.value.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[" * 200_000, "json_too_deep"),
        (b'{"a":' * 200_000, "json_too_deep"),
        (b"{" + b'"a":1,' * 3_000_000 + b'"b":1}', "json_too_large"),
        (b"[" + b"{}," * 500_000 + b"{}]", "json_too_large"),
        (b'{"a": 1, "b": 2, "a": 3}', "json_key_twice"),
        (b'{"a": NaN}', "json_broken"),
        (b'{"a": Infinity}', "json_broken"),
        (b"9" * 10_000, "json_broken"),
        (b'{"a": 1', "json_broken"),
        (b"\xff\xfe{}", "json_broken"),
        (b"", "json_broken"),
    ],
)
def test_hostile_json_is_refused_quickly(content, reason):
    started = time.process_time()
    assert refusal(content, at_most=1 << 26) == reason
    assert time.process_time() - started < 1


def test_what_is_larger_than_asked_is_not_read():
    assert refusal(b"[1, 2]", at_most=3) == "json_too_large"


def test_a_mark_at_the_beginning_is_no_harm():
    assert read_json(b'\xef\xbb\xbf{"a": [1]}', name="a", at_most=100) == {"a": [1]}
