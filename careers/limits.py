"""A limit on how often one address may do something."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def within_limit(request: HttpRequest, action: str, *, amount: int, seconds: int) -> bool:
    """Count this request; say whether its address is still within `amount` in a window of `seconds`."""
    key = f"limit:{action}:{get_adapter(request).get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= amount
    except ValueError:  # the window ended in between
        return True
