"""A video with everything a player can ask for, made by one run of ffmpeg and without our own encoder."""

from __future__ import annotations

import subprocess
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage

from masterclasses.models import Rendition, Transcode, Video
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from tests.factories.masterclasses import TranscodeFactory, VideoFactory

SECONDS = 24
TILE_SECONDS, COLUMNS, WIDTH, HEIGHT = 2, 4, 160, 90
RENDITIONS = {
    "master.m3u8": Rendition.Form.HLS,
    "video.mp4": Rendition.Form.MP4,
    "poster.jpg": Rendition.Form.POSTER,
    "audio.m4a": Rendition.Form.AUDIO,
    "storyboard.vtt": Rendition.Form.STORYBOARD,
}


def make_outputs(folder: Path) -> Path:
    """HLS in two rungs with the sound apart, MP4, sound, poster and storyboard, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = ("-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=25:duration={SECONDS}")
    tone = ("-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}")
    x264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "100", "-sc_threshold", "0")
    _run(folder, *picture, *tone, *x264, "-c:a", "aac", "-shortest", "video.mp4")
    again = ("-i", "video.mp4")
    rungs = ("-s:v:0", "320x180", "-s:v:1", "640x360", "-b:v:0", "300k", "-b:v:1", "900k")
    hls = ("-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4")
    names = ("-hls_fmp4_init_filename", "%v_init.mp4", "-hls_segment_filename", "%v_%05d.m4s")
    streams = "v:0,agroup:sound,name:180p v:1,agroup:sound,name:360p a:0,agroup:sound,name:audio,default:yes"
    maps = ("-map", "0:v", "-map", "0:v", "-map", "0:a", *x264, *rungs, "-c:a", "aac")
    _run(folder, *again, *maps, *hls, *names, "-master_pl_name", "master.m3u8", "-var_stream_map", streams, "%v.m3u8")
    _run(folder, *again, "-vn", "-c:a", "copy", "audio.m4a")
    _run(folder, "-ss", "4", *again, "-frames:v", "1", "poster.jpg")
    sheet = f"fps=1/{TILE_SECONDS},scale={WIDTH}:{HEIGHT},tile={COLUMNS}x{SECONDS // TILE_SECONDS // COLUMNS}"
    _run(folder, *again, "-vf", sheet, "-frames:v", "1", "storyboard_01.jpg")
    (folder / "storyboard.vtt").write_text(storyboard())
    return folder


def storyboard() -> str:
    cues = []
    for tile in range(SECONDS // TILE_SECONDS):
        begins, ends = (f"00:00:{second:02}.000" for second in (tile * TILE_SECONDS, (tile + 1) * TILE_SECONDS))
        x, y = tile % COLUMNS * WIDTH, tile // COLUMNS * HEIGHT
        cues.append(f"{begins} --> {ends}\nstoryboard_01.jpg#xywh={x},{y},{WIDTH},{HEIGHT}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def publish_outputs(folder: Path) -> Video:
    """A video whose published encode has the files of `folder`."""
    video: Video = VideoFactory.create(duration=SECONDS)
    uuid = uuid4()
    values = {"video": video, "uuid": uuid, "status": "done", "folder": f"videos/encodes/{uuid}/{uuid4()}"}
    transcode: Transcode = TranscodeFactory.create(**values)
    for path in folder.iterdir():
        with path.open("rb") as stream:
            default_storage.save(f"{transcode.folder}/{path.name}", File(stream))
    for name, form in RENDITIONS.items():
        Rendition.objects.create(transcode=transcode, form=form, name=name, width=640, height=360, seconds=SECONDS)
    video.published = transcode
    video.save()
    video.__dict__.pop("playback", None)
    return video


def _run(folder: Path, *options: str) -> None:
    command = [find_ffmpeg().path, "-v", "error", "-y", *options]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, cwd=folder)
