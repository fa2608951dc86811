"""Every address in the URLconf, as one pattern that people can read, and filled so that something real is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

#: Their views are not ours, and their POSTs are those of Wagtail's and of Django's own tests.
OTHERS = ("wagtail", "account_", "mfa_", "admin:")
CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\((?:\?P<(?P<name>\w+)>)?(?:[^()]|\([^()]*\))*\)")
ARGUMENT = re.compile(r"<(\w+)>")
ANYTHING = ".*"


@dataclass(frozen=True)
class Route:
    """`address` is what a row of the table is called by, such as /admin/pages/<page_id>/edit/."""

    address: str
    name: str
    view: Any

    @property
    def is_ours(self) -> bool:
        return not self.name.startswith(OTHERS)

    @property
    def takes_posts(self) -> bool:
        return hasattr(getattr(self.view, "view_class", None), "post") or not hasattr(self.view, "view_class")

    @property
    def arguments(self) -> list[str]:
        return ARGUMENT.findall(self.address)

    @property
    def model(self) -> Any:
        """The model whose rows a generic view or a model admin is about; None for any other view."""
        admin = getattr(self.view, "model_admin", None)
        if admin:
            return admin.model
        given = getattr(self.view, "view_initkwargs", {}).get("model")
        return given or getattr(getattr(self.view, "view_class", None), "model", None)

    def filled(self, values: dict[str, str]) -> str:
        return quote(ARGUMENT.sub(lambda match: values[match[1]], self.address), safe="/:~|()@=+,;")


def every_route() -> list[Route]:
    """Each address once: the first that fits is the one that answers."""
    found: dict[str, Route] = {}
    for route in _walk(get_resolver().url_patterns, "/", ()):
        found.setdefault(route.address, route)
    return sorted(found.values(), key=lambda route: route.address)


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, names: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        address = prefix + _readable(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern.url_patterns, address, inner)
        else:
            yield Route(address, ":".join((*names, pattern.name or "")), pattern.callback)


def _readable(pattern: Any) -> str:
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        return CONVERTED.sub(r"<\1>", text).removeprefix("^")
    numbers = count(1)
    text = GROUP.sub(lambda match: f"<{match['name'] or next(numbers)}>", text)
    text = re.sub(r"\\Z|[\^$]", "", text).replace(ANYTHING, "<anything>")
    return re.sub(r"\\(.)", r"\1", text)
