"""Files that somebody made to do harm, each with what becomes of it; nothing here is ever run."""

import io
import json
import pickle
import stat
import struct
import zipfile

from tests.models_registry.checks.making import with_header, zipped


class _Runs:
    def __reduce__(self):
        return (print, ("this would have been run",))


def _link():
    info = zipfile.ZipInfo("weights.bin")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped([(info, "/etc/passwd")])


def million_entries():
    record = b"PK\x01\x02" + bytes(24) + struct.pack("<3H", 1, 0, 0) + bytes(12) + b"a"
    directory = record * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 0, 0)
    return directory + end


def _sharing_their_bytes():
    content = zipped([("a", b"x" * 500), ("b", b"y" * 500)], zipfile.ZIP_STORED)
    second = content.rindex(b"PK\x01\x02") + 42
    return content[:second] + bytes(4) + content[second + 4 :]


def _overlapping():
    rows = {
        "a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]},
        "b": {"dtype": "F32", "shape": [4], "data_offsets": [8, 24]},
    }
    return with_header(json.dumps(rows).encode(), 24)


def _torch():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("model/data.pkl", pickle.dumps(_Runs()))
    return out.getvalue()


def _growing_yaml():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for n in range(1, 10):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]")
    return "\n".join(lines).encode()


# Name, content, and a word of the refusal; the names say what the content is not.
REFUSED = {
    "a bomb": ("model.zip", zipped([("a", bytes(30 << 20))]), "unpack to far more"),
    "a path that leads out": ("m.zip", zipped([("../../etc/x", "x")]), "out of the archive"),
    "an absolute path": ("m.pdf", zipped([("/etc/passwd", "x")]), "out of the archive"),
    "a link": ("card.md", _link(), "is a link"),
    "entries that overlap": ("m.zip", _sharing_their_bytes(), "claim the same bytes"),
    "two names that are one": ("m.zip", zipped([("A", "1"), ("a", "2")]), "occurs twice"),
    "a header beyond the file": (
        "m.safetensors", struct.pack("<Q", 1 << 60) + b'{"a":1}', "longer than the file",
    ),
    "overlapping tensors": ("x.txt", _overlapping(), "lies over another"),
    "a header nested deeply": (
        "m.safetensors", with_header(b'{"a":' + b'{"a":' * 20_000), "nested too deeply",
    ),
    "gguf without an end": (
        "m.gguf", b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60), "larger than any",
    ),
    "json nested deeply": ("config.json", b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
    "json that contradicts itself": ("c.json", b'{"a": 1, "a": 2}', "twice"),
    "yaml that grows": ("openness.yml", _growing_yaml(), "grow"),
    "yaml that calls": (
        "c.yaml", b"a: !!python/object/apply:os.system ['id']\n", "calls a program",
    ),
    "an archive around overlapping tensors": (
        "m.zip", zipped([("a/x.txt", _overlapping()), ("a/b", "b")]), "x.txt the tensor b lies",
    ),
    "an archive around json nested deeply": (
        "m.zip", zipped([("c.json", "[" * 200_000 + "]" * 200_000)]), "c.json is nested",
    ),
    "an archive around yaml that grows": ("m.zip", zipped([("o.yml", _growing_yaml())]), "grow"),
    "an archive around half a pdf": (
        "m.zip", zipped([("card.pdf", b"%PDF-1.7\nhalf")]), "card.pdf is damaged",
    ),
    "a pdf that breaks off": ("card.pdf", b"%PDF-1.7\n%\x00\x01\x02\x03\n", "is damaged or no PDF"),
    "a pdf without pages": (
        "card.txt", b"%PDF-1.7\n" + b"x" * 400 + b"\nstartxref\n0\n%%EOF", "is damaged or no PDF",
    ),
    "another archive": ("m.zip", b"\x1f\x8b\x08\x00" + bytes(40), "Pack it as ZIP"),
    "nothing": ("model.bin", b"", "model.bin is empty"),
}  # fmt: skip
HOLDING_CODE = {
    "a pickle": [("a/pytorch_model.bin", pickle.dumps(_Runs())), ("a/README.md", "# Skald")],
    "an older pickle": [("notes.md", pickle.dumps(_Runs(), 0))],
    "an archive around a pickle": [("a/b/model.safetensors", _torch())],
    "a program": [("run", b"\x7fELF" + bytes(200))],
    "a pickle beside the files": [
        ("a/README.md", "# Skald"),
        ("__MACOSX/x", pickle.dumps(_Runs())),
    ],
}
QUARANTINED = {
    "a pickle": ("notes.txt", pickle.dumps(_Runs())),
    "an older pickle": ("model.json", pickle.dumps(_Runs(), 0)),
    "an archive around a pickle": ("model.safetensors", _torch()),
    "a program": ("manual.pdf", b"\x7fELF" + bytes(200)),
    "another program": ("certificate.pdf", b"MZ\x90\x00" + bytes(200)),
}
