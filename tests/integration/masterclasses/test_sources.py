"""Sources as people really bring them: each is encoded to outputs that are complete and of the right shape."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from django.core.files.base import ContentFile

from masterclasses.actions import add_video
from masterclasses.transcoding import ffmpeg, files
from masterclasses.transcoding.probe import probe_file
from tests.factories.masterclasses import film

pytestmark = pytest.mark.django_db

X264 = ("-preset", "ultrafast")
SOURCES = {
    "without sound": ("a.mp4", {"sound": False}, [(640, 360)]),
    "mono": ("a.mp4", {"options": ("-ac", "1")}, [(640, 360)]),
    "surround": ("a.mp4", {"options": ("-ac", "6")}, [(640, 360)]),
    "upright": ("a.mp4", {"size": "360x640"}, [(360, 640)]),
    "odd": ("a.mkv", {"size": "333x251", "options": ("-pix_fmt", "yuv444p")}, [(332, 250)]),
    "720 lines": ("a.mp4", {"size": "1280x720", "seconds": 1}, [(640, 360), (1280, 720)]),
    "five a second": ("a.mp4", {"rate": "5"}, [(640, 360)]),
    "a hundred a second": ("a.mp4", {"rate": "100", "seconds": 1}, [(640, 360)]),
    "ten bits": ("a.mp4", {"options": ("-pix_fmt", "yuv420p10le")}, [(640, 360)]),
    "Matroska": ("a.mkv", {}, [(640, 360)]),
    "transport stream": ("a.ts", {}, [(640, 360)]),
    "AVI": ("a.avi", {"codec": "mpeg4"}, [(640, 360)]),
    "WebM": ("a.webm", {"codec": "libvpx", "sound": False}, [(640, 360)]),
    "longer than a group": ("a.mp4", {"seconds": 9, "size": "320x180"}, [(320, 180)]),
    "stretched": ("a.mp4", {"size": "320x360", "options": ("-aspect", "16:9")}, [(640, 360)]),
}


def encode_and_check(source, encode_all, sizes) -> None:
    before = probe_file(source)
    video = add_video(title="Talk", file=ContentFile(source.read_bytes(), source.name))
    encode_all(rounds=1)
    transcode = video.transcodes.get()
    assert transcode.status == "done", transcode.reason
    rungs = transcode.renditions.filter(form="hls").order_by("height", "width")
    assert [(rung.width, rung.height) for rung in rungs] == sizes
    folder = files.local(transcode.folder)
    assert folder
    mp4 = probe_file(folder / "video.mp4")
    assert (mp4.width, mp4.height) in sizes
    assert mp4.seconds == pytest.approx(before.seconds, abs=0.5)
    assert mp4.audio_channels == min(before.audio_channels, 2)
    assert (folder / "poster.jpg").stat().st_size > 1000


@pytest.mark.parametrize("name", list(SOURCES))
def test_a_source_is_encoded(name, tmp_path, encode_all):
    ending, made, sizes = SOURCES[name]
    encode_and_check(film(tmp_path / ending, **made), encode_all, sizes)


def test_a_turned_phone_video_stands_upright(tmp_path, encode_all):
    flat, turned = film(tmp_path / "flat.mp4"), tmp_path / "turned.mp4"
    rotate = ["-display_rotation", "90", "-i", str(flat), "-c", "copy", str(turned)]
    subprocess.run([ffmpeg.bundled(), "-v", "error", *rotate], check=True)
    encode_and_check(turned, encode_all, [(360, 640)])


def test_variable_frame_rates_become_constant(tmp_path, encode_all):
    drop = ("-vf", "select='not(mod(floor(n/10),2))+not(mod(n,7))'", "-fps_mode", "vfr")
    encode_and_check(film(tmp_path / "a.mkv", options=drop, seconds=5), encode_all, [(640, 360)])


@pytest.mark.parametrize("which", ["system", "bundled"])
def test_either_ffmpeg_will_do(which, tmp_path, encode_all, settings):
    path = shutil.which("ffmpeg") if which == "system" else ffmpeg.bundled()
    if path is None:
        pytest.skip("this machine has no ffmpeg of its own")
    settings.FFMPEG = path
    encode_and_check(film(tmp_path / "a.mp4"), encode_all, [(640, 360)])


def test_the_poster_is_not_the_black_beginning(tmp_path, encode_all):
    from PIL import Image, ImageStat

    black = ("-vf", "fade=in:st=1:d=1")
    source = film(tmp_path / "a.mp4", seconds=5, options=black)
    video = add_video(title="Talk", file=ContentFile(source.read_bytes(), "a.mp4"))
    encode_all(rounds=1)
    poster = files.local(video.transcodes.get().folder) / "poster.jpg"
    with Image.open(poster) as image:
        assert ImageStat.Stat(image.convert("L")).mean[0] > 40
