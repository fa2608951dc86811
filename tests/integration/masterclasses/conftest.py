from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from masterclasses.actions import add_video
from masterclasses.models import Piece, RemoteJob, Transcode
from masterclasses.remote.watching import look_after
from masterclasses.transcoding.work import work_on_next
from portal.services import VIDEO_ENCODERS
from tests.factories.accounts import PersonFactory
from tests.factories.masterclasses import film
from tests.integration.masterclasses.remote_service import SECRET, RemoteService
from tests.tus import Tus


@pytest.fixture(scope="session")
def talk(tmp_path_factory) -> Path:
    """Three seconds of 640 × 360 with sound."""
    return film(tmp_path_factory.mktemp("films") / "talk.mp4")


@pytest.fixture
def producer(db):
    return get_user_model().objects.create_superuser(email="producer@example.org", password="a long one")


@pytest.fixture
def reader():
    return PersonFactory()


@pytest.fixture
def desk(client, producer):
    """The admin, with a video producer signed in."""
    client.force_login(producer)
    return client


@pytest.fixture
def tus(desk) -> Tus:
    """Resumable uploads by that producer."""
    return Tus(desk)


@pytest.fixture
def upload_of():
    def make(path: Path, name: str = "talk.mp4") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, path.read_bytes(), content_type="video/mp4")

    return make


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit():` what is done inside is followed by what waits for the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def encode_all(commit):
    """Do what workers do with everything that waits; each round gives every row that failed another attempt."""

    def run(rounds: int = 3) -> None:
        for _round in range(rounds):
            for model in (Transcode, Piece):
                model.objects.waiting().exclude(next_try_at__gte=model.PARKED_UNTIL).update(
                    next_try_at="2020-01-01T00:00:00Z"
                )
            more = True
            while more:
                with commit():
                    more = work_on_next()

    return run


@pytest.fixture
def service(tmp_path, settings, made):
    """A remote encoder that this portal uses."""
    service = RemoteService(tmp_path / "service", made)
    settings.VIDEO_ENCODER = VIDEO_ENCODERS["remote"]
    settings.REMOTE_ENCODER_URL = service.address
    settings.REMOTE_ENCODER_SECRETS = [SECRET]
    yield service
    service.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """What the service has encoded once; it is the same video each time."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def look(commit):
    """Let a worker look after every order, due or not."""

    def run() -> None:
        RemoteJob.objects.waiting().update(next_try_at="2020-01-01T00:00:00Z")
        for pk in RemoteJob.objects.waiting().values_list("pk", flat=True):
            with commit():
                look_after(pk)

    return run


@pytest.fixture
def ordered(service, talk, encode_all, look) -> RemoteJob:
    """A video whose encode was planned here and submitted there."""
    add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    encode_all(rounds=1)
    look()
    return RemoteJob.objects.select_related("transcode").get()


@pytest.fixture(scope="session")
def long_talk(tmp_path_factory) -> Path:
    """Twenty seconds of 1280 × 720 at 29.97 pictures a second, with a key frame every 50: long enough to be shared."""
    path = tmp_path_factory.mktemp("films") / "long.mp4"
    return film(path, seconds=20.02, size="1280x720", rate="30000/1001", options=("-g", "50", "-bf", "2"))


@pytest.fixture
def encode(encode_all):
    """Store a file as a video and encode it to the end."""

    def run(source: Path) -> Transcode:
        video = add_video(title="Talk", file=ContentFile(source.read_bytes(), source.name))
        encode_all(rounds=1)
        transcode = video.transcodes.get()
        assert transcode.status == "done", transcode.reason
        return transcode

    return run
