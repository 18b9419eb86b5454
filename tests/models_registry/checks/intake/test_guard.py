import io
import stat
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.guard import Limits, opened
from models_registry.checks.intake.refusal import Refused
from tests.models_registry.checks.making import zipped


def refusal(content, limits=None):
    with pytest.raises(Refused) as caught:
        opened(io.BytesIO(content), limits)
    return caught.value.reason


def renamed(old, new, content=b"x"):
    """An archive with one name replaced by another of the same length in both places."""
    assert len(old) == len(new)
    return zipped([(old, content)], zipfile.ZIP_STORED).replace(old.encode(), new)


@pytest.mark.parametrize(
    "name", ["../up.txt", "a/../../b", "/etc/passwd", "C:/x.txt", "c:x", "a\\b.txt", "\\\\host\\x"]
)
def test_no_path_leads_out(name):
    assert refusal(zipped([(name, "x")])) == "path_outside"


def test_a_name_that_is_cut_at_a_nul_is_judged_whole():
    assert refusal(renamed("abcdef", b"ab\x00def")) == "name_with_hidden_characters"


@pytest.mark.parametrize("name", ["a\u202etxt.exe", "a\nb", "\x7f"])
def test_hidden_characters_are_refused(name):
    assert refusal(zipped([(name, "x")])) == "name_with_hidden_characters"


@pytest.mark.parametrize("name", ["a//b", "./a", "a/./b"])
def test_empty_parts_are_refused(name):
    assert refusal(zipped([(name, "x")])) == "name_unusable"


@pytest.mark.parametrize("name", ["x" * 300, "/".join("a" * 60), "y" * 200 + "/" + "z" * 250 * 4])
def test_long_and_deep_names_are_refused(name):
    assert refusal(zipped([(name, "x")])) == "name_too_long"


def test_a_name_that_is_no_utf_8_is_refused():
    content = bytearray(zipped([("abé", "x")], zipfile.ZIP_STORED))
    content = content.replace("é".encode(), b"\xff\xfe")
    assert refusal(bytes(content)) == "archive_damaged"


@pytest.mark.parametrize("names", [("a.txt", "A.TXT"), ("a", "a/b"), ("\u00e9", "e\u0301")])
def test_two_files_never_share_a_name(names):
    assert refusal(zipped([(name, "x") for name in names])) == "name_twice"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused():
    assert refusal(zipped([("a", "1"), ("a", "2")])) == "name_twice"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(stat.S_IFLNK, "link_inside"), (stat.S_IFIFO, "special_file"), (stat.S_IFCHR, "special_file")],
)
def test_links_and_devices_are_refused(kind, reason):
    info = zipfile.ZipInfo("a")
    info.external_attr = (kind | 0o777) << 16
    assert refusal(zipped([(info, "/etc/passwd")])) == reason


def patched(content, offset_in_directory, value):
    """The archive with two bytes of its directory's first record changed."""
    at = content.index(b"PK\x01\x02") + offset_in_directory
    return content[:at] + struct.pack("<H", value) + content[at + 2 :]


def test_encrypted_entries_are_refused():
    assert refusal(patched(zipped([("a", "x")]), 8, 1)) == "encrypted"


def test_other_compressions_are_refused():
    assert refusal(zipped([("a", "x")], zipfile.ZIP_LZMA)) == "compression_unknown"


def test_a_bomb_is_refused_by_what_it_says():
    assert refusal(zipped([("a", bytes(30 << 20))])) == "unpacks_too_far"


def test_a_bomb_is_refused_by_the_sum_of_its_files():
    content = zipped([(f"{n}", b"x" * 5000) for n in range(30)])
    assert refusal(content, Limits(unpacked=100_000)) == "unpacks_too_far"


def test_a_file_longer_than_it_says_is_never_unpacked_further():
    content = zipped([("a", bytes(range(256)) * 40_000)])
    at = content.index(b"PK\x01\x02") + 24
    small = content[:at] + struct.pack("<I", 100) + content[at + 4 :]
    material = ArchiveMaterial(io.BytesIO(small))
    with pytest.raises(Refused, match="entry_damaged"):
        material.read(material.entries()[0], at_most=1 << 30)


def test_a_file_shorter_than_it_says_is_refused():
    content = zipped([("a", b"some words")])
    at = content.index(b"PK\x01\x02") + 24
    large = content[:at] + struct.pack("<I", 10_000) + content[at + 4 :]
    material = ArchiveMaterial(io.BytesIO(large))
    with pytest.raises(Refused, match="entry_damaged"):
        material.read(material.entries()[0], at_most=1 << 30)


def test_a_stored_file_has_one_size():
    content = zipped([("a", b"some words")], zipfile.ZIP_STORED)
    at = content.index(b"PK\x01\x02") + 24
    lie = content[:at] + struct.pack("<I", 10_000) + content[at + 4 :]
    assert refusal(lie) == "size_untrue"


def test_entries_that_share_their_bytes_are_refused():
    content = zipped([("a", b"x" * 500), ("b", b"y" * 500)], zipfile.ZIP_STORED)
    second = content.rindex(b"PK\x01\x02") + 42
    assert refusal(content[:second] + bytes(4) + content[second + 4 :]) == "entries_overlap"


def test_an_archive_of_a_million_entries_is_refused_at_once():
    record = b"PK\x01\x02" + bytes(24) + struct.pack("<3H", 1, 0, 0) + bytes(12) + b"a"
    directory = record * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 0, 0)
    started = time.process_time()
    assert refusal(directory + end) == "too_many_files"
    assert time.process_time() - started < 0.5


def test_too_many_entries_are_refused_whatever_the_end_record_says():
    content = zipped([(str(n), "") for n in range(11)])
    assert refusal(content, Limits(entries=10)) == "too_many_files"


@pytest.mark.parametrize("content", [b"", b"PK", b"hello" * 100, b"PK\x03\x04" + bytes(100)])
def test_what_is_no_zip_is_told_so(content):
    assert refusal(content) == "not_a_zip"


def test_an_archive_behind_something_else_is_refused():
    assert refusal(b"MZ another program" + zipped([("a", "x")])) == "archive_ambiguous"


def test_an_archive_with_two_ends_is_refused():
    inner = zipped([("b", "other")])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "x")
        archive.comment = inner
    assert refusal(out.getvalue()) == "archive_ambiguous"


def test_an_ordinary_comment_is_no_harm():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "x")
        archive.comment = b"made by us"
    assert opened(io.BytesIO(out.getvalue())).namelist() == ["a"]


def test_large_archives_are_read_by_their_larger_record():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a", "w", force_zip64=True) as entry:
        entry.write(b"words")
    content = out.getvalue()
    end = content.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<2L", content, end + 12)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, *[0xFFFFFFFF] * 2, 0)
    archive = opened(io.BytesIO(content[:end] + record + locator + last))
    assert archive.read("a") == b"words"


def test_archives_within_are_not_opened():
    inside = zipped([("b", bytes(1000))])
    material = ArchiveMaterial(io.BytesIO(zipped([("inner.zip", inside)])))
    assert [each.path for each in material.entries()] == ["inner.zip"]


@given(st.data())
def test_a_damaged_archive_is_refused_or_read_and_nothing_else(data):
    content = bytearray(zipped([("a/config.json", b"{}" * 50), ("a/model.bin", bytes(300))]))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        material = ArchiveMaterial(io.BytesIO(bytes(content)))
        for entry in material.entries():
            assert len(material.read(entry, at_most=1 << 20)) <= 1 << 20
    except Refused:
        pass
