"""One request to one site at a time, with a pause after it, however many workers there are."""

from __future__ import annotations

import time

from django.core.cache import cache

#: Seconds between two requests to one site, unless the site asks for more.
PAUSE = 3


def take_turn(host: str, *, pause: int = PAUSE) -> bool:
    """Whether this site may be asked now; if so, nobody else may for `pause` seconds."""
    return pause <= 0 or bool(cache.add(f"web-turn:{host}", 1, pause))


def wait_for_turn(host: str, *, pause: int, most: float) -> bool:
    """Wait for the turn, `most` seconds at most; return whether it came."""
    until = time.monotonic() + most
    while not take_turn(host, pause=pause):
        if time.monotonic() >= until:
            return False
        time.sleep(0.1)
    return True
