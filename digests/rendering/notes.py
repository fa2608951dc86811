"""The editor's note, made safe for a mail, and as text."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

import nh3
from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.rich_text import expand_db_html

TAGS = {"a", "b", "br", "em", "i", "p", "strong"}
SCHEMES = {"http", "https", "mailto"}


def note_html(note: str) -> str:
    """Rich text with whole addresses; whatever a mail cannot or must not carry is left out."""
    return _cleaned(expand_db_html(note), settings.BASE_URL) if note else ""


@lru_cache(maxsize=16)
def _cleaned(html: str, base_url: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        href = str(link.get("href", "")).strip()
        if href.startswith("/") and not href.startswith("//"):
            link["href"] = urljoin(f"{base_url}/", href)
    clean = nh3.clean(str(soup), tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    return re.sub(r"<a>(.*?)</a>", r"\1", clean, flags=re.DOTALL)


def note_text(html: str) -> str:
    """The same as text, each link's address after its words."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        link.append(f" ({link.get('href')})")
    for line in soup.find_all("br"):
        line.replace_with("\n")
    paragraphs = soup.find_all("p") or [soup]
    return "\n\n".join(filter(None, (" ".join(each.get_text().split()) for each in paragraphs)))
