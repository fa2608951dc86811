"""Where a page of ours comes to stand, and under which address."""

from __future__ import annotations

from urllib.parse import unquote

from django.urls import Resolver404, resolve
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from careers.models import LibraryPage
from careers.wordpress.errors import NotAnExport
from careers.wordpress.source import SourceItem

MOST_SLUG = 200


def library() -> LibraryPage:
    found = LibraryPage.objects.order_by("path").first()
    if found is None:
        raise NotAnExport(_("There is no library for the articles to stand in: make one first."))
    return found


def front_page() -> Page:
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    return site.root_page.specific


def moved_below(parent: Page, page: Page, source: SourceItem, notes: list[str]) -> Page:
    """The page below its own parent, which a file that was cut off did not have, unless it has been moved since."""
    top = front_page()
    is_at_home = source.kind != "page" or parent.pk == top.pk or page.get_parent().pk != top.pk
    if is_at_home or parent.pk == page.pk or parent.is_descendant_of(page):
        return page
    slug = slug_for(parent, source, notes)
    unsaved = {"title": page.title, "body": page.body}
    page.move(parent, pos="last-child")
    moved: Page = Page.objects.get(pk=page.pk).specific
    for name, value in (unsaved | {"slug": slug}).items():
        setattr(moved, name, value)
    return moved


def slug_for(parent: Page, source: SourceItem, notes: list[str]) -> str:
    """WordPress's own slug where it is free, else the next one; a note says so."""
    wanted = _slug(unquote(source.slug)) or _slug(source.title) or f"wordpress-{source.post_id or 'page'}"
    wanted = wanted[:MOST_SLUG].strip("-")
    taken = set(parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken or _is_ours(parent, slug):
        number += 1
        slug = f"{wanted}-{number}"
    if slug != wanted:
        notes.append(_("The address “%(wanted)s” is taken here: it is “%(slug)s”.") % {"wanted": wanted, "slug": slug})
    return slug


def _slug(words: str) -> str:
    """Letters lose their accents; those of other scripts stay, for nothing would be left."""
    plain, whole = slugify(words), slugify(words, allow_unicode=True)
    return plain if len(plain) == len(whole) else whole


def _is_ours(parent: Page, slug: str) -> bool:
    """Whether the portal itself answers at that address."""
    if parent.depth > 2:
        return False
    try:
        return resolve(f"/{slug}/").url_name != "wagtail_serve"
    except Resolver404:
        return False
