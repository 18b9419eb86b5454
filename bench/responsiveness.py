"""How pages answer while ten reports are made, beside how they answer when nothing else is done."""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

ROUNDS = 60
REPORTS = 10
TIMEOUT = 600


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder)) as site:
        visitor = _signed_in(site, Path(folder))
        pages = {
            "health check": "/healthz",
            "register": "/uses/",
            "one use": _uses(visitor, site)[0],
        }
        idle = {name: _median_ms(visitor, site + path, ROUNDS) for name, path in pages.items()}
        wanted = _request_reports(visitor, site)
        busy: dict[str, list[float]] = {name: [] for name in pages}
        begun = time.perf_counter()
        while _moving(visitor, site) and time.perf_counter() - begun < TIMEOUT:
            for name, path in pages.items():
                busy[name].append(_median_ms(visitor, site + path, 5))
        seconds = time.perf_counter() - begun
        print(f"{wanted} reports asked for at once: made in {seconds:.0f} s by one worker process")
        for name in pages:
            loaded = statistics.median(busy[name]) if busy[name] else float("nan")
            ratio = loaded / idle[name]
            times = f"idle {idle[name]:.1f} ms, meanwhile {loaded:.1f} ms"
            print(f"{name}: {times}, x{ratio:.2f} (aim at most 2)")


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    """The product as `make run` starts it, in a folder and on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "VAR_DIR": str(folder)}
    environment.pop("MAKELEVEL", None)
    with subprocess.Popen(
        [sys.executable, "-m", "ops.run"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            lines = iter(process.stdout or ())
            next(line for line in lines if "Sign in as" in line)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _signed_in(site: str, folder: Path) -> OpenerDirector:
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    password = (folder / "demo_password").read_text(encoding="utf-8").strip()
    form = {"login": "demo@example.com", "password": password}
    _post(visitor, f"{site}/account/login/", form)
    return visitor


def _post(visitor: OpenerDirector, url: str, form: dict[str, str], page: str = "") -> None:
    shown = _get(visitor, page or url)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
    sent = {**form, "csrfmiddlewaretoken": token[1] if token else ""}
    visitor.open(Request(url, urlencode(sent).encode()), timeout=60).read()


def _get(visitor: OpenerDirector, url: str) -> str:
    text: str = visitor.open(url, timeout=60).read().decode()
    return text


def _uses(visitor: OpenerDirector, site: str) -> list[str]:
    return sorted(set(re.findall(r'href="(/uses/[0-9a-f-]{36}/)"', _get(visitor, f"{site}/uses/"))))


def _request_reports(visitor: OpenerDirector, site: str) -> int:
    wanted = [(use, language) for use in _uses(visitor, site) for language in ("en", "de")]
    for use, language in wanted[:REPORTS]:
        page = site + use
        action = re.search(r'action="(/assessments/[^"]+/reports/request)"', _get(visitor, page))
        if action:
            _post(visitor, site + action[1], {"language": language}, page)
    return len(wanted[:REPORTS])


def _moving(visitor: OpenerDirector, site: str) -> bool:
    shown = _get(visitor, f"{site}/reports/")
    return "<span>Waiting</span>" in shown or "<span>Being made</span>" in shown


def _median_ms(visitor: OpenerDirector, url: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        _get(visitor, url)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
