from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.celery import app


@pytest.fixture
def connection(tmp_path):
    """The embedded broker as the program reaches it."""
    folders = dict.fromkeys(("data_folder_in", "data_folder_out"), str(tmp_path))
    options = folders | {"control_folder": str(tmp_path / "control")}
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield connection


@pytest.fixture
def reader(connection):
    return connection.channel()


def test_no_reader_gets_a_message_before_it_is_whole(connection, reader, monkeypatch):
    early = []
    rename = Path.rename

    def read_before(self, target):
        with pytest.raises(Empty):
            reader._get("work")
        early.append(self.stat().st_size)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", read_before)
    connection.default_channel._put("work", {"body": "Grüße"})
    assert early
    assert early[0] > 0
    assert reader._get("work") == {"body": "Grüße"}
    with pytest.raises(Empty):
        reader._get("work")


def test_messages_come_to_their_queue_and_leave_nothing(connection, reader, tmp_path):
    for number in range(3):
        connection.default_channel._put("work", {"number": number})
    assert reader._size("work") == 3
    with pytest.raises(Empty):
        reader._get("other")
    assert {reader._get("work")["number"] for _ in range(3)} == {0, 1, 2}
    assert not [*tmp_path.glob("*.msg"), *tmp_path.glob("*.part")]


def test_the_program_uses_it():
    with app.connection_for_write("filesystem://localhost") as connection:
        assert connection.transport_cls == "filesystem"
        assert type(connection.transport).__module__ == "config.broker"
