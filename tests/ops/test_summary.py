import pytest

from ops import test as every_test
from ops.test import summarise

SERVERS = {"DRAWBRIDGE_TEST_POSTGRES": "postgres://here/x", "DRAWBRIDGE_TEST_REDIS": "redis://here"}


@pytest.mark.parametrize("missing", [[], ["the tests on Redis"]], ids=["servers", "no servers"])
def test_tests_and_journeys_run_on_every_database_there_is(monkeypatch, capsys, missing):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(every_test, "start_services", lambda _stack: (SERVERS, missing))
    runs = []

    def run(name, environment, *_arguments):
        runs.append((name, environment.get("DATABASE_URL", ""), environment.get("REDIS_URL", "")))
        return 0

    monkeypatch.setattr(every_test, "run", run)
    assert every_test.main() == 0
    servers = tuple(SERVERS.values())
    expected = [("SQLite", "", ""), ("Journeys on SQLite", "", "")]
    if not missing:
        expected += [
            ("PostgreSQL and Redis", *servers),
            ("Journeys on PostgreSQL and Redis", *servers),
        ]
    assert runs == expected


def test_what_was_left_out_is_said_and_passes_at_home(monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    assert summarise({"SQLite": 0}, ["the tests on Redis"]) == 0
    assert "NOT RUN: the tests on Redis" in capsys.readouterr().out


def test_on_ci_nothing_may_be_left_out(monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    assert summarise({"SQLite": 0}, ["the tests on Redis"]) == 1
    assert "On CI nothing may be left out." in capsys.readouterr().out


@pytest.mark.parametrize("code", [1, 2, 5])
def test_one_failed_run_fails_all(monkeypatch, code):
    monkeypatch.delenv("CI", raising=False)
    assert summarise({"SQLite": 0, "Journeys": code}, []) == 1
