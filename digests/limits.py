"""How often one visitor may ask for a digest, whatever addresses they type."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

ASKINGS = 20
SECONDS = 3600


def may_ask(request: HttpRequest) -> bool:
    """Count one more asking from this IP address; the address itself is not kept."""
    visitor = salted_hmac("digests.limits", get_adapter().get_client_ip(request)).hexdigest()[:32]
    key = f"digest-askings-{visitor}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= ASKINGS
    except ValueError:  # it ran out between the two calls
        return True
