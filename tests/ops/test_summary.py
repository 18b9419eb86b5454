import pytest

from ops.test import summarise


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
