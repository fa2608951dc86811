"""Looking at what an encode has published."""

from __future__ import annotations

import subprocess
from pathlib import Path

from masterclasses.models import Transcode
from masterclasses.transcoding import ffmpeg, files


def folder_of(transcode: Transcode) -> Path:
    folder = files.local(transcode.folder)
    assert folder
    return folder


def run(*arguments: str) -> str:
    """Run ffmpeg and return what it said."""
    command = [ffmpeg.find_ffmpeg().path, "-hide_banner", "-nostdin", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr
