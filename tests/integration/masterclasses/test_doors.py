"""Whatever takes a video file asks the same gate, and says what is wrong beside the field."""

from __future__ import annotations

import http.server
import re
import shutil
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from masterclasses.actions import add_video
from masterclasses.models import Transcode, Video
from masterclasses.uploads import disk
from tests.factories.masterclasses import film

pytestmark = pytest.mark.django_db

ADD = "/admin/media/video/add/"
CHOOSER = "/admin/media/video/chooser/upload/"
AUDIO_DOOR = "/admin/media/audio/add/"


@pytest.fixture(scope="session")
def films(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("bad-films")


@pytest.fixture(scope="session")
def bad(films, talk):
    """Bad inputs 1 to 10 by name."""
    good = talk.read_bytes()
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nsegment.ts\n#EXT-X-ENDLIST\n"
    mpd = b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period/></MPD>'
    sdp = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9999 RTP/AVP 96\n"
    contents = {
        "empty": b"",
        "playlist": playlist,
        "ffconcat": f"ffconcat version 1.0\nfile '{talk}'\n".encode(),
        "dash": mpd,
        "sdp": sdp,
        "cut at 3 kB": good[:3000],
        "random": bytes((i * 7919 + i // 3) % 251 for i in range(100_000)),
        "html and mp4": b"<html><script>alert(1)</script></html>" + good,
        "words": b"Dear colleague, please find attached",
    }
    contents["sound only"] = sound(films / "sound.mp4").read_bytes()
    contents["two pixels"] = film(films / "tiny.mp4", size="32x32", seconds=0.4, sound=False).read_bytes()
    contents["magicyuv"] = film(films / "magic.avi", codec="magicyuv", seconds=0.4, sound=False).read_bytes()
    contents["1000 a second"] = film(
        films / "fast.mp4", rate="1000", size="64x64", seconds=0.2, sound=False
    ).read_bytes()
    contents["too wide"] = film(
        films / "wide.mp4", size="8448x64", rate="1", seconds=1, sound=False, options=("-x264-params", "level=6.2")
    ).read_bytes()
    return contents


def sound(path: Path) -> Path:
    import subprocess

    from masterclasses.transcoding.ffmpeg import find_ffmpeg

    tone = ["-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", str(path)]
    subprocess.run([find_ffmpeg().path, "-v", "error", "-y", *tone], check=True)
    return path


WORDS = {
    "empty": "empty",
    "playlist": "not a supported video file",
    "ffconcat": "not a supported video file",
    "dash": "not a supported video file",
    "sdp": "not a supported video file",
    "cut at 3 kB": "not a supported video file",
    "random": "not a supported video file",
    "html and mp4": "not a supported video file",
    "words": "not a supported video file",
    "sound only": "no video track",
    "two pixels": "at least 64",
    "magicyuv": "does not accept",
    "1000 a second": "more than 240 pictures",
    "too wide": "larger than 8192",
}


@pytest.mark.parametrize("name", list(WORDS))
def test_a_bad_file_is_refused_in_an_editors_words(bad, name):
    with pytest.raises(ValidationError) as refused:
        add_video(title="Talk", file=ContentFile(bad[name], "talk.mp4"))
    assert WORDS[name] in " ".join(refused.value.messages)
    assert "%(" not in " ".join(refused.value.messages)
    assert not Video.objects.exists()


@pytest.mark.parametrize("name", list(WORDS))
def test_a_bad_file_in_pieces_is_refused_in_the_same_words(tus, bad, name):
    if name == "empty":
        assert WORDS[name] in tus.create(0).content.decode()
        return
    upload = tus.send(bad[name])
    assert upload.state == "refused"
    assert WORDS[name] in upload.reason
    assert "%(" not in upload.reason
    assert not Video.objects.exists()
    assert not disk.path_of(upload).exists()
    assert not default_storage.exists(upload.source_name)


@pytest.mark.parametrize(("door", "prefix"), [(ADD, ""), (AUDIO_DOOR, ""), (CHOOSER, "media-chooser-upload-")])
@pytest.mark.parametrize("name", ["empty", "playlist", "sound only", "words"])
def test_every_door_refuses_and_stores_nothing(desk, bad, door, prefix, name):
    upload = SimpleUploadedFile("talk.mp4", bad[name], content_type="video/mp4")
    answer = desk.post(door, {f"{prefix}title": "My own title", f"{prefix}file": upload})
    assert answer.status_code == 200
    said = answer.json()["html"] if door == CHOOSER else answer.content.decode()
    assert "empty" in said if name == "empty" else WORDS[name] in said
    assert "My own title" in said
    assert "extension" not in said
    assert not Video.objects.exists()
    assert not Transcode.objects.exists()
    assert not default_storage.exists("videos/sources") or not default_storage.listdir("videos/sources")[1]


@pytest.mark.parametrize(("door", "prefix"), [(ADD, ""), (AUDIO_DOOR, ""), (CHOOSER, "media-chooser-upload-")])
def test_every_door_takes_a_good_file_and_has_it_encoded(desk, talk, upload_of, door, prefix):
    answer = desk.post(door, {f"{prefix}title": "Talk", f"{prefix}file": upload_of(talk)})
    assert answer.status_code == (200 if door == CHOOSER else 302)
    video = Video.objects.get()
    assert (video.type, round(video.duration)) == ("video", 3)
    assert video.transcodes.get().status == "waiting"


def test_a_bad_replacement_leaves_the_video_as_it_was(desk, talk, upload_of, bad):
    video = add_video(title="Talk", file=ContentFile(talk.read_bytes(), "talk.mp4"))
    before = video.file.name
    upload = SimpleUploadedFile("talk.mp4", bad["words"])
    answer = desk.post(f"/admin/media/edit/{video.pk}/", {"title": "Other", "file": upload})
    assert "not a supported video file" in answer.content.decode()
    video.refresh_from_db()
    assert (video.title, video.file.name) == ("Talk", before)
    assert default_storage.exists(before)
    assert video.transcodes.count() == 1


def test_a_file_above_the_limit_is_refused_before_it_is_looked_at(desk, talk, upload_of, settings):
    settings.MAX_VIDEO_BYTES = 1024
    answer = desk.post(ADD, {"title": "Talk", "file": upload_of(talk)})
    assert "the limit is 1.0" in answer.content.decode().replace("\xa0", " ")
    assert not Video.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "-i.mp4",
        "concat:a|b.mp4",
        "../../x.mp4",
        "a%0D%0Ab.mp4",
        "a" * 300 + ".mp4",
        "\u202e4pm.exe",
        "no ending",
        "<b>bold.mp4",
    ],
)
def test_a_good_file_with_a_bad_name_is_taken_under_a_name_of_ours(desk, talk, name):
    upload = SimpleUploadedFile("x.mp4", talk.read_bytes())
    upload._name = name
    desk.post(ADD, {"title": "Talk", "file": upload})
    video = Video.objects.get()
    assert video.file.name.startswith("videos/sources/")
    assert re.fullmatch(r"videos/sources/[0-9a-f-]{36}\.(mp4|video)", video.file.name)
    listing = desk.get("/admin/media/").content.decode()
    assert "<b>bold" not in listing


def test_a_playlist_makes_nobody_call_anywhere(desk, tus):
    calls = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Trap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        for text in (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{address}/x.ts\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile '{address}/x.mp4'\n",
        ):
            answer = desk.post(ADD, {"title": "Talk", "file": SimpleUploadedFile("talk.mp4", text.encode())})
            assert answer.status_code == 200
            assert tus.send(text.encode()).state == "refused"
        server.shutdown()
    assert calls == []


def test_nothing_of_a_refused_upload_stays_behind(desk, bad, tmp_path, settings, monkeypatch):
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    desk.post(ADD, {"title": "Talk", "file": SimpleUploadedFile("talk.mp4", bad["random"])})
    assert list(folder.iterdir()) == []
    shutil.rmtree(folder)
