from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup

LINKTYPES = {"page": "page", "document": "document"}
MOST_WORDS = 120


def in_rich_text(html: str) -> Iterator[tuple[str, str]]:
    """Yield each address in Wagtail's rich text, with the words that lead there."""
    if "<a" not in html and "<embed" not in html:
        return
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        kind = LINKTYPES.get(str(link.get("linktype")))
        address = f"{kind}:{link.get('id')}" if kind else str(link.get("href") or "").strip()
        if address:
            yield address, " ".join(link.get_text().split())[:MOST_WORDS]
    for embed in soup.find_all("embed", url=True):
        yield str(embed["url"]), ""
