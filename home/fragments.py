"""Parts of public pages, and where addresses lead, kept until the next publication (`docs/adr/0011-fragments.md`).

They are kept in the memory of the process under the version of the content, which all processes share: one question to
the cache for each request says whether all of them still hold. Nobody's own things are ever kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.utils.translation import get_language

from home import content_version

T = TypeVar("T")

#: A page is some 20 kB; the least recently used go first.
MEMORY = LocMemCache("fragments", {"OPTIONS": {"MAX_ENTRIES": 1000}})
#: Parameters that a public page reads.
PARAMETERS = ("area", "kind", "length", "p", "page", "t", "tag", "transcript")
LONGEST_VALUE = 60


def kept(request: HttpRequest, about: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` made since the last publication, else make it; what is None is not kept.

    `about` names the thing and all it hangs on beside the host and the language. Previews never look here.
    """
    version = content_version.of(request) if may_keep(request) else None
    if version is None:
        return make()
    key = _key(version, request.scheme, request.headers.get("Host"), get_language(), *about)
    found: T | None = MEMORY.get(key)
    if found is None:
        found = make()
        if found is not None:
            MEMORY.set(key, found, settings.PAGE_CACHE_SECONDS)
    return found


def may_keep(request: HttpRequest) -> bool:
    """Whether the request is for what is published: previews and drafts come as dummy requests."""
    draft = getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)
    return bool(settings.PAGE_CACHE_SECONDS) and request.method in {"GET", "HEAD"} and not draft


def variant(request: HttpRequest) -> str | None:
    """Return the address with the parameters that pages read, or None for one that nobody would ask for again."""
    values = [request.GET.get(name, "") for name in PARAMETERS]
    return None if any(len(value) > LONGEST_VALUE for value in values) else "\n".join([request.path, *values])


def lazily(make: Callable[[], dict[str, Any]], *names: str) -> dict[str, Any]:
    """Return a template context of `names`: functions, which templates call; the first called makes all values.

    `prepare` in it makes them: `{% kept %}` calls it first, so that what follows finds everything at hand.
    """
    made = cache(make)
    return {name: _value(made, name) for name in names} | {"prepare": made}


def _value(made: Callable[[], dict[str, Any]], name: str) -> Callable[[], Any]:
    return lambda: made()[name]


def _key(*parts: Any) -> str:
    return blake2b("\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=16).hexdigest()
