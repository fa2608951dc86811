"""Videos of other sites: recognised by their address alone, so that nothing is ever fetched.

Only an address of one of `PROVIDERS` is accepted. What is stored is that address; what is shown is a player of the
provider's own that sets no cookies, made from the video's id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.html import format_html
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.base import EmbedFinder

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_PATH = re.compile(r"/(?:video/)?(?P<id>\d{1,15})(?:/(?P<hash>[0-9a-f]{6,20}))?/?")


@dataclass(frozen=True)
class Player:
    """One video: `player_url` is for an iframe, `watch_url` for a link; all are made from the id."""

    provider: str
    video_id: str
    player_url: str
    watch_url: str


def recognise(address: str) -> Player | None:
    """Return the player of a YouTube or Vimeo address, or None for any other address."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in {"http", "https"} or parts.username or parts.port not in {None, 80, 443}:
            return None
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if host == "youtu.be" or host in YOUTUBE_HOSTS:
        return _youtube(host, parts.path, parts.query)
    if host in VIMEO_HOSTS:
        return _vimeo(parts.path, parts.query)
    return None


def _youtube(host: str, path: str, query: str) -> Player | None:
    if path == "/watch":
        video = parse_qs(query).get("v", [""])[0]
    else:
        found = re.fullmatch(
            r"/(?P<id>[^/]+)/?" if host == "youtu.be" else r"/(?:embed|shorts|live)/(?P<id>[^/]+)/?", path
        )
        video = found["id"] if found else ""
    if not YOUTUBE_ID.fullmatch(video):
        return None
    return Player(
        "YouTube",
        video,
        f"https://www.youtube-nocookie.com/embed/{video}",
        f"https://www.youtube.com/watch?v={video}",
    )


def _vimeo(path: str, query: str) -> Player | None:
    found = VIMEO_PATH.fullmatch(path)
    if not found:
        return None
    secret = found["hash"] or parse_qs(query).get("h", [""])[0]
    unlisted = secret if re.fullmatch(r"[0-9a-f]{6,20}", secret) else ""
    return Player(
        "Vimeo",
        found["id"],
        f"https://player.vimeo.com/video/{found['id']}?dnt=1" + (f"&h={unlisted}" if unlisted else ""),
        f"https://vimeo.com/{found['id']}" + (f"/{unlisted}" if unlisted else ""),
    )


class AllowedProviderFinder(EmbedFinder):
    """Wagtail's door to embeds, for `{% embed %}` and rich text: the same list, and no request either."""

    def accept(self, url: str) -> bool:
        return recognise(url) is not None

    def find_embed(self, url: str, max_width: int | None = None, max_height: int | None = None) -> dict[str, Any]:
        """Return what Wagtail stores; raises EmbedNotFoundException for an address that is not on the list."""
        player = recognise(url)
        if player is None:
            raise EmbedNotFoundException
        html = '<iframe src="{}" title="{}" loading="lazy" allowfullscreen width="640" height="360"></iframe>'
        return {
            "title": player.provider,
            "author_name": "",
            "provider_name": player.provider,
            "type": "video",
            "thumbnail_url": "",
            "width": 640,
            "height": 360,
            "html": format_html(html, player.player_url, player.provider),
        }
