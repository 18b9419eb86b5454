"""Somebody who is signed in, at the other end of the WSGI application: no server, no network."""

import gzip
import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back, as it would go over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    # Of the process, in milliseconds; on SQLite the database works in it too.
    cpu_ms: float
    wall_ms: float

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def wire(self) -> int:
        """Bytes, with a line for each header."""
        lines = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        return len(self.body) + lines


@dataclass
class Visitor:
    """One browser session."""

    application: Callable[..., Any] = field(default_factory=get_wsgi_application)
    cookies: dict[str, str] = field(default_factory=dict)

    def signed_in(self, email: str, password: str) -> "Visitor":
        self.get("/account/login/")
        form = {"login": email, "password": password}
        if self.post("/account/login/", form).status != HTTPStatus.FOUND:
            raise ValueError(f"{email} cannot sign in with this password.")
        return self

    def get(self, address: str, **headers: str) -> Answer:
        return self._asked("GET", address, b"", headers)

    def post(self, address: str, form: dict[str, Any], **headers: str) -> Answer:
        body = urlencode({**form, "csrfmiddlewaretoken": self.token}, doseq=True).encode()
        return self._asked("POST", address, body, headers)

    @property
    def token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def _asked(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        path, _, query = address.partition("?")
        status: list[tuple[int, Headers]] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            **headers,
        }

        def start(line: str, given: Headers, *_: Any) -> None:
            status.append((int(line.split()[0]), given))

        cpu, wall = time.process_time(), time.perf_counter()
        answer = self.application(environ, start)
        content = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        spent = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
        code, given = status[0]
        self._keep_cookies(given)
        return Answer(code, {name.lower(): value for name, value in given}, content, *spent)

    def _keep_cookies(self, given: Headers) -> None:
        for name, value in given:
            if name.lower() == "set-cookie":
                self.cookies |= {key: one.value for key, one in SimpleCookie(value).items()}

    def queries_of(self, address: str) -> int:
        """How often the page asks the database."""
        counted = 0

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal counted
            counted += 1
            return execute(*arguments)

        with connection.execute_wrapper(count):
            self.get(address)
        return counted

    def medians(self, address: str, rounds: int) -> tuple[float, float]:
        """CPU and wall-clock milliseconds, after two calls that fill what is kept."""
        answers = [self.get(address) for _ in range(rounds + 2)][2:]
        cpu = statistics.median(answer.cpu_ms for answer in answers)
        return cpu, statistics.median(answer.wall_ms for answer in answers)
