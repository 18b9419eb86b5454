from ops import system
from ops.system import Need, install_missing, loads


def test_a_library_that_is_not_there_is_seen_to_be_missing():
    assert not loads("libdrawbridge-does-not-exist.so.0")()
    assert loads("libc.so.6")()


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(system.subprocess, "run", None)
    assert install_missing([Need("all well", lambda: True, "package")]) == []


def test_without_the_right_to_install_what_is_missing_is_named(monkeypatch, capsys):
    monkeypatch.setattr(system, "apt_command", lambda: None)
    monkeypatch.setattr(system, "TESTS", [Need("Chromium", lambda: False, "chromium")])
    system.have_test_services()
    assert "MISSING: Chromium" in (said := capsys.readouterr().out)
    assert "apt install chromium" in said
