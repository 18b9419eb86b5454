"""A ZIP of 2 GB through the running server: how long, and how much memory the web process takes.

The archive is a model of four shards, stored without compression as archivers store weights.
"""

import json
import re
import struct
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import OpenerDirector, Request

from bench.served.site import get, post, running, signed_in, token_in

SIZE, SHARDS = 2 << 30, 4
# More than a page takes, and far less than the archive.
AIM_MEGABYTES = 64
TIMEOUT = 600
_PIECE = 1 << 20
_BOUNDARY = "----drawbridge-bench"
_CONFIG = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096}


def main() -> None:
    """Print seconds and peak memory of the upload and of the checks that follow."""
    with tempfile.TemporaryDirectory(prefix="drawbridge-bench-") as place:
        archive = Path(place) / "model.zip"
        make_archive(archive)
        with running(Path(place) / "var") as site:
            visitor = signed_in(site, Path(place) / "var")
            model = a_model(visitor, site)
            get(visitor, model + "material")
            web, workers = processes("gunicorn", site), processes("celery", place)
            before = forget_peaks(web)
            begun = time.perf_counter()
            send(visitor, model + "material", archive)
            report("upload", archive, time.perf_counter() - begun, before, peak_megabytes(web))
            waited = checked(visitor, model)
            print(f"checked {waited:.1f} s after, worker at its peak {peak_megabytes(workers)} MB")


def make_archive(path: Path) -> None:
    """Shards with true headers, the data behind them zeros."""
    shard = SIZE // SHARDS
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("model/config.json", json.dumps(_CONFIG))
        archive.writestr("model/README.md", "---\nlicense: mit\n---\n# A model of zeros\n")
        for number in range(1, SHARDS + 1):
            name = f"model/model-{number:05}-of-{SHARDS:05}.safetensors"
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(header(f"model.layers.{number}.mlp.up_proj.weight", shard))
                for _ in range(shard // _PIECE):
                    file.write(bytes(_PIECE))


def header(tensor: str, size: int) -> bytes:
    row = {"dtype": "BF16", "shape": [size // 2], "data_offsets": [0, size]}
    content = json.dumps({tensor: row}).encode()
    return struct.pack("<Q", len(content)) + content


def a_model(visitor: OpenerDirector, site: str) -> str:
    """The address of a model that is new in the register."""
    name = "Model of zeros"
    post(visitor, f"{site}/models/register", {"name": name, "access": "open_weights"})
    found = re.search(
        rf'href="(/models/[0-9a-f-]{{36}}/)"[^>]*>\s*{name}', get(visitor, f"{site}/models/")
    )
    if found is None:
        raise LookupError("The model is not in the list of models.")
    return site + found[1]


def send(visitor: OpenerDirector, url: str, archive: Path) -> None:
    """As a browser sends a form, in pieces."""
    fields = {"csrfmiddlewaretoken": token_in(get(visitor, url)), "confidentiality": "internal"}
    head = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="model.zip"\r\n'
        "Content-Type: application/zip\r\n\r\n"
    )
    tail = f"\r\n--{_BOUNDARY}--\r\n"
    headers = {
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        "Content-Length": str(len(head) + archive.stat().st_size + len(tail)),
    }
    body = _pieces(head.encode(), archive, tail.encode())
    answer = visitor.open(Request(url, body, headers), timeout=TIMEOUT)
    if "/material" in answer.url:
        raise ValueError("The archive was refused.")


def _pieces(head: bytes, archive: Path, tail: bytes) -> Iterator[bytes]:
    yield head
    with archive.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield tail


def checked(visitor: OpenerDirector, model: str) -> float:
    """Seconds until the page of the model has the results of the checks."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < TIMEOUT:
        if re.search(r'href="/runs/[0-9a-f-]{36}/"', get(visitor, model)):
            return time.perf_counter() - begun
        time.sleep(0.5)
    raise TimeoutError("The checks did not come to their end.")


def processes(program: str, owner: str) -> list[Path]:
    """The processes of this server: by its port, or by its folder in their environment."""
    mark = owner.rpartition("/")[2].rpartition("//")[2].encode()
    return [
        folder
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and _is_of(folder, program.encode(), mark)
    ]


def _is_of(folder: Path, program: bytes, mark: bytes) -> bool:
    try:
        command = (folder / "cmdline").read_bytes()
        return program in command and mark in command + (folder / "environ").read_bytes()
    except OSError:
        return False


def forget_peaks(folders: list[Path]) -> int:
    """What the largest holds now, from which on its peak is counted."""
    for folder in folders:
        # As proc(5) has it: the peak of the memory held begins anew.
        (folder / "clear_refs").write_text("5")
    return peak_megabytes(folders)


def peak_megabytes(folders: list[Path]) -> int:
    """The most that any of them has held at once."""
    peaks = (re.search(r"VmHWM:\s+(\d+)", _status(folder)) for folder in folders)
    return max((int(found[1]) // 1024 for found in peaks if found), default=0)


def _status(folder: Path) -> str:
    try:
        return (folder / "status").read_text()
    except OSError:
        return ""


def report(what: str, archive: Path, seconds: float, before: int, after: int) -> None:
    size = archive.stat().st_size
    print(
        f"{what} of {size / 1e9:.2f} GB: {seconds:.1f} s ({size / 1e6 / seconds:.0f} MB/s);"
        f" web process at its peak {after} MB, {after - before} MB more than before"
        f" (aim at most {AIM_MEGABYTES} MB more)"
    )


if __name__ == "__main__":
    main()
