"""The product as `make run` starts it, and somebody who is signed in to it over the network."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Its address; in a folder and on a port of its own."""
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


def signed_in(site: str, folder: Path) -> OpenerDirector:
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    password = (folder / "demo_password").read_text(encoding="utf-8").strip()
    form = {"login": "demo@example.com", "password": password}
    post(visitor, f"{site}/account/login/", form)
    return visitor


def post(visitor: OpenerDirector, url: str, form: dict[str, str], page: str = "") -> None:
    shown = get(visitor, page or url)
    sent = {**form, "csrfmiddlewaretoken": token_in(shown)}
    visitor.open(Request(url, urlencode(sent).encode()), timeout=60).read()


def token_in(page: str) -> str:
    """What a form of the page has to send along."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def get(visitor: OpenerDirector, url: str) -> str:
    text: str = visitor.open(url, timeout=60).read().decode()
    return text
