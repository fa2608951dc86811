"""Old addresses lead to the new pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from careers.wordpress.source import SourceItem

MOST = 255


def redirect_from(source: SourceItem, page: Page, notes: list[str]) -> None:
    """Only paths lead on: `/?p=12` is the front page, which answers by itself."""
    try:
        parts = urlsplit(source.link)
    except ValueError:
        return
    if parts.query or parts.path in {"", "/"}:
        return
    old_path = Redirect.normalise_path(parts.path)
    if len(old_path) > MOST:
        notes.append(_("Its old address has more than %(count)d characters: it leads nowhere.") % {"count": MOST})
        return
    if old_path == Redirect.normalise_path(page.get_url() or ""):
        return
    standing = Redirect.objects.filter(old_path=old_path, site=None).first()
    if standing is None:
        Redirect.add_redirect(old_path, page)
    elif standing.redirect_page_id != page.pk:
        notes.append(_("The old address %(path)s leads elsewhere already: that stays.") % {"path": old_path})
