"""The bytes of unfinished uploads: one file for each, in the data folder of this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files import File

from masterclasses.models import Upload


def folder() -> Path:
    path = Path(settings.UPLOADS_DIR)
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(upload: Upload) -> Path:
    return Path(settings.UPLOADS_DIR) / str(upload.uuid)


def size_of(upload: Upload) -> int:
    """How many bytes are really there."""
    try:
        return path_of(upload).stat().st_size
    except FileNotFoundError:
        return 0


def free_bytes() -> int:
    return shutil.disk_usage(folder()).free


@contextmanager
def writing(upload: Upload, offset: int) -> Iterator[BinaryIO]:
    """The file, at `offset`, without whatever stood behind it. On leaving, what was written is safe on the disk."""
    folder()
    descriptor = os.open(path_of(upload), os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as stream:
        stream.truncate(offset)
        stream.seek(offset)
        try:
            yield stream
        finally:
            os.fsync(stream.fileno())


def cut(upload: Upload, offset: int) -> None:
    with writing(upload, offset):
        pass


def remove(upload: Upload) -> None:
    path_of(upload).unlink(missing_ok=True)


class ArrivedFile(File):
    """A complete upload, as a form's file field would give it: it is checked, and moved, where it lies."""

    def __init__(self, upload: Upload, stream: Any) -> None:
        super().__init__(stream, name=upload.file_name)
        self.path = str(path_of(upload))

    def temporary_file_path(self) -> str:
        return self.path
