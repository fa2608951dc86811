"""What happens when several requests are busy with one upload, or one room, at the same time."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from wagtail.models import Collection

from masterclasses.models import CollectionQuota, Upload, Video
from masterclasses.uploads import actions, arrival, disk, writer
from masterclasses.uploads.protocol import Refused
from tests.tus import Tus, upload_at

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def tus() -> Tus:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(email="producer@example.org", password="a long one"))
    return Tus(client)


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Do `work` in another thread, with connections of its own, while the block runs; what it raised is in the list."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield raised
    thread.join(timeout=30)
    assert not thread.is_alive()


class SlowLine:
    """Gives a first block at once, and the rest when it is told to."""

    def __init__(self, content: bytes) -> None:
        self.stream, self.waits, self.go_on = io.BytesIO(content), threading.Event(), threading.Event()

    def read(self, size: int) -> bytes:
        if self.stream.tell() == 0:
            return self.stream.read(min(size, 1000))
        self.waits.set()
        self.go_on.wait(timeout=20)
        return self.stream.read(size)


def content_of(video: Video) -> bytes:
    with video.file.open() as stream:
        return stream.read()


def test_of_two_pieces_for_the_same_place_one_is_refused(tus, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    upload, line = upload_at(address), SlowLine(content)

    with beside(lambda: actions.receive(upload=upload, offset=0, read=line.read, length=len(content))) as raised:
        assert line.waits.wait(timeout=20)
        second = tus.patch(address, 0, content)
        offset_meanwhile = tus.head(address)["Upload-Offset"]
        line.go_on.set()

    assert second.status_code == 409
    assert offset_meanwhile == "0"
    assert raised == []
    assert tus.head(address)["Upload-Offset"] == str(len(content))
    assert content_of(Video.objects.get()) == content


def test_a_line_that_was_thought_dead_gives_way_and_changes_nothing_when_it_wakes_up(tus, talk, monkeypatch):
    monkeypatch.setattr(writer, "LEASE", timedelta(seconds=0.3))
    content = talk.read_bytes()
    address = tus.begin(len(content))
    dead, line = upload_at(address), SlowLine(content[:1000] + b"x" * 9000)

    with beside(lambda: actions.receive(upload=dead, offset=0, read=line.read, length=10_000)) as raised:
        assert line.waits.wait(timeout=20)
        assert tus.patch(address, 0, content).status_code == 409
        time.sleep(0.4)
        offset = int(tus.head(address)["Upload-Offset"])
        assert offset == 1000
        assert tus.patch(address, offset, content[offset:]).status_code == 204
        line.go_on.set()

    assert [type(error) for error in raised] == [Refused]
    assert content_of(Video.objects.get()) == content


def test_a_file_given_up_in_another_window_stops_coming(tus, talk):
    content = talk.read_bytes()
    address = tus.begin(len(content))
    upload, line = upload_at(address), SlowLine(content)

    with beside(lambda: actions.receive(upload=upload, offset=0, read=line.read, length=len(content))) as raised:
        assert line.waits.wait(timeout=20)
        assert tus.delete(address).status_code == 204
        line.go_on.set()

    assert [type(error) for error in raised] == [Refused]
    assert not disk.path_of(upload).exists()
    assert not Video.objects.exists()


def test_a_complete_file_that_several_take_in_at_once_becomes_one_video(tus, talk, monkeypatch):
    content = talk.read_bytes()
    upload = upload_at(tus.begin(len(content)))
    disk.folder()
    disk.path_of(upload).write_bytes(content)
    Upload.objects.update(offset=len(content), state="checking")

    with beside(lambda: arrival.settle(upload.pk)) as first, beside(lambda: arrival.settle(upload.pk)) as second:
        arrival.settle(upload.pk)

    assert (first, second) == ([], [])
    assert Video.objects.count() == 1
    assert Video.objects.get().transcodes.count() == 1


def test_the_last_room_of_a_collection_goes_to_one(tus):
    CollectionQuota.objects.create(collection=Collection.get_first_root_node(), gigabytes="0.01")
    size, statuses = 6_000_000, []

    def ask() -> None:
        other = Tus(tus.client.__class__())
        other.client.cookies = tus.client.cookies
        statuses.append(other.create(size).status_code)

    with beside(ask) as raised, beside(ask), beside(ask):
        pass

    assert raised == []
    assert sorted(statuses) == [201, 413, 413]
