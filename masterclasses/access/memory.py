"""What a segment request needs to know, kept only as long as no public content has changed.

A request for a segment is the most frequent of all. Its answer hangs on rows that change when somebody publishes,
unpublishes, moves or restricts a page, and each of those gives the content a new version after its commit: what was
kept under the old one is never read again, in any process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.core.cache import cache
from wagtail.models import Page

from home import content_version
from masterclasses.access.rules import Rule, rule_of_pages, rule_of_video

logger = logging.getLogger(__name__)
Found = TypeVar("Found")
#: Bounds what a lost signal could do.
SECONDS = 60


def kept(name: str, make: Callable[[], Found]) -> Found:
    """What `make` finds, from the cache if nothing has changed since; a cache that is down keeps nothing."""
    version = content_version.current()
    if version is None:
        return make()
    key = f"watch:{version}:{name}"
    found = _ask(partial(cache.get, key))
    if found is None:
        found = make()
        _ask(partial(cache.set, key, found, SECONDS))
    return found


def _ask(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except Exception:
        logger.exception("The cache does not answer")
        return None


def rule_of(video_id: int) -> Rule:
    return kept(f"video:{video_id}", lambda: rule_of_video(video_id))


def rule_of_page(page: Page) -> Rule:
    return kept(f"page:{page.pk}", lambda: rule_of_pages([page]))
