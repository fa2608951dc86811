"""What the migrations put in (areas, home page, groups), put back after every test that commits."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase


class File:
    """SQLite: the whole file, kept in memory; copying it back takes a tenth of emptying and filling tables."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self.kept)

    def put_back(self, *_args: Any) -> None:
        connection.ensure_connection()
        self.kept.backup(connection.connection)


class Tables:
    """PostgreSQL: the rows of each table. Deleting few rows of many tables is cheaper than to truncate the tables."""

    def __init__(self) -> None:
        self.names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with connection.cursor() as cursor:
            self.rows = {name: self._read(cursor, name) for name in self.names}

    def put_back(self, *_args: Any) -> None:
        # Foreign keys are checked at the commit, so that no table has to wait for another.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in self.names))
            for name, rows in self.rows.items():
                if rows:
                    self._write(cursor, name, rows)

    @staticmethod
    def _read(cursor: Any, name: str) -> bytes:
        with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
            return b"".join(bytes(part) for part in copy)

    @staticmethod
    def _write(cursor: Any, name: str, rows: bytes) -> None:
        with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
            copy.write(rows)


def keep_what_the_migrations_put_in() -> None:
    """Let tests that commit leave the database as it is now: others may follow them in any order."""
    kept = File() if connection.vendor == "sqlite" else Tables()
    setattr(TransactionTestCase, "_fixture_teardown", kept.put_back)  # noqa: B010 - the stubs do not know it


def end_other_sessions() -> None:
    """A browser that went away may have left a thread of the live server in an answer, with a connection of its own.

    PostgreSQL drops no database that somebody is connected to.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
