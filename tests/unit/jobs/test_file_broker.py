"""The file-based broker: what is half written is never read, and what is broken ends no worker."""

from __future__ import annotations

import threading
from queue import Empty

import pytest
from kombu import Connection

from portal import services
from portal.celery import app

pytestmark = pytest.mark.usefixtures("_own_temporary_folder")


@pytest.fixture
def _own_temporary_folder(monkeypatch, tmp_path):
    """kombu moves a message to the temporary folder before it reads it."""
    (tmp_path / "read").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "read"))


@pytest.fixture
def channel(tmp_path):
    assert app  # importing it puts our transport in place of kombu's
    with Connection("filesystem://localhost/", transport_options=services._file_transport(tmp_path)) as connection:
        yield connection.default_channel


def test_messages_come_back_in_order_each_to_its_queue(channel):
    for number in range(3):
        channel._put("mail-now", {"number": number})
    channel._put("transcode", {"number": 9})
    assert [channel._get("mail-now")["number"] for _message in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("mail-now")
    assert channel._get("transcode") == {"number": 9}


@pytest.mark.parametrize("content", [b"", b'{"number": ', b"\xff\xfe"])
def test_a_broken_message_is_dropped_and_the_next_one_read(channel, tmp_path, content):
    (tmp_path / "broker" / "messages" / "0_x.mail-now.msg").write_bytes(content)
    channel._put("mail-now", {"number": 1})
    with pytest.raises(Empty):
        channel._get("mail-now")
    assert channel._get("mail-now") == {"number": 1}


def test_a_reader_that_never_rests_reads_every_message_whole(channel):
    each, writers = 50, 4

    def write() -> None:
        for number in range(each):
            channel._put("mail-now", {"words": "word " * 2000, "number": number})

    threads = [threading.Thread(target=write) for _writer in range(writers)]
    for thread in threads:
        thread.start()
    read = []
    while any(thread.is_alive() for thread in threads) or channel._size("mail-now"):
        try:
            read.append(channel._get("mail-now")["number"])
        except Empty:
            continue
    assert sorted(read) == sorted([*range(each)] * writers)


def test_a_binding_that_another_process_is_just_writing_is_waited_for(channel, tmp_path):
    table = tmp_path / "broker" / "control" / "mail-now.exchange"
    table.write_text("")
    threading.Timer(0.1, table.write_text, ["[]"]).start()
    channel._queue_bind("mail-now", "mail-now", None, "mail-now")
    assert "mail-now" in table.read_text()
