"""The name that the owner gave the portal, for whoever has no request: asked for every mail, so read once a minute."""

from __future__ import annotations

import time
from typing import Any

from home.models import SiteIdentity

FRESH_FOR = 60.0  # seconds
_known: dict[str, tuple[str, float]] = {}


def name_of_portal() -> str:
    """The name in the identity of the default site."""
    name, read_at = _known.get("name", ("", 0.0))
    if not name or time.monotonic() - read_at > FRESH_FOR:
        identity = SiteIdentity.objects.filter(site__is_default_site=True).only("name").first()
        name = (identity or SiteIdentity()).name
        _known["name"] = name, time.monotonic()
    return name


def forget(**_signal: Any) -> None:
    """Read it anew: the owner has just changed it."""
    _known.clear()
