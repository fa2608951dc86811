"""Masterclasses, their parts, and videos: rows without real files, and real files made by ffmpeg."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection

from masterclasses.models import (
    Follow,
    MasterclassesPage,
    MasterclassPage,
    PartPage,
    Piece,
    RemoteJob,
    Rendition,
    Transcode,
    Video,
    WatchBeat,
    WatchCoverage,
    WatchPosition,
)
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from masterclasses.transcoding.probe import Probe
from masterclasses.watching.intervals import total
from tests.factories.accounts import PersonFactory
from tests.factories.home import ContentFactoryMixin, HomePageFactory, PageFactory

LANDSCAPE = Probe(seconds=60, width=1280, height=720, container="mov,mp4", video_codec="h264")


class MasterclassesPageFactory(PageFactory):
    title = "Masterclasses"
    slug = factory.Sequence(lambda n: f"masterclasses-{n}")
    parent = factory.SubFactory(HomePageFactory)

    class Meta:
        model = MasterclassesPage


class MasterclassPageFactory(ContentFactoryMixin, PageFactory):
    title = factory.Sequence(lambda n: f"Masterclass {n}")
    parent = factory.SubFactory(MasterclassesPageFactory)

    class Meta:
        model = MasterclassPage


class PartPageFactory(ContentFactoryMixin, PageFactory):
    title = factory.Sequence(lambda n: f"Part {n}")
    parent = factory.SubFactory(MasterclassPageFactory)

    class Meta:
        model = PartPage


class VideoFactory(DjangoModelFactory):
    """A video whose source is a few bytes: enough for everything but encoding."""

    title = factory.Sequence(lambda n: f"Video {n}")
    type = "video"
    original_name = "talk.mp4"
    duration = 60
    width, height = 1280, 720
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyFunction(lambda: ContentFile(b"not really a video", "talk.mp4"))

    class Meta:
        model = Video


class TranscodeFactory(DjangoModelFactory):
    video = factory.SubFactory(VideoFactory)
    source_name = factory.SelfAttribute("video.file.name")
    seconds_total = 60

    class Meta:
        model = Transcode


class WatchPositionFactory(DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    part = factory.SubFactory(PartPageFactory)
    seconds = 30
    updated_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = WatchPosition


class WatchBeatFactory(DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    part = factory.SubFactory(PartPageFactory)
    session = "session"
    sequence = factory.Sequence(lambda n: n)
    start, end = 0, 10
    measured_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = WatchBeat


class WatchCoverageFactory(DjangoModelFactory):
    """What somebody has played of a part; its `seconds` follow from the `spans`."""

    person = factory.SubFactory(PersonFactory)
    part = factory.SubFactory(PartPageFactory)
    spans = factory.LazyFunction(lambda: [[0, 10]])
    seconds = factory.LazyAttribute(lambda row: total(row.spans))

    class Meta:
        model = WatchCoverage


def parked(**values: Any) -> Transcode:
    """An encode that waits for its pieces."""
    waiting = {"stage": "pieces", "next_try_at": Transcode.PARKED_UNTIL}
    transcode: Transcode = TranscodeFactory.create(**(waiting | values))
    return transcode


def running(**values: Any) -> Transcode:
    """An encode that a worker holds."""
    claim = {"claim_token": uuid4(), "lease_until": timezone.now() + timedelta(minutes=1)}
    transcode: Transcode = TranscodeFactory.create(**({"status": "running", "attempts": 1} | claim | values))
    return transcode


def publish(video: Video, **contents: bytes) -> Transcode:
    """Give `video` an encode with files of the given contents, by their names with `_` for the last dot."""
    uuid = uuid4()
    transcode: Transcode = TranscodeFactory.create(
        video=video, uuid=uuid, status="done", folder=f"videos/encodes/{uuid}/{uuid4()}"
    )
    for form, name in (("hls", "360p.m3u8"), ("mp4", "video.mp4"), ("poster", "poster.jpg")):
        Rendition.objects.create(transcode=transcode, form=form, name=name, width=640, height=360)
    files = {"master.m3u8": b"#EXTM3U\n", "video.mp4": bytes(range(256)) * 4, "poster.jpg": b"jpeg"}
    files |= {".".join(name.rsplit("_", 1)): content for name, content in contents.items()}
    for name, content in files.items():
        default_storage.save(f"{transcode.folder}/{name}", ContentFile(content))
    video.published = transcode
    video.save()
    video.__dict__.pop("playback", None)
    return transcode


def film(
    path: Path,
    *,
    seconds: float = 3,
    size: str = "640x360",
    rate: str = "25",
    sound: bool = True,
    codec: str = "libx264",
    options: tuple[str, ...] = (),
) -> Path:
    """Let ffmpeg make a real video with a moving test picture and, if wanted, a tone."""
    picture = ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}")
    tone = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-c:a", "aac") if sound else ()
    x264 = ("-preset", "ultrafast", "-pix_fmt", "yuv420p") if codec == "libx264" else ()
    command = [find_ffmpeg().path, "-v", "error", "-y", *picture, *tone, "-c:v", codec, *x264, *options, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def looped(film: Path, *, times: int) -> Path:
    """Return a film that shows this one so many times, made without encoding it again."""
    path = film.with_name(f"looped-{film.name}")
    again = ["-stream_loop", str(times - 1), "-i", str(film), "-c", "copy", str(path)]
    subprocess.run([find_ffmpeg().path, "-v", "error", "-y", *again], check=True, stdin=subprocess.DEVNULL)
    return path


class RemoteJobFactory(DjangoModelFactory):
    """An order that the remote encoder has accepted, and the parked encode that waits for it."""

    transcode = factory.SubFactory(TranscodeFactory, stage="remote", next_try_at=Transcode.PARKED_UNTIL)
    submitted_at = factory.LazyFunction(timezone.now)
    heard_at = factory.SelfAttribute("submitted_at")
    next_try_at = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=10))

    class Meta:
        model = RemoteJob


class PieceFactory(DjangoModelFactory):
    transcode = factory.SubFactory(TranscodeFactory)
    role = "video"
    rungs = ["360"]
    seconds = 60
    cost = 60

    class Meta:
        model = Piece


class FollowFactory(DjangoModelFactory):
    """From before anything that the test does."""

    person = factory.SubFactory(PersonFactory)
    masterclass = factory.SubFactory(MasterclassPageFactory)
    created_at = factory.LazyFunction(lambda: timezone.now() - timedelta(seconds=1))

    class Meta:
        model = Follow
