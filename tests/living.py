"""A Drawbridge of its own for one test: database, web server and workers as real processes."""

import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener
from uuid import uuid4

import psutil
import psycopg

from ops.children import dies_with_parent
from ops.environment import without_settings
from ops.run import answers, services
from ops.services import free_port

ROOT = Path(__file__).resolve().parent.parent
EMAIL = "demo@example.com"


def eventually(condition, timeout=60):
    """The first true answer of the condition; waits for it, however slow the machine is."""
    deadline = time.monotonic() + timeout
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
    return found


def a_database_on(postgres_url):
    """The URL of a new database on the server."""
    name = f"living_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(postgres_url)._replace(path=f"/{name}"))


class Drawbridge:
    """Started by the same commands as `make run`, with the demo organisation inside."""

    def __init__(self, folder, database_url="", redis_url=""):
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url
        self.environment = without_settings() | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "INSECURE_HTTP": "1",
            "SITE_URL": self.url,
            "SECRET_KEY": "for tests only, and long enough to be taken for a key: 0123456789",
        }
        self.processes = []

    def prepare(self):
        """Make the database; the password of the demo person."""
        self.manage("migrate", "--no-input", "-v0")
        self.manage("collectstatic", "--no-input", "-v0")
        return re.search(r"with the password (\S+)", self.manage("load_examples"))[1]

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_web(self):
        web, _worker = services(self.port, {})
        self._start(web, "web")
        eventually(lambda: answers(self.port))

    def start_worker(self, name, *, sweeps=True):
        """A worker that has signed in; only one of several may send the sweeps."""
        _web, worker = services(self.port, {})
        command = [part for part in worker.command if sweeps or part != "--beat"]
        process = self._start(worker, name, command=[*command, "--hostname", f"{name}@test"])
        workers = "SELECT worker FROM jobs_workerheartbeat"
        eventually(lambda: process.poll() is not None or (f"{name}@test",) in self.query(workers))
        assert process.poll() is None, self.log(name)
        return process

    def _start(self, service, name, command=None):
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command or service.command,
                cwd=ROOT,
                env=self.environment | dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=dies_with_parent(signal.SIGTERM),
                process_group=0,
            )
        self.processes.append(process)
        return process

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def kill(self, process):
        """kill -9 for the worker and its children, as when the machine loses its power."""
        family = [process, *psutil.Process(process.pid).children(recursive=True)]
        for member in family:
            with suppress(psutil.NoSuchProcess, ProcessLookupError):
                member.kill()
        process.wait()
        self.processes.remove(process)

    def stop(self):
        """End every process and hand back those that would not go."""
        family = []
        for process in self.processes:
            with suppress(psutil.NoSuchProcess):
                family += psutil.Process(process.pid).children(recursive=True)
            process.terminate()
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
        _gone, left = psutil.wait_procs(family, timeout=10)
        left = [*left, *(process for process in self.processes if process.poll() is None)]
        self.processes.clear()
        for member in left:
            member.kill()
        return left

    def query(self, sql):
        """Rows of the database, asked past Django."""
        if self.database_url.startswith("postgres"):
            with psycopg.connect(self.database_url) as connection:
                cursor = connection.execute(sql)
                return cursor.fetchall() if cursor.description else []
        connection = sqlite3.connect(self.folder / "db.sqlite3", timeout=20)
        try:
            with connection:
                return connection.execute(sql).fetchall()
        finally:
            connection.close()


class Visitor:
    """Somebody at a browser without JavaScript."""

    def __init__(self, drawbridge):
        self.url = drawbridge.url
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), Following())

    def get(self, path):
        with self.opener.open(self.url + path, timeout=30) as page:
            return page.read().decode()

    def fetch(self, path):
        with self.opener.open(self.url + path, timeout=30) as answer:
            return answer.headers, answer.read()

    def post(self, page, path, **form):
        """Send a form of the page; the path where it led."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        data = urlencode({"csrfmiddlewaretoken": token, **form}).encode()
        with self.opener.open(self.url + path, data, timeout=30) as answer:
            return urlsplit(answer.url).path

    def sign_in(self, password):
        page = self.get("/account/login/")
        form = {"login": EMAIL, "password": password}
        assert self.post(page, "/account/login/", **form) == "/uses/"
        return self

    def uses(self):
        return list(dict.fromkeys(re.findall(r'href="(/uses/[0-9a-f-]{36}/)"', self.get("/uses/"))))

    def ask_for_report(self, use, language="en"):
        """The path of the page of the report."""
        page = self.get(use)
        action = re.search(r'action="(/assessments/[^"]+/reports/request)"', page)[1]
        return self.post(page, action, language=language)


class Following(HTTPRedirectHandler):
    """Follows redirects, and lets errors be seen with their page."""

    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, fp.read().decode()[:500], hdrs, fp)
