"""What is made of a video beside its sizes: sound, stills, ordinary colours, AV1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from masterclasses import actions
from masterclasses.models import Piece, Video
from masterclasses.transcoding import tracks
from tests.factories.masterclasses import film
from tests.integration.masterclasses.outputs import folder_of, run

pytestmark = pytest.mark.django_db


def test_the_sound_of_every_talk_is_equally_loud(tmp_path, encode):
    for volume in ("0.02", "0.9"):
        loud = ("-af", f"volume={volume},tremolo=f=0.7:d=0.6")
        transcode = encode(film(tmp_path / f"{volume}.mp4", seconds=8, size="320x180", options=loud))
        assert loudness(folder_of(transcode) / "audio.m4a") == pytest.approx(-16, abs=1)
        assert loudness(folder_of(transcode) / "video.mp4") == pytest.approx(-16, abs=1)
        Video.objects.all().delete()


def loudness(path: Path) -> float:
    said = run("-i", str(path), "-filter_complex", "[0:a]loudnorm=print_format=json", "-f", "null", "-")
    return float(json.loads(said[said.rindex("{") : said.rindex("}") + 1])["input_i"])


def test_silence_stays_silence(tmp_path, encode):
    transcode = encode(film(tmp_path / "a.mp4", size="320x180", options=("-af", "volume=0")))
    assert transcode.renditions.filter(form="audio").exists()


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_a_high_dynamic_range_becomes_an_ordinary_picture(transfer, tmp_path, encode):
    tags = ("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc")
    source = film(tmp_path / "a.mp4", seconds=2, options=("-pix_fmt", "yuv420p10le", *tags))
    transcode = encode(source)
    assert transcode.plan["tone"] == "tonemap"
    told = run("-i", str(folder_of(transcode) / "video.mp4"), "-frames:v", "1", "-f", "null", "-")
    assert "bt2020" not in told.split("Output #0")[0]
    with Image.open(folder_of(transcode) / "poster.jpg") as poster:
        assert len(poster.convert("RGB").resize((16, 9)).getcolors(200) or []) > 8


def test_av1_is_listed_beside_h264_when_it_is_asked_for(tmp_path, encode, settings):
    settings.VIDEO_AV1 = True
    transcode = encode(film(tmp_path / "a.mp4", seconds=17, size="320x180", options=("-g", "50")))
    assert Piece.objects.filter(wave=2).count() == 2
    master = (folder_of(transcode) / "master.m3u8").read_text()
    assert 'CODECS="av01.0.' in master
    assert 'CODECS="avc1.' in master
    track = tracks.track(folder_of(transcode), "180p_av1.m3u8")
    assert (track["frames"], track["keys"]) == (425, [0, 100, 200, 300, 400])


def test_stills_are_offered_for_the_poster_and_the_seek_bar(long_talk, encode, client):
    transcode = encode(long_talk)
    folder, video = folder_of(transcode), Video.objects.get()
    vtt = (folder / "storyboard.vtt").read_text()
    assert vtt.count("#xywh=") == 10
    assert "00:00:18.000 --> 00:00:20.020\nstoryboard_01.jpg#xywh=1440,0,160,90" in vtt
    with Image.open(folder / "storyboard_01.jpg") as sprite:
        assert sprite.size == (1600, 90)
    actions.choose_poster(video, "poster_03.jpg")
    assert Video.objects.get().playback.poster.endswith("/poster_03.jpg")
    actions.choose_poster(video, "")
    assert Video.objects.get().playback.poster.endswith("/poster.jpg")
    with pytest.raises(ValidationError):
        actions.choose_poster(video, "poster_09.jpg")
