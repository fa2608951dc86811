"""A PostgreSQL database for the time of a measurement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql


@contextmanager
def scratch_database(server_url: str, name: str) -> Iterator[None]:
    """Create the database on the server that `server_url` names, and drop it afterwards."""
    _run(server_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _run(server_url, "CREATE DATABASE {}", name)
    try:
        yield
    finally:
        _run(server_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(server_url: str, statement: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
