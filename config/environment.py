"""Reads the environment, and says which variable is wrong, why, and what a right one looks like."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
POSTGRES = {"postgres", "postgresql"}
MAIL = {"consolemail", "smtp", "smtps", "smtp+tls", "smtp+ssl"}
ORIGIN = re.compile(r"https?://[^/\s]+")
# What every provider takes as a name; with a dot, TLS would not fit the host it becomes part of.
BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def wrong(name: str, problem: str, example: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {problem}. Example: {name}={example}")


@dataclass(frozen=True)
class Environment:
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name).lower()
        if value and value not in TRUE | FALSE:
            raise wrong(name, f"is {value!r}, which is neither yes nor no", "1")
        return value in TRUE if value else default

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch(r"\d{1,9}", value) or int(value) < least:
            raise wrong(name, f"is {value!r}, not a whole number of at least {least}", str(default))
        return int(value)

    def one_of(self, name: str, choices: Sequence[str], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise wrong(name, f"is {value!r}, but may be {' or '.join(choices)}", default)
        return value

    def names(self, name: str) -> list[str]:
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def folder(self, name: str, default: Path) -> Path:
        path = Path(self.text(name, str(default))).absolute()
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            problem = f"is {path}, which cannot be made ({error.strerror})"
            raise wrong(name, problem, "/srv/drawbridge") from error
        if not os.access(path, os.W_OK | os.X_OK):
            raise wrong(name, f"is {path}, which this user may not write to", "/srv/drawbridge")
        return path

    def hosts(self, name: str, *, default: list[str], only_loopback: bool) -> list[str]:
        hosts = self.names(name) or default
        if not hosts:
            raise wrong(name, "is empty, so that no request could be answered", "ai.example.org")
        if "*" in hosts:
            raise wrong(
                name, "contains *, which lets forged Host headers through", "ai.example.org"
            )
        for host in hosts:
            if "/" in host:
                raise wrong(name, f"contains {host!r}, which is no host name", "ai.example.org")
        if only_loopback and not set(hosts) <= LOOPBACK:
            problem = (
                f"is {','.join(hosts)}, but with INSECURE_HTTP=1 only this machine may be served"
            )
            raise wrong(name, problem, "localhost,127.0.0.1")
        return hosts

    def origins(self, name: str) -> list[str]:
        for origin in (found := self.names(name)):
            if not ORIGIN.fullmatch(origin):
                raise wrong(
                    name, f"contains {origin!r}, not a scheme and a host", "https://ai.example.org"
                )
        return found

    def site(self, name: str, hosts: list[str], *, tls: bool, noted: Path) -> str:
        """The address people type, without a slash at its end; a trial has noted its own."""
        value = self.text(name).rstrip("/")
        if not value and not tls and noted.is_file():
            value = noted.read_text().strip()
        if not value:
            host = hosts[0].lstrip(".")
            value = f"https://{host}" if tls else f"http://{host}:8000"
        if not ORIGIN.fullmatch(value):
            raise wrong(name, f"is {value!r}, not a scheme and a host", "https://ai.example.org")
        return value

    def url(self, name: str, schemes: set[str], example: str) -> str:
        """The value, never repeated in the message: it may hold a password."""
        value = self.text(name)
        try:
            scheme = urlsplit(value).scheme if value else ""
        except ValueError:
            scheme = "?"
        if value and scheme not in schemes:
            raise wrong(name, f"must start with one of {', '.join(sorted(schemes))}", example)
        return value

    def database(self, name: str, default: Path) -> dict[str, Any]:
        example = "postgres://drawbridge:secret@localhost:5432/drawbridge"
        url = self.url(name, POSTGRES | {"sqlite"}, example)
        if not url:
            # Not as a URL, in which a plus or a percent sign of the path would mean something else.
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        try:
            database = Env.db_url_config(url)
        except (ValueError, ImproperlyConfigured):
            raise wrong(name, "cannot be read as an address", example) from None
        if not database["NAME"] or database["NAME"] == ":memory:":
            raise wrong(name, "names no database that lasts", example)
        return dict(database)

    def storage(self, name: str) -> dict[str, Any]:
        """Django's entry of STORAGES: the folder of uploads, or a bucket where one is named.

        Keys, region and address of the bucket are the AWS_* variables that boto3 itself reads.
        """
        example = "s3://drawbridge-files"
        url = self.url(name, {"s3"}, example)
        if not url:
            return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        parts = urlsplit(url)
        if not BUCKET.fullmatch(parts.netloc) or parts.query or parts.fragment:
            problem = "must name a bucket in small letters and nothing else; keys belong in AWS_*"
            raise wrong(name, problem, example)
        options = {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "default_acl": None,
            "file_overwrite": False,
            # Beyond it a file that is read lies on disk; the default is memory without a limit.
            "max_memory_size": 8 << 20,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

    def mail(self, name: str) -> dict[str, Any]:
        """Django's EMAIL_* settings; without the variable, mail is printed to the console."""
        example = "smtp+tls://user:secret@mail.example.org:587"
        url = self.url(name, MAIL, example) or "consolemail://"
        try:
            settings = Env.email_url_config(url)
        except (ValueError, ImproperlyConfigured):
            raise wrong(name, "cannot be read as an address", example) from None
        if not url.startswith("consolemail") and not settings["EMAIL_HOST"]:
            raise wrong(name, "names no mail server", example)
        return {key: value for key, value in settings.items() if value is not None}
