"""A migrated database that tests copy: migrating an empty one takes longer than most folders of tests.

For test processes and drills on SQLite it is a file, for drills on PostgreSQL a database. Its name is the hash of
everything that decides what is in it, so that an old one is never used. Django still runs `migrate` on the copy, which
finds nothing to do.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.architecture.source import ROOT

KEPT = 20  # of other branches, and of earlier today
KEPT_ON_A_SERVER = 4
POSTGRES_NAMES = "portal_template_"


def template_file() -> Path:
    """Where the migrated file is, or will be."""
    return _folder() / f"{_fingerprint()}.sqlite3"


def postgres_template() -> str:
    """The name of a migrated database on the server of the suite; the first of several processes makes it."""
    name, url = f"{POSTGRES_NAMES}{_fingerprint()}", os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [POSTGRES_NAMES])
        found = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid"
        there = [row[0] for row in server.execute(found, [f"{POSTGRES_NAMES}%"])]
        if name not in there:
            unfinished = f"portal_unfinished_{os.getpid()}"
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            _migrate(urlsplit(url)._replace(path=f"/{unfinished}").geturl())
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
            )
            for old in there[:-KEPT_ON_A_SERVER]:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
    return name


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as data:
        kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        env = kept | {"PORTAL_DATA_DIR": data, "DATABASE_URL": url}
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)


def _fingerprint() -> str:
    """Of everything that decides what is in a migrated database."""
    read = sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(ROOT.glob("[a-z]*/migrations/*.py")):
        read.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return read.hexdigest()[:20]


def keep_template(database: Path) -> None:
    """Keep a copy of a freshly migrated database; the last of several processes wins, with the same file."""
    kept = template_file()
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(database) as source, sqlite3.connect(unfinished) as copy:
        source.backup(copy)
    unfinished.replace(kept)
    for old in sorted(_folder().glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def copy_template(database: Path) -> bool:
    """Put the migrated file in place; False when there is none yet."""
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(template_file(), database)
    except FileNotFoundError:
        return False
    return True


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"career-portal-template-{os.getuid()}"
