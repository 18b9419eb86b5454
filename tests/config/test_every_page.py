"""Holds for every route there is, so that a new page cannot be forgotten."""

import re
from uuid import UUID

import pytest
from django.urls import URLPattern, get_resolver

from tests.accounts.factories import PASSWORD

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip
# What a stranger may open: signing in and what leads there, and the checks of the process.
PUBLIC = {
    "healthz",
    "readyz",
    "session",
    "help",
    "about",
    "accessibility",
    "account/login/",
    "account/signup/",
    "account/logout/",
    "account/inactive/",
    "account/confirm-email/",
    "account/confirm-email/x/",
    "account/password/reset/",
    "account/password/reset/done/",
    "account/password/reset/key/x-x/",
    "account/password/reset/key/done/",
    "account/login/code/confirm/",
}
ARGUMENTS = {"uuid": str(UUID(int=7)), "int": "7", "slug": "x", "str": "x", "path": "x"}


def routes(patterns=None, prefix=""):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + filled(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry.url_patterns, route)


def filled(pattern):
    text = str(pattern)
    if hasattr(pattern, "regex") and "(?P" in text:
        return re.sub(r"\(\?P<\w+>[^)]*\)", "x", text).strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: ARGUMENTS[found[1] or "str"], text).strip("^$")


def policy_of(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("route", sorted(set(routes())))
def test_each_page_carries_the_strict_policy(route, signed_in, ana):
    response = signed_in(ana).get(f"/{route}")
    assert policy_of(response) == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("route", sorted(set(routes()) - PUBLIC))
def test_a_stranger_reads_nothing(route, client, db):
    response = client.get(f"/{route}")
    assert response.status_code in {302, 401, 403, 404, 405}, response.status_code
    if response.status_code == 302:
        assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("route", sorted(set(routes()) - PUBLIC))
def test_a_stranger_changes_nothing(route, client, db):
    assert client.post(f"/{route}").status_code in {302, 401, 403, 404, 405}


def test_a_page_that_is_not_there_carries_the_policy(client, db):
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert policy_of(response) == POLICY


def test_a_page_that_fails_carries_the_policy_and_no_trace(client, monkeypatch):
    def fail():
        raise RuntimeError("hunter2")

    monkeypatch.setattr("config.views.failures", fail)
    client.raise_request_exception = False
    response = client.get("/readyz")
    assert response.status_code == 500
    assert policy_of(response) == POLICY
    assert "hunter2" not in response.text


def test_a_forged_host_is_refused(client):
    assert client.get("/healthz", HTTP_HOST="evil.example").status_code == 400


def test_the_session_cookie_is_out_of_reach_of_scripts(client, ana):
    client.post("/account/login/", {"login": ana.user.email, "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_there_is_no_admin_site_to_write_past_the_services(client, settings):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
