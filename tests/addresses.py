"""Every address in the URLconf, filled with arguments that reverse needs: for tests that walk them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

ADMINS = ("/admin/", "/django-admin/")
SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000001", "int": "1", "slug": "a-slug", "path": "a/path", "str": "1"}
#: Regular expressions, Wagtail's and allauth's, whose arguments have no converter.
REGULAR = (
    (re.compile(r"\(\?P<[^>]+>(?:[^()]|\([^()]*\))*\)|\((?:[^()]|\([^()]*\))*\)"), "1"),
    (re.compile(r"\\Z|[\^$]"), ""),
    (re.compile(r"\\(.)"), r"\1"),
)


class Address(NamedTuple):
    """`name` is what reverse() knows it by, with its namespaces; empty where it has none."""

    path: str
    view: Any
    name: str = ""


def all_addresses() -> list[Address]:
    """Every route once, except those that match anything."""
    return list(_walk(get_resolver().url_patterns, "/"))


def admin_addresses() -> list[str]:
    return sorted({address.path for address in all_addresses() if address.path.startswith(ADMINS)})


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, spaces: str = "") -> Iterator[Address]:
    for pattern in patterns:
        path = prefix + _filled(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern.url_patterns, path, f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            )
        elif ".*" not in path:
            name = f"{spaces}{pattern.name}" if pattern.name else ""
            yield Address("/" if pattern.name == "wagtail_serve" else path, pattern.callback, name)


def _filled(pattern: Any) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return str(pattern.language_prefix)
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1] or "str", "1"), str(pattern))
    assert isinstance(pattern, RegexPattern)
    path = str(pattern)
    for expression, replacement in REGULAR:
        path = expression.sub(replacement, path)
    return path
