import socket

import pytest

from ops import run
from ops.run import CannotStart, chosen_environment, chosen_port, note_address


def test_a_free_port_is_taken_as_it_is(monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))
    assert chosen_port() == port


def test_a_taken_port_is_an_error_that_says_how_to_choose_another(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CannotStart, match=rf"Port {port} .*make run PORT=\d+"):
            chosen_port()


@pytest.mark.parametrize("given", ["web", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none_is_named(monkeypatch, given):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(CannotStart, match="not a number from 1 to 65535"):
        chosen_port()


def test_on_one_machine_plain_http_is_allowed(monkeypatch):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    monkeypatch.delenv("INSECURE_HTTP", raising=False)
    assert chosen_environment(8001)["INSECURE_HTTP"] == "1"


def test_plain_http_is_not_switched_on_for_a_named_host(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "ai.example.org")
    assert "INSECURE_HTTP" not in chosen_environment(8001)


def test_the_chosen_address_is_noted_for_the_commands_to_come(monkeypatch, tmp_path):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    note_address(chosen_environment(8001))
    assert (tmp_path / "address").read_text() == "http://127.0.0.1:8001\n"


def test_a_failing_preparation_ends_with_its_own_words(monkeypatch, capsys):
    monkeypatch.delenv("MAKELEVEL", raising=False)
    monkeypatch.setattr(run, "chosen_port", lambda: 8001)
    monkeypatch.setattr(run, "ROOT", "/")
    assert run.main() == 1
    assert "This failed, see above: python" in capsys.readouterr().err
