"""What a page weighs before it can be read: bytes on the wire, and requests that its first picture waits for."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

#: The goals of the reading side: an article's bytes without its images, and requests that block its rendering.
MOST_BYTES = 60_000
MOST_BLOCKING = 1
#: What the headers of one answer take, about.
HEADERS = 400
IMPORTS = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


def blocking(html: str) -> list[str]:
    """Return the addresses in the head that a browser waits for before it draws anything (HTML, 4.2.4 and 4.12.1)."""
    head = BeautifulSoup(html, "html.parser").head
    return [found for tag in head.find_all(["link", "script"]) if (found := _blocks(tag))] if head else []


def _blocks(tag: Tag) -> str:
    if tag.name == "script":
        waits = "async" not in tag.attrs and "defer" not in tag.attrs and tag.get("type") != "module"
        return str(tag.get("src", "")) if waits else ""
    is_sheet = "stylesheet" in (tag.get("rel") or []) and "alternate" not in (tag.get("rel") or [])
    return str(tag.get("href", "")) if is_sheet and tag.get("media", "all") in {"all", "screen"} else ""


def transferred(client: Client, address: str) -> dict[str, int]:
    """Return, by address, the packed bytes of a page, its stylesheets, its scripts and its fragments.

    Static files are packed as WhiteNoise packs them. Each answer has some headers beside.
    """
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    packed = answer["Content-Encoding"] == "gzip"
    html = (gzip.decompress(answer.content) if packed else answer.content).decode()
    sizes = {address: len(answer.content) + HEADERS}
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.select("script[src]"):
        _add_static(sizes, str(tag["src"]))
    served = [*soup.select("link[rel=stylesheet]"), *soup.select("[data-fragment]")]
    for other in {str(tag.get("data-fragment") or tag["href"]) for tag in served} - sizes.keys():
        packed_too = client.get(other, headers={"Accept-Encoding": "gzip"})
        assert packed_too.status_code in {200, 204}, other
        sizes[other] = len(packed_too.content) + HEADERS
    return sizes


def _add_static(sizes: dict[str, int], address: str) -> None:
    """Add a file, and the modules that it imports."""
    path = address.split("?")[0]
    if path in sizes or not path.startswith(settings.STATIC_URL):
        return
    found = finders.find(path.removeprefix(settings.STATIC_URL))
    if not isinstance(found, str):
        return
    content = Path(found).read_bytes()
    sizes[path] = len(gzip.compress(content, 9)) + HEADERS
    for relative in IMPORTS.findall(content.decode()) if path.endswith(".js") else ():
        _add_static(sizes, urljoin(path, relative))
