"""Sources and encodes in the media storage: a folder on this machine, or a store elsewhere such as S3."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from masterclasses.transcoding.causes import GONE, EncodeFailed


def local(name: str) -> Path | None:
    """Where `name` is on this machine; None when the storage is elsewhere."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


@contextmanager
def local_source(name: str) -> Iterator[Path]:
    """A path that ffmpeg can open. Raises EncodeFailed when the file is gone."""
    if not default_storage.exists(name):
        raise EncodeFailed(GONE, try_again=False)
    path = local(name)
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="source-") as copy, default_storage.open(name) as stored:
        shutil.copyfileobj(stored, copy)
        copy.flush()
        yield Path(copy.name)


@contextmanager
def attempt_folder(home: str, name: str) -> Iterator[Path]:
    """An empty folder `attempt-<name>-…` of this attempt's own, gone afterwards.

    What an earlier attempt of the same name left is removed first.
    """
    base = local(home)
    if base is None:
        with tempfile.TemporaryDirectory(prefix="encode-") as elsewhere:
            yield Path(elsewhere)
        return
    for left in base.glob(f"attempt-{name}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = base / f"attempt-{name}-{uuid.uuid4()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        remove_if_empty(home)


def place(folder: Path, name: str) -> None:
    """Move a finished attempt to `name` in the storage, by one rename where that can be."""
    target = local(name)
    if target is not None:
        folder.rename(target)
        return
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            default_storage.save(f"{name}/{path.name}", File(stream))


def collect(name: str, folder: Path, *, wanted: Callable[[str], bool]) -> None:
    """Put files of the storage's folder `name` into `folder`, in place of others of their names.

    They are the same files where that can be, else copies.
    """
    source = local(name)
    if source is None:
        for file in filter(wanted, default_storage.listdir(name)[1]):
            with default_storage.open(f"{name}/{file}") as stored, (folder / file).open("wb") as copy:
                shutil.copyfileobj(stored, copy)
        return
    for path in source.iterdir():
        if wanted(path.name):
            link(path, folder / path.name)


def link(path: Path, target: Path) -> None:
    """Let `target` be the same file as `path`, or a copy of it."""
    target.unlink(missing_ok=True)
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def is_there(name: str) -> bool:
    """Whether a folder of the storage has anything in it."""
    try:
        folders, files = default_storage.listdir(name)
    except FileNotFoundError:
        return False
    return bool(folders or files)


def remove_matching(home: str, beginnings: tuple[str, ...]) -> int:
    """Remove the folders below `home` whose names begin like that; return how many those were."""
    try:
        folders = [name for name in default_storage.listdir(home)[0] if name.startswith(beginnings)]
    except FileNotFoundError:
        return 0
    for name in folders:
        remove_folder(f"{home}/{name}")
    return len(folders)


def remove_if_empty(name: str) -> None:
    path = local(name)
    if path is not None:
        with suppress(OSError):
            path.rmdir()


def free_bytes() -> int | None:
    """Room left for media; None when the storage is elsewhere."""
    root = local("")
    if root is None:
        return None
    root.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root).free


def remove_folder(name: str) -> None:
    """Remove a folder of the storage with all that is in it; no matter if it is not there."""
    path = local(name)
    if path is not None:
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(FileNotFoundError):
        folders, files = default_storage.listdir(name)
        for file in files:
            default_storage.delete(f"{name}/{file}")
        for folder in folders:
            remove_folder(f"{name}/{folder}")
