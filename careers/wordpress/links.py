"""Links from one article of the old site to another, joined once both are here."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from careers.models import WordPressImport, WordPressItem, WordPressOrigin
from careers.wordpress.addresses import file_key, host_of, page_key

HREF = re.compile(r'<a href="([^"]*)">')
Verdict = WordPressItem.Verdict


def old_links_in(body: list[dict[str, Any]], site: str) -> list[str]:
    """Addresses of the old site in rich text."""
    texts = (block["value"] for block in body if block["type"] == "rich_text")
    found = (unescape(address) for text in texts for address in HREF.findall(text))
    return list(dict.fromkeys(address for address in found if site and host_of(address) == site))


def targets(batch: WordPressImport) -> dict[str, str]:
    """What each old address is now, as the beginning of a link in rich text."""
    found: dict[str, str] = {}
    rows = batch.items.exclude(page=None, document=None).values_list(
        "page_id", "document_id", "post_id", "payload__link", "payload__attachment_url"
    )
    base = host_of(batch.site.get("link", ""))
    for page, document, number, link, file in rows:
        if page:
            here = f'<a linktype="page" id="{page}">'
            found |= {page_key(link or ""): here, f"{base}?p={number}": here}
        else:
            found[file_key(file or "")] = f'<a linktype="document" id="{document}">'
    return found


def join(item: WordPressItem, known: dict[str, str]) -> int:
    """Join the links of one page, and return how many could be; the origin knows the revision that this makes."""
    joined = {link: here for link in item.old_links if (here := known.get(page_key(link)) or known.get(file_key(link)))}
    page = item.page.specific if item.page and joined else None
    if page is None:
        return 0
    raw = json.dumps(list(page.body.raw_data))
    for address in joined:
        written = json.dumps(f'<a href="{_as_written(address)}">')[1:-1]
        raw = raw.replace(written, json.dumps(joined[address])[1:-1])
    origin = WordPressOrigin.objects.filter(page=page, revision=page.latest_revision_id).first()
    was_live, dates = page.live, (page.last_published_at, page.latest_revision_created_at)
    page.body = raw
    revision = page.save_revision(changed=True)
    if was_live:
        revision.publish(skip_permission_checks=True)
    type(page).objects.filter(pk=page.pk).update(last_published_at=dates[0], latest_revision_created_at=dates[1])
    if origin:
        WordPressOrigin.objects.filter(pk=origin.pk).update(revision=revision.pk)
    return len(joined)


def _as_written(address: str) -> str:
    return address.replace("&", "&amp;")
