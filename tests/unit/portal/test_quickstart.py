from __future__ import annotations

import io
import socket

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from portal.celery import QUEUES
from portal.quickstart import checks, processes
from portal.sample.covers import PAINTERS, SIZE, draw_cover


def test_a_port_that_is_taken_is_said_in_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Port {port} is taken: .*--port"):
            checks.require_free_port(port)


def test_a_port_out_of_range_is_said_in_one_sentence():
    with pytest.raises(CommandError, match="70000 is not a port"):
        checks.require_free_port(70000)


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(CommandError, match="cannot be written: set PORTAL_DATA_DIR"):
        checks.require_writable(in_the_way / "var")


def test_quickstart_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="docs/operators"):
        call_command("quickstart", "--no-serve")


@pytest.mark.django_db
def test_the_process_tree_consumes_every_queue_once():
    consumed = [queue for queues, _processes in processes.WORKERS.values() for queue in queues]
    assert sorted(consumed) == sorted(QUEUES)


@pytest.mark.django_db
def test_what_takes_long_shares_a_worker_with_nothing_else():
    alone = [queues for queues, _processes in processes.WORKERS.values() if len(queues) == 1]
    assert alone == [("transcode",), ("mail-bulk",)]
    beats = [name for name, command in processes.commands(8000).items() if "--beat" in command]
    assert beats == ["work"]


@pytest.mark.parametrize("motif", PAINTERS)
def test_a_cover_is_a_jpeg_that_is_the_same_every_time(motif):
    picture = draw_cover(motif, 200, "seed")
    assert Image.open(io.BytesIO(picture)).size == SIZE
    assert picture == draw_cover(motif, 200, "seed")
    assert picture != draw_cover(motif, 200, "another seed")
