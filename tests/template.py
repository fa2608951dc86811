"""A migrated SQLite file that test processes copy: migrating an empty one takes longer than most folders of tests.

The file's name is the hash of everything that decides what is in it, so that an old one is never used. Django still
runs `migrate` on the copy, which finds nothing to do.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from hashlib import sha256
from pathlib import Path

from tests.architecture.source import ROOT

KEPT = 20  # of other branches, and of earlier today


def template_file() -> Path:
    """Where the migrated file is, or will be."""
    read = sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(ROOT.glob("[a-z]*/migrations/*.py")):
        read.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return _folder() / f"{read.hexdigest()[:20]}.sqlite3"


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
