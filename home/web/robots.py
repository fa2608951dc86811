"""What a site asks of robots (RFC 9309), remembered for a day."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

from django.core.cache import cache

from home.web.addresses import Target
from home.web.errors import WebError
from home.web.fetching import fetch, user_agent
from home.web.turns import PAUSE

DAY = 24 * 3600
#: RFC 9309 asks for at least 500 KiB.
MOST = 500 * 1024
LONGEST_PAUSE = 60


def rules_of(target: Target) -> RobotFileParser:
    """The rules of a site; one that has none, or gives no answer, asks for nothing."""
    site = f"{target.scheme}://{target.shown_host}"
    text = cache.get(_key(target))
    if text is None:
        text = _ask(site)
        cache.set(_key(target), text, DAY)
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return rules


def are_known(target: Target) -> bool:
    return cache.get(_key(target)) is not None


def rest(target: Target, pause: int) -> None:
    """Leave a site alone for as long as it wishes."""
    cache.set(f"web-turn:{target.shown_host}", 1, pause)


def may_ask(rules: RobotFileParser, address: str) -> bool:
    return rules.can_fetch(user_agent(), address)


def pause_of(rules: RobotFileParser) -> int:
    """Seconds between two requests."""
    delay = rules.crawl_delay(user_agent())
    return min(max(PAUSE, int(float(delay or 0))), LONGEST_PAUSE)


def _key(target: Target) -> str:
    return f"robots:{target.scheme}:{target.shown_host}"


def _ask(site: str) -> str:
    try:
        answer = fetch(f"{site}/robots.txt", most=MOST)
    except WebError:
        return ""
    return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
