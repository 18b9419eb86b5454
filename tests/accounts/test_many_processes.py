import http.client
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from ops.services import free_port
from tests.accounts.factories import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
MAKE_ANA = f"""
import django; django.setup()
from accounts.services import create_organisation
user = create_organisation(name="Muster", admin_email="ana@example.org").user
user.set_password({PASSWORD!r}); user.save()
"""


@pytest.fixture
def environment(tmp_path):
    """A database and folders of their own, as `make run` would have."""
    made = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "REDIS_URL": "",
        "INSECURE_HTTP": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    for command in (
        ["manage.py", "migrate", "-v0"],
        ["manage.py", "collectstatic", "--no-input", "-v0"],
        ["-c", MAKE_ANA],
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=made, check=True)
    return made


@contextmanager
def a_process_for_each_request(environment):
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--max-requests", "1", "--preload", "--log-level", "error"]
    command += ["--no-control-socket"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            yield port
        finally:
            server.terminate()


def ask(port, method, path, form=None, cookie=""):
    deadline = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, urlencode(form or {}), headers)
            response = connection.getresponse()
            return response, response.read().decode()
        except (OSError, http.client.HTTPException):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        finally:
            connection.close()


@pytest.mark.slow
def test_attempts_are_counted_across_web_processes(environment):
    with a_process_for_each_request(environment) as port:
        page, text = ask(port, "GET", "/account/login/")
        cookie = page.headers["Set-Cookie"].split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        form = {"csrfmiddlewaretoken": token, "login": "ana@example.org"}
        for _turn in range(5):
            ask(port, "POST", "/account/login/", {**form, "password": "wrong"}, cookie)
        late, _text = ask(port, "POST", "/account/login/", {**form, "password": PASSWORD}, cookie)
    assert late.status == 200, "the right password must wait, although this process is new"


@pytest.mark.slow
def test_the_right_password_lets_in_across_web_processes(environment):
    with a_process_for_each_request(environment) as port:
        page, text = ask(port, "GET", "/account/login/")
        cookie = page.headers["Set-Cookie"].split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        form = {"csrfmiddlewaretoken": token, "login": "ana@example.org", "password": PASSWORD}
        response, _text = ask(port, "POST", "/account/login/", form, cookie)
    assert response.status == 302
