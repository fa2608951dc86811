"""Counting queries: how a listing proves that it costs the same however long it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

GROWTH = 10


def queries_of(call: Callable[[], Any]) -> list[str]:
    """The SQL that `call` sends with warm process caches (content types, sites) and nothing else."""
    call()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return [query["sql"] for query in captured.captured_queries]


def fetch(url: str, client: Client | None = None) -> Callable[[], Any]:
    """A GET of `url` that must answer 200; `queries_of(fetch(page.url))`."""

    def call() -> Any:
        response = (client or Client()).get(url)
        assert response.status_code == 200, f"{url} answers {response.status_code}"
        return response

    return call


def assert_constant_queries(
    call: Callable[[], Any], grow: Callable[[int], Any], *, rows: int = 2, at_most: int = 17
) -> int:
    """Assert that `call` sends as many queries over ten times the rows, and at most `at_most`.

    `grow(n)` adds n rows; it is called with `rows`, then with nine times that. Returns the number of queries.

        assert_constant_queries(fetch(library.url), lambda n: ArticleFactory.create_batch(n, parent=library))
    """
    grow(rows)
    before = _measured(call)
    grow(rows * (GROWTH - 1))
    after = _measured(call)
    listing = "\n".join(after)
    assert len(before) == len(after), (
        f"{len(before)} queries for {rows} rows, {len(after)} for ten times as many:\n{listing}"
    )
    assert len(after) <= at_most, f"{len(after)} queries, more than {at_most}:\n{listing}"
    return len(after)


def _measured(call: Callable[[], Any]) -> list[str]:
    cache.clear()
    Site.clear_site_root_paths_cache()
    return queries_of(call)
