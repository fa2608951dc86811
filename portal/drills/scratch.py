"""A portal of its own for a drill: the same kind of database and broker as the installation's, and none of its data."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
from django.core.management.base import CommandError
from psycopg import sql

from portal import environment

#: Which of the installation's variables a drill takes over: how it encodes, and nothing that leads to its data.
KEPT = ("FFMPEG", "MAX_VIDEO_BYTES")
#: Redis' usual databases, the last ones first: they are the least likely to be used.
REDIS_NUMBERS = range(15, 0, -1)


@dataclass(frozen=True)
class Scratch:
    """Where the drill works, the environment of its processes, and what it says about both."""

    folder: Path
    env: dict[str, str]
    words: list[str]


@contextmanager
def scratch(*, template: str = "") -> Iterator[Scratch]:
    """Make it, and remove it afterwards. Raises CommandError when the servers do not allow it.

    Its database begins as a copy of `template`, an SQLite file or a PostgreSQL database, or else empty.
    """
    given = environment.read()
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-drill-", ignore_cleanup_errors=True))
        )
        for name in ("data", "tmp", "work"):
            (folder / name).mkdir()
        database = stack.enter_context(_database(given["DATABASE_URL"], folder, template))
        broker = stack.enter_context(_broker(given["REDIS_URL"]))
        words = [
            f"folder {folder}",
            f"database {_without_password(database) if given['DATABASE_URL'] else 'a SQLite file in the folder'}",
            f"broker {_without_password(broker) if broker else 'files in the folder'}",
        ]
        yield Scratch(folder, _environment(folder, database, broker), words)


def _environment(folder: Path, database: str, broker: str) -> dict[str, str]:
    ours = {variable.name for variable in environment.VARIABLES} - set(KEPT)
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {
        "PORTAL_DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "CACHE_URL": broker,
        "TMPDIR": str(folder / "tmp"),
        "DJANGO_SETTINGS_MODULE": "portal.drills.settings",
        "REMAP_SIGTERM": "SIGQUIT",
    }


@contextmanager
def _database(url: str, folder: Path, template: str) -> Iterator[str]:
    """A new database on the same server, or a new file."""
    if not url.startswith("postgres"):
        file = folder / "data" / "drill.sqlite3"
        if template:
            _copy(template, file)
        yield f"sqlite:///{file}"
        return
    name = f"portal_drill_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_create(name, template))
    except psycopg.Error as error:
        raise CommandError(f"The drill needs a database of its own and may not create one: {error}".strip()) from error
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _copy(template: str, file: Path) -> None:
    try:
        shutil.copyfile(template, file)
    except OSError as error:
        raise CommandError(f"The template cannot be copied: {error}") from error


def _create(name: str, template: str) -> sql.Composed:
    of = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    return sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), of)


@contextmanager
def _broker(url: str) -> Iterator[str]:
    """An empty numbered database of the same Redis, held by a key of ours; nothing for a broker of files."""
    if not url:
        yield ""
        return
    for number in REDIS_NUMBERS:
        candidate = urlsplit(url)._replace(path=f"/{number}").geturl()
        if candidate == url:
            continue
        client = redis.Redis.from_url(candidate)
        try:
            if client.dbsize() == 0 and client.set("portal-drill", "here", nx=True):
                try:
                    yield candidate
                finally:
                    client.flushdb()
                return
        except redis.RedisError as error:
            raise CommandError(f"The drill needs Redis: {error}") from error
        finally:
            client.close()
    raise CommandError("The drill needs an empty database of your Redis, and none of 1 to 15 is empty.")


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
